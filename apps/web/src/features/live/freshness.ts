import type { LiveSnapshot } from './live-store.ts';

/** The server speaks every few seconds; after so long without a word, ms, what is shown counts as old. */
const SILENCE_MS = 15_000;
/** How long cycles may fail, ms, before the orders count as old. */
const FAILING_MS = 30_000;

/**
 * Whether what the page shows can be trusted to be current.
 * - `unknown`: nothing heard yet;
 * - `fresh`;
 * - `stale`: the numbers were right at `asOf` (ms by the server's clock; null when nobody can say), and may not be now.
 */
export type Freshness =
  | { readonly state: 'unknown' }
  | { readonly state: 'fresh' }
  | { readonly state: 'stale'; readonly why: StaleReason; readonly asOf: number | null };

export type StaleReason = 'unreachable' | 'stopped' | 'stuck' | 'never-started' | 'failing';

/** @param now ms by this machine's clock */
export function judgeFreshness(live: LiveSnapshot, now: number): Freshness {
  const { health, lastWordAt, clockOffsetMs } = live;
  if (health === null || lastWordAt === null) return { state: 'unknown' };
  const completeAt = health.lastCompleteAt === null ? null : Date.parse(health.lastCompleteAt);
  if (now - lastWordAt > SILENCE_MS) return { state: 'stale', why: 'unreachable', asOf: lastWordAt + clockOffsetMs };
  if (health.state !== 'running') return { state: 'stale', why: health.state, asOf: completeAt };
  const isFailing = health.lastCycleOutcome !== null && health.lastCycleOutcome !== 'complete';
  const age = now + clockOffsetMs - (completeAt ?? -Infinity);
  return isFailing && age > FAILING_MS ? { state: 'stale', why: 'failing', asOf: completeAt } : { state: 'fresh' };
}

/** What is old: everything when the server is silent; else the orders alone, and what is told of the poller is new. */
export function staleScope(freshness: Freshness): 'none' | 'orders' | 'all' {
  if (freshness.state !== 'stale') return 'none';
  return freshness.why === 'unreachable' ? 'all' : 'orders';
}

export const STALE_SENTENCES = {
  unreachable: 'The server does not answer.',
  stopped: 'No poller is at work: nobody is asking the broker.',
  stuck: 'The poller hangs: it holds its place and does nothing.',
  'never-started': 'No poller has ever run on this record.',
  failing: 'The poller cannot reach the broker: its last cycles failed.',
} as const satisfies Record<StaleReason, string>;
