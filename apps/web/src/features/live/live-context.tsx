import { createContext, type ReactNode, useContext, useMemo, useState, useSyncExternalStore } from 'react';
import { type Freshness, judgeFreshness } from './freshness.ts';
import type { LiveSnapshot, LiveStore } from './live-store.ts';
import type { Surroundings } from './surroundings.ts';

interface Live {
  readonly store: LiveStore;
  readonly surroundings: Surroundings;
  readonly ticker: Ticker;
}

/** One tick a second for everything on the page that counts time. */
interface Ticker {
  readonly get: () => number;
  readonly subscribe: (listener: () => void) => () => void;
}

const LiveContext = createContext<Live | null>(null);

export function LiveProvider(props: { store: LiveStore; surroundings: Surroundings; children: ReactNode }) {
  const { store, surroundings, children } = props;
  const [ticker] = useState(() => createTicker(surroundings));
  const live = useMemo(() => ({ store, surroundings, ticker }), [store, surroundings, ticker]);
  return <LiveContext value={live}>{children}</LiveContext>;
}

export function useLive(): LiveSnapshot {
  const { store } = useLiveContext();
  return useSyncExternalStore(store.subscribe, store.get);
}

/** Now by the server's clock, ms; moves once a second. */
export function useServerNow(): number {
  const { ticker } = useLiveContext();
  return useSyncExternalStore(ticker.subscribe, ticker.get) + useLive().clockOffsetMs;
}

/** Now by the server's clock, ms, without following it. */
export function useReadServerClock(): () => number {
  const { store, surroundings } = useLiveContext();
  return () => surroundings.now() + store.get().clockOffsetMs;
}

export function useFreshness(): Freshness {
  const live = useLive();
  return judgeFreshness(live, useServerNow() - live.clockOffsetMs);
}

function useLiveContext(): Live {
  const live = useContext(LiveContext);
  if (live === null) throw new Error('This part of the page needs a LiveProvider around it.');
  return live;
}

function createTicker(surroundings: Surroundings): Ticker {
  let now = surroundings.now();
  let callOff = () => {};
  const listeners = new Set<() => void>();
  const tick = () => {
    now = surroundings.now();
    for (const listener of listeners) listener();
    callOff = surroundings.after(1000, tick);
  };
  return {
    get: () => now,
    subscribe: (listener) => {
      if (listeners.size === 0) {
        now = surroundings.now();
        callOff = surroundings.after(1000, tick);
      }
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) callOff();
      };
    },
  };
}
