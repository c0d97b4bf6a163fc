import type { EventSourceLike, Surroundings } from '../features/live/surroundings.ts';
import type { FakeBrowser } from './fake-browser.ts';

export interface FakeSource extends EventSourceLike {
  readonly url: string;
  readonly isClosed: boolean;
  open: () => void;
  fail: () => void;
  emit: (name: string, data: unknown, lastEventId?: string) => void;
  emitText: (name: string, text: string, lastEventId?: string) => void;
}

export interface FakeSurroundings extends Surroundings {
  /** Every connection that was made, oldest first. */
  readonly sources: readonly FakeSource[];
  /** The person looks at the page again. */
  comeBack: () => void;
  /** The person looks at another tab. */
  hide: () => void;
  /** Moves time on and runs what falls due. */
  advance: (ms: number) => void;
}

/**
 * Time that stands still until it is moved, a middling chance, and connections that obey the test.
 *
 * @param browser where other tabs are; without one, tabs cannot hear one another
 */
export function fakeSurroundings(browser: FakeBrowser | null = null): FakeSurroundings {
  const sources: FakeSource[] = [];
  let now = Date.parse('2026-01-05T15:00:00.000Z');
  let isVisible = true;
  const returning = new Set<() => void>();
  let timers: { readonly at: number; readonly run: () => void }[] = [];
  return {
    sources,
    now: () => now,
    random: () => 0.5,
    after: (ms, run) => {
      const timer = { at: now + ms, run };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    openEventSource: (url) => {
      const source = fakeSource(url);
      sources.push(source);
      return source;
    },
    onReturn: (listener) => {
      returning.add(listener);
      return () => returning.delete(listener);
    },
    isVisible: () => isVisible,
    joinTabs: (_name, listener) => browser?.join(listener) ?? null,
    hide: () => {
      isVisible = false;
    },
    comeBack: () => {
      isVisible = true;
      for (const listener of returning) listener();
    },
    advance: (ms) => {
      const end = now + ms;
      for (;;) {
        const next = timers.toSorted((a, b) => a.at - b.at).find(({ at }) => at <= end);
        if (next === undefined) break;
        timers = timers.filter((other) => other !== next);
        now = next.at;
        next.run();
      }
      now = end;
    },
  };
}

function fakeSource(url: string): FakeSource {
  const listeners = new Map<string, ((event: MessageEvent<string>) => void)[]>();
  let isClosed = false;
  const source: FakeSource = {
    url,
    get isClosed() {
      return isClosed;
    },
    addEventListener: (name, listener) => {
      listeners.set(name, [...(listeners.get(name) ?? []), listener]);
    },
    close: () => {
      isClosed = true;
    },
    open: () => source.emitText('open', ''),
    fail: () => source.emitText('error', ''),
    emit: (name, data, lastEventId) => source.emitText(name, JSON.stringify(data), lastEventId),
    emitText: (name, text, lastEventId = '') => {
      const event = new MessageEvent('message', { data: text, lastEventId });
      for (const listener of listeners.get(name) ?? []) listener(event);
    },
  };
  return source;
}
