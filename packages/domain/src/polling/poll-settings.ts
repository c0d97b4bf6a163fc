import { MINUTE, SECOND } from '../instant.ts';

/** How often to poll. All in ms. */
export interface PollSettings {
  /** In regular hours. The first design said 10 to 30 s; 5 s costs no more than one list call each. */
  readonly intervalMs: number;
  /** While some order is younger than `fastForMs`. */
  readonly fastIntervalMs: number;
  readonly fastForMs: number;
  /** The most that chance adds to a wait. */
  readonly jitterMs: number;
  /** In pre- and post-market hours. */
  readonly extendedIntervalMs: number;
  /** While the market is closed; null polls not at all then, by choice. */
  readonly outsideIntervalMs: number | null;
  /** Whether pre- and post-market hours count as hours at all. */
  readonly extendedHours: boolean;
  /** From an order's trade until the account's transactions are asked about it: books are written a little later. */
  readonly witnessAfterMs: number;
  /** The least time between two questions to the transactions; one call tells of all orders of an account. */
  readonly witnessEveryMs: number;
}

export const DEFAULT_POLL_SETTINGS: PollSettings = {
  intervalMs: 5 * SECOND,
  fastIntervalMs: SECOND,
  fastForMs: 120 * SECOND,
  jitterMs: 200,
  extendedIntervalMs: 15 * SECOND,
  outsideIntervalMs: 2 * MINUTE,
  extendedHours: true,
  witnessAfterMs: MINUTE,
  witnessEveryMs: 30 * SECOND,
};

/** A part of the budget stays free for commands, looks by id, and the other witnesses. */
const SHARE_FOR_LISTS = 0.75;

/**
 * The shortest time between two cycles that the budget bears, ms: at 80 calls a minute one second, and more when the
 * broker said "too many" and the budget was lowered.
 */
export function leastIntervalMs({ requestsPerMinute }: { readonly requestsPerMinute: number }): number {
  return Math.ceil(MINUTE / (requestsPerMinute * SHARE_FOR_LISTS));
}
