import type { HealthEvent, PollerHealth } from '@fill-tracker/contract';

export type Connection = 'connecting' | 'live' | 'reconnecting';

/** What the page knows of its own link to the server, and what the server last said of the poller. */
export interface LiveSnapshot {
  readonly connection: Connection;
  /** When the server was last heard, ms by this machine's clock; null before the first word. */
  readonly lastWordAt: number | null;
  /** The server's clock less this machine's, ms: ages are judged by the server's clock. */
  readonly clockOffsetMs: number;
  readonly health: HealthEvent | null;
}

export interface LiveStore {
  readonly get: () => LiveSnapshot;
  readonly subscribe: (listener: () => void) => () => void;
  readonly setConnection: (connection: Connection) => void;
  /** @param at ms by this machine's clock */
  readonly hear: (health: HealthEvent, at: number) => void;
}

export function createLiveStore(): LiveStore {
  let snapshot: LiveSnapshot = { connection: 'connecting', lastWordAt: null, clockOffsetMs: 0, health: null };
  const listeners = new Set<() => void>();
  const change = (part: Partial<LiveSnapshot>) => {
    snapshot = { ...snapshot, ...part };
    for (const listener of listeners) listener();
  };
  return {
    get: () => snapshot,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    setConnection: (connection) => {
      if (connection !== snapshot.connection) change({ connection });
    },
    hear: (health, at) => {
      // A slow answer may arrive after a newer event.
      const isOld = snapshot.health !== null && health.now < snapshot.health.now;
      if (!isOld) change({ health, lastWordAt: at, clockOffsetMs: Date.parse(health.now) - at });
    },
  };
}

/** `GET /api/poller` tells what a health event tells, and more. */
export function healthOf(poller: PollerHealth): HealthEvent {
  return {
    now: poller.now,
    state: poller.state,
    heartbeatAt: poller.heartbeatAt,
    lastCycleAt: poller.lastCycle?.lastFinishedAt ?? null,
    lastCycleOutcome: poller.lastCycle?.outcome ?? null,
    lastCompleteAt: poller.lastCompleteAt,
    lastSweepAt: poller.lastSweepAt,
    nextPollAt: poller.nextPollAt,
    marketPhase: poller.marketPhase,
    marketChangesAt: poller.marketChangesAt,
    marketNextPhase: poller.marketNextPhase,
    openAlerts: poller.openAlerts,
    lastAlertId: poller.lastAlertId,
  };
}
