import { byTime, type Fill, type WithdrawnFill } from '../execution/fill.ts';
import { matchFills } from '../execution/match-fills.ts';
import { mergeFills } from '../execution/merge-fills.ts';
import type { Instant } from '../instant.ts';
import type { KnownOrder, OrderState } from '../order/known-order.ts';
import { type OrderFlag, orderedFlags } from '../order/order-flag.ts';
import { formersOf } from './amend-record.ts';
import { changeOf, type Reconciliation } from './reconciliation.ts';
import { closedByOperator, stateAfter } from './state-after.ts';

/** Who decided, and why. */
export interface Decision {
  readonly by: string;
  readonly reason: string;
}

/** Why a decision was not carried out: what is in the way, and what to do instead. */
export interface Refusal {
  readonly problem: string;
}

/** What leaves an order open for a person to decide. */
const DECIDABLE: ReadonlySet<OrderFlag> = new Set([
  'UNPRICED',
  'FILLS_DO_NOT_SUM',
  'UNKNOWN_STATUS',
  'REPORT_UNREADABLE',
  'NOT_FOUND',
  'NOT_BACKFILLED',
  'REPORT_BEHIND_RECORD',
]);

/**
 * Closes, on a person's word, an order that the broker's reports leave open for good: with the fills that it has, or
 * without any. Nothing is invented: what has no price cannot be closed as if it had one.
 *
 * @param now when the person decided
 */
export function closeOrder(known: KnownOrder, { by, reason }: Decision, now: Instant): Reconciliation | Refusal {
  const problem = whyNotClosable(known);
  if (problem !== null) return { problem };
  const resolution = { by, reason, at: now, brokerStatus: readableWord(known) };
  const text = `closed by ${by}: ${reason}`;
  if (known.facts === null) {
    return changeOf(known, { ...known, resolution, state: closedUnseen(known.state, now) }, text);
  }
  const after = { ...known, facts: known.facts, resolution };
  return changeOf(known, { ...after, ...stateAfter(known.state, after, notes(known), now) }, text);
}

/** The broker's word that a person decides over; null when its last answer cannot be read, or there was none. */
function readableWord({ facts, state }: KnownOrder): string | null {
  return state.flags.includes('REPORT_UNREADABLE') ? null : (facts?.brokerStatus ?? null);
}

function whyNotClosable({ facts, fills, state }: KnownOrder): string | null {
  if (state.status !== 'PENDING') return `The order has ended already (${state.status}, ${state.outcome}).`;
  if (facts === null) return null;
  if (!state.flags.some((flag) => DECIDABLE.has(flag))) {
    return `The broker says that the order is alive (${facts.brokerStatus}): cancel it there. It can still fill.`;
  }
  return closedByOperator(facts, fills) === null
    ? 'Its fills give no price for every leg: accept the transactions of the account first.'
    : null;
}

/** The broker never told anything of this order: nothing traded that anyone knows of. */
function closedUnseen(state: OrderState, now: Instant): OrderState {
  const flags = state.flags.filter((flag) => !DECIDABLE.has(flag));
  return { ...state, status: 'FAILED', outcome: 'CLOSED_BY_OPERATOR', flags, closedAt: now };
}

/**
 * Takes, on a person's word, the executions of another witness (the account's transactions) for the order's fills.
 * Those that it does not confirm are withdrawn, those that it adds are recorded; both stay in the record. The status
 * follows by the rule.
 *
 * @param executions what the witness shows, by leg
 * @param now when the person decided
 */
export function acceptExecutions(
  known: KnownOrder,
  executions: readonly Fill[],
  { by, reason }: Decision,
  now: Instant,
): Reconciliation | Refusal {
  if (known.facts === null)
    return { problem: 'Nothing of this order could be read yet at the broker, so its legs are not known.' };
  if (executions.length === 0) return { problem: 'The transactions hold no execution of this order.' };
  const match = matchFills(known.fills, executions, { trustRemaining: false });
  if (match.unrecorded.length === 0 && match.unreported.length === 0) {
    return { problem: 'The transactions show the fills that the record has: there is nothing to accept.' };
  }
  const gone: readonly WithdrawnFill[] = match.unreported.map((fill) => ({ ...fill, withdrawnAt: now }));
  const withdrawn = [...known.withdrawn, ...gone].sort(byTime);
  const formers = formersOf(match.unrecorded, gone, []);
  const toAdd = { added: match.unrecorded, withdrawnKeys: withdrawn.map(({ key }) => key), formers };
  const merged = mergeFills({ ...match, unreported: [] }, toAdd, now);
  const after = { ...known, facts: known.facts, fills: merged.fills, withdrawn };
  const order = { ...after, ...stateAfter(known.state, after, notes(known), now) };
  return changeOf(known, order, `transactions accepted by ${by}: ${reason}`, {
    newFills: merged.newFills,
    identifiedFills: merged.identifiedFills,
    withdrawnFills: gone,
  });
}

const NOTES: ReadonlySet<OrderFlag> = new Set(['UNKNOWN_EXECUTION_TYPE', 'REPORT_BEHIND_RECORD', 'REPORT_UNREADABLE']);

/** What the last report gave rise to: a decision does not unsay it. */
function notes({ state }: KnownOrder): readonly OrderFlag[] {
  return state.flags.filter((flag) => NOTES.has(flag));
}

/** What witnesses besides the order's own report found; see `WITNESS_FLAGS`. */
export type WitnessFlag = 'PRICE_OUTSIDE_MARKET' | 'FILL_OUTSIDE_SESSION' | 'TRANSACTIONS_DISAGREE';

/** Raises or clears what one kind of witness found. Alarms, never filters: fills and prices stay as they are. */
export function hearWitness(known: KnownOrder, flag: WitnessFlag, isRaised: boolean, reason: string): Reconciliation {
  const others = known.state.flags.filter((each) => each !== flag);
  const flags = orderedFlags(isRaised ? [...others, flag] : others);
  return changeOf(known, { ...known, state: { ...known.state, flags } }, reason);
}
