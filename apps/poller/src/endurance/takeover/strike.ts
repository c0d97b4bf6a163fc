/** How and when the poller at work is struck. */
export interface Strike {
  /** SIGKILL; or SIGSTOP, and SIGCONT once another has taken over. */
  readonly how: 'killed' | 'stopped';
  /** While it waits for the broker's answer, or while it rests after a cycle. */
  readonly while: 'asking' | 'resting';
  /** This much later, ms. */
  readonly delayMs: number;
}

/** Any moment of a cycle. */
const KILLED_WITHIN_MS = 60;
/** The rest between two cycles is longer. */
const STOPPED_WITHIN_MS = 300;

/**
 * The strikes of a trial: both kinds in turn at first, then as chance has it.
 *
 * A process that is stopped keeps its locks: stopped inside a transaction it would keep SQLite's write lock for as long
 * as it is stopped, and no other process could write at all. So a stop falls between transactions; a kill falls anywhere,
 * for the dead hold no locks.
 */
export function strikes(rounds: number, random: () => number): readonly Strike[] {
  return Array.from({ length: rounds }, (_, round): Strike => {
    const [kind, moment, delay] = [random(), random(), random()];
    const how = (round < 2 ? round === 0 : kind < 0.5) ? 'killed' : 'stopped';
    if (how === 'killed') {
      return { how, while: moment < 0.7 ? 'asking' : 'resting', delayMs: Math.floor(delay * KILLED_WITHIN_MS) };
    }
    return moment < 0.5
      ? { how, while: 'asking', delayMs: 0 }
      : { how, while: 'resting', delayMs: Math.floor(delay * STOPPED_WITHIN_MS) };
  });
}
