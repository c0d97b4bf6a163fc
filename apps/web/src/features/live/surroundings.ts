import { joinTabs, type Tabs, type TabsListener } from './tabs.ts';

/** What the page takes from the browser: time, chance and connections. Tests bring their own. */
export interface Surroundings {
  /** This machine's clock, ms. */
  readonly now: () => number;
  /** A number from 0 to 1. */
  readonly random: () => number;
  /** Runs something once after some ms; the answer calls it off. */
  readonly after: (ms: number, run: () => void) => () => void;
  readonly openEventSource: (url: string) => EventSourceLike;
  /** Listens for the moments at which a lost server may be back: the network is, or the person looks again. */
  readonly onReturn: (listener: () => void) => () => void;
  /** Whether the person may see this tab. */
  readonly isVisible: () => boolean;
  /** Null where tabs cannot hear one another. */
  readonly joinTabs: (name: string, listener: TabsListener) => Tabs | null;
}

/** The part of EventSource that is used. */
export interface EventSourceLike {
  addEventListener: (name: string, listener: (event: MessageEvent<string>) => void) => void;
  close: () => void;
}

export const browserSurroundings: Surroundings = {
  now: () => Date.now(),
  random: () => Math.random(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
  openEventSource: (url) => new EventSource(url),
  onReturn: (listener) => {
    const onVisible = () => {
      if (isVisible()) listener();
    };
    window.addEventListener('online', listener);
    document.addEventListener('visibilitychange', onVisible);
    return () => {
      window.removeEventListener('online', listener);
      document.removeEventListener('visibilitychange', onVisible);
    };
  },
  isVisible,
  joinTabs,
};

function isVisible(): boolean {
  return document.visibilityState === 'visible';
}
