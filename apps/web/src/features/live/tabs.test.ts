// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { joinTabs } from './tabs.ts';

/** Web Locks for one name, as the standard has them: https://w3c.github.io/web-locks/ */
function fakeLocks() {
  interface Lock {
    readonly end: (error?: Error) => void;
  }
  let held: Lock | null = null;
  let queue: (() => void)[] = [];
  const aborted = () => new DOMException('the lock was stolen or the request called off', 'AbortError');
  const grant = async (hold: () => Promise<void>, end: Lock['end']) => {
    const lock: Lock = { end };
    held = lock;
    await hold();
    end();
    if (held !== lock) return;
    held = null;
    queue.shift()?.();
  };
  return {
    request: (_name: string, { steal, signal }: LockOptions, hold: () => Promise<void>) =>
      new Promise<void>((resolve, reject) => {
        const end: Lock['end'] = (error) => (error === undefined ? resolve() : reject(error));
        const start = () => void grant(hold, end);
        if (steal === true) {
          held?.end(aborted());
          start();
        } else if (held === null) start();
        else {
          queue.push(start);
          signal?.addEventListener('abort', () => {
            queue = queue.filter((other) => other !== start);
            reject(aborted());
          });
        }
      }),
  };
}

let told: string[] = [];

function join(name: string) {
  const tabs = joinTabs('test', {
    onMessage: (message) => told.push(`${name} hears ${String(message)}`),
    onLead: () => told.push(`${name} leads`),
    onLost: () => told.push(`${name} lost`),
    onRefused: () => told.push(`${name} refused`),
  });
  return tabs ?? expect.unreachable('the tab could not join');
}

/** What was told since the last look, once all that is due has happened. */
async function news(): Promise<string[]> {
  await new Promise((resolve) => setTimeout(resolve));
  return told.splice(0);
}

beforeEach(() => {
  told = [];
  const channels = new Set<FakeChannel>();
  class FakeChannel {
    readonly #listeners: ((event: { data: unknown }) => void)[] = [];
    constructor() {
      channels.add(this);
    }
    addEventListener(_type: string, listener: (event: { data: unknown }) => void): void {
      this.#listeners.push(listener);
    }
    postMessage(data: unknown): void {
      for (const other of channels) if (other !== this) for (const listener of other.#listeners) listener({ data });
    }
    close(): void {
      channels.delete(this);
    }
  }
  vi.stubGlobal('navigator', { locks: fakeLocks() });
  vi.stubGlobal('BroadcastChannel', FakeChannel);
});
afterEach(() => vi.unstubAllGlobals());

describe('the tabs of a browser', () => {
  it('have one leader; the next leads when it leaves', async () => {
    const first = join('first');
    const second = join('second');
    first.seekLead('wait');
    second.seekLead('wait');
    expect(await news()).toEqual(['first leads']);
    first.leave();
    expect(await news()).toEqual(['second leads']);
  });

  it('can take the lead, which the former leader is told; it leads again when that one leaves', async () => {
    const first = join('first');
    const second = join('second');
    first.seekLead('wait');
    second.seekLead('wait');
    await news();
    second.seekLead('take');
    expect(await news()).toEqual(['second leads', 'first lost']);
    first.seekLead('wait');
    expect(await news()).toEqual([]);
    second.leave();
    expect(await news()).toEqual(['first leads']);
  });

  it('hear one another until they leave, and not themselves', async () => {
    const first = join('first');
    const second = join('second');
    first.post('hello');
    second.leave();
    first.post('anybody?');
    expect(await news()).toEqual(['second hears hello']);
  });

  it('are told when the browser refuses', async () => {
    vi.stubGlobal('navigator', {
      locks: { request: () => Promise.reject(new DOMException('no storage here', 'SecurityError')) },
    });
    join('first').seekLead('wait');
    expect(await news()).toEqual(['first refused']);
  });

  it.each([
    ['Web Locks', 'navigator', {}],
    ['BroadcastChannel', 'BroadcastChannel', undefined],
  ])('cannot join where there is no %s', (_what, name, value) => {
    vi.stubGlobal(name, value);
    const listener = { onMessage: () => {}, onLead: () => {}, onLost: () => {}, onRefused: () => {} };
    expect(joinTabs('test', listener)).toBeNull();
  });
});
