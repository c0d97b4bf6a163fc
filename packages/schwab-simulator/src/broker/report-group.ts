import { groupAtInstant } from './group-at-instant.ts';
import { formOf } from './report-form.ts';
import { NumberText, type SchwabObject } from './schwab-json.ts';
import { NO_ODDITIES, type SimulatedGroup } from './simulated-order.ts';

/** The node above orders that cancel each other: an id, a status and times, and nothing of an order. */
export function reportGroup(group: SimulatedGroup, now: number): SchwabObject {
  const form = formOf(NO_ODDITIES);
  const { status, closedAt } = groupAtInstant(group, now);
  return {
    orderStrategyType: group.strategy,
    orderId: new NumberText(group.orderId),
    cancelable: closedAt === null,
    editable: false,
    status,
    enteredTime: form.time(group.enteredAt),
    closeTime: closedAt === null ? undefined : form.time(closedAt),
    tag: 'TA_simulator',
    accountNumber: new NumberText(group.accountNumber),
  };
}
