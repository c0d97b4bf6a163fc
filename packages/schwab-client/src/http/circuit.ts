import type { Lane } from '../operation.ts';

/*
 * One circuit, as a state machine without a clock.
 *
 * closed: everything passes. OUTAGES_TO_OPEN outages in a row, with no answer between them, open it.
 * open:   no call passes until `retryAt`; the first one after that becomes the probe.
 * probing: the probe is on its way, all others are refused. An answer closes the circuit, an outage opens it again for
 *         longer (never longer than MAX_PAUSE_MS); a probe whose caller gave up proves nothing, and the next
 *         call takes its place.
 *
 * Two kinds of attempts pass in every state. A person's own (lanes `sign-in` and `command`): they are few, a sign-in code
 * lives for 30 seconds, and nothing tells sooner that Schwab is back; token refreshes go by the lane `sign-in`, for
 * without a token nothing else can probe. And retries: a call that has begun keeps them, so that its caller, who waits
 * longer after each call that failed, finds the end of an outage as soon as without a circuit. Their answers close the
 * circuit; their outages, while it is open, do not lengthen the pause.
 */

/** One more than a read has attempts: no single call opens a circuit. */
export const OUTAGES_TO_OPEN = 5;
/**
 * For the first, second, third and every later opening in a row. Each is shorter than what a failed call spends on its
 * retries (1.75 s at least) together with the least that a loop of doubling waits rests after it (1, 2, 4 s).
 */
const PAUSES_MS = [2_500, 3_500, 5_000] as const;
/** The most by which an open circuit may delay the discovery that Schwab is back. */
export const MAX_PAUSE_MS = PAUSES_MS[2];
const WHILE_PROBING_MS = 1_000;

export type Circuit =
  | { readonly phase: 'closed'; readonly outages: number }
  | {
      readonly phase: 'open';
      /** How often it opened since it was last closed. */
      readonly openings: number;
      /** ms since epoch. */
      readonly retryAt: number;
    }
  | { readonly phase: 'probing'; readonly openings: number };

export const CLOSED: Circuit = { phase: 'closed', outages: 0 };

/** How an attempt came through: as any other, as the probe of an open circuit, or past one. */
export type Pass = 'usual' | 'probe' | 'past';

export type Admission =
  | { readonly pass: Pass; readonly circuit: Circuit }
  | {
      readonly pass: null;
      /** ms until it is worth asking again. */
      readonly waitMs: number;
    };

/** What became of an attempt: any answer but a 5xx, none or a 5xx, or a caller who gave up. */
export type Verdict = 'answered' | 'outage' | 'abandoned';

/** One attempt of a call. */
export interface Caller {
  readonly lane: Lane;
  /** 1 for the first of a call. */
  readonly attempt: number;
}

/** Whether an attempt may leave at `now`, and the circuit once it has. */
export function admit(circuit: Circuit, { lane, attempt }: Caller, now: number): Admission {
  if (circuit.phase === 'closed') return { pass: 'usual', circuit };
  if (attempt > 1) return { pass: 'past', circuit };
  const waitMs = waitOf(circuit, now);
  if (circuit.phase === 'open' && waitMs === 0) {
    return { pass: 'probe', circuit: { phase: 'probing', openings: circuit.openings } };
  }
  return lane === 'sign-in' || lane === 'command' ? { pass: 'past', circuit } : { pass: null, waitMs };
}

/** ms until an open circuit lets a probe out; while one is on its way, a guess. */
function waitOf(circuit: Exclude<Circuit, { phase: 'closed' }>, now: number): number {
  if (circuit.phase === 'probing') return WHILE_PROBING_MS;
  const waitMs = Math.max(0, circuit.retryAt - now);
  // Only a clock that was set back makes it longer than any pause is.
  return waitMs > MAX_PAUSE_MS ? 0 : waitMs;
}

/** The circuit after an attempt that had come through by `pass` ended at `now`. */
export function afterAttempt(circuit: Circuit, pass: Pass, verdict: Verdict, now: number): Circuit {
  if (verdict === 'answered') return CLOSED;
  if (verdict === 'outage' && circuit.phase === 'closed') {
    const outages = circuit.outages + 1;
    return outages < OUTAGES_TO_OPEN ? { phase: 'closed', outages } : opened(1, now);
  }
  if (pass !== 'probe' || circuit.phase !== 'probing') return circuit;
  return verdict === 'outage'
    ? opened(circuit.openings + 1, now)
    : { phase: 'open', openings: circuit.openings, retryAt: now };
}

function opened(openings: number, now: number): Circuit {
  return { phase: 'open', openings, retryAt: now + (PAUSES_MS[openings - 1] ?? MAX_PAUSE_MS) };
}
