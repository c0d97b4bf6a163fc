import { HOUR, type Instant, MINUTE, SECOND } from '../instant.ts';

/** What came of handing a message to the webhook. */
export type DeliveryAnswer =
  /** 2xx. */
  | { readonly kind: 'taken' }
  /** An answer that refuses it. */
  | { readonly kind: 'status'; readonly status: number; readonly retryAfterMs: number | null }
  /** No answer, or none in time. */
  | { readonly kind: 'no-answer'; readonly problem: string };

export type DeliveryDecision =
  | { readonly kind: 'delivered' }
  | { readonly kind: 'retry'; readonly at: Instant; readonly problem: string }
  | { readonly kind: 'given-up'; readonly problem: string };

/** A receiver that restarts misses a second; one that is down for a day is asked every five minutes. */
const FIRST_WAIT_MS = SECOND;
const LONGEST_WAIT_MS = 5 * MINUTE;
/** A weekend with nobody at hand, and a day more. */
const GIVE_UP_AFTER_MS = 72 * HOUR;
/** The receiver says that its address is gone for good. */
const GONE = 410;

/**
 * Refusals are tried again like silence: a wrong secret or a proxy that is set up badly is put right within hours, and
 * a fill that was dropped meanwhile would be missing for good.
 *
 * @param attempts those before this one
 * @param random in [0, 1); adds up to a quarter to a wait, so that messages do not come in step
 */
export function decideDelivery(
  answer: DeliveryAnswer,
  { attempts, createdAt }: { readonly attempts: number; readonly createdAt: Instant },
  now: Instant,
  random: number,
): DeliveryDecision {
  if (answer.kind === 'taken') return { kind: 'delivered' };
  const problem = answer.kind === 'status' ? `HTTP ${answer.status}` : answer.problem;
  if (answer.kind === 'status' && answer.status === GONE) return { kind: 'given-up', problem };
  if (now - createdAt >= GIVE_UP_AFTER_MS) return { kind: 'given-up', problem };
  const grown = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(attempts, 20));
  const asked = answer.kind === 'status' ? Math.min(answer.retryAfterMs ?? 0, LONGEST_WAIT_MS) : 0;
  return { kind: 'retry', at: now + Math.max(asked, Math.round(grown * (1 + random / 4))), problem };
}
