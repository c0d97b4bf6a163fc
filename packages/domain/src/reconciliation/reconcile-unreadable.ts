import type { Instant } from '../instant.ts';
import type { KnownOrder } from '../order/known-order.ts';
import { orderedFlags } from '../order/order-flag.ts';
import { isOlderReport } from './compare-report.ts';
import { changeOf, type Reconciliation } from './reconciliation.ts';

/**
 * Takes in that the broker told of this order and that it cannot be read. Nothing is guessed out of it: the record
 * stands as it was, flagged REPORT_UNREADABLE until a report can be read. It is an answer all the same, so the order
 * is not absent.
 *
 * @param problem what is wrong and where, such as `order.quantity is below zero: -1`
 * @param requestedAt when the answer was asked for; one older than the record says nothing of how it stands
 * @returns a change each time, so that what is unreadable now is kept as evidence; to be called once for each text
 */
export function reconcileUnreadable(known: KnownOrder, problem: string, requestedAt: Instant): Reconciliation {
  const reason = `the broker's answer cannot be read: ${problem}`;
  // What a person closed stays closed: that the broker is not understood was known then.
  if (isOlderReport(known, requestedAt) || known.resolution !== null) return changeOf(known, known, reason);
  const others = known.state.flags.filter((flag) => flag !== 'NOT_FOUND');
  const flags = orderedFlags([...others, 'REPORT_UNREADABLE']);
  const change = changeOf(known, { ...known, absence: null, state: { ...known.state, flags } }, reason);
  return { ...change, isChanged: true };
}
