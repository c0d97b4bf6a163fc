import { decimalText } from '../decimal.ts';
import type { ReportedActivity, ReportedExecutionLeg } from '../order/reported-order.ts';

/**
 * The activities, each once: one that is listed again, word for word, is the same by its id. Without an id they may be
 * twins, and two.
 */
export function eachOnce(activities: readonly ReportedActivity[]): readonly ReportedActivity[] {
  return activities.filter((each, i) => !activities.slice(0, i).some((earlier) => isSame(earlier, each)));
}

function isSame(one: ReportedActivity, other: ReportedActivity): boolean {
  return one.activityId !== null && one.activityId === other.activityId && wordsOf(one) === wordsOf(other);
}

function wordsOf({ activityType, executionType, legs }: ReportedActivity): string {
  return JSON.stringify([activityType, executionType, legs.map(wordsOfLeg).sort()]);
}

function wordsOfLeg({ legId, price, quantity, occurredAt }: ReportedExecutionLeg): string {
  return JSON.stringify([legId, price && decimalText(price), quantity && decimalText(quantity), occurredAt]);
}
