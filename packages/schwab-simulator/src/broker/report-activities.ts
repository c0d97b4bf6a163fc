import { activityIdOf, fillActivityId, FIRST_NOTICE } from './activity-id.ts';
import { compareDecimals, type ExactDecimal, minus, parseDecimal, plainText, times, ZERO } from './exact-decimal.ts';
import type { OrderAtInstant } from './order-at-instant.ts';
import {
  correctedExecutions,
  type Execution,
  executionsOf,
  isShown,
  type PlannedFill,
  showsLegs,
} from './planned-fill.ts';
import { formOf } from './report-form.ts';
import { instrumentIdOf } from './report-instrument.ts';
import { NumberText, type SchwabJson, type SchwabObject } from './schwab-json.ts';
import { legsOf, type SimulatedOrder } from './simulated-order.ts';

/** The order's `orderActivityCollection` at `now` (epoch ms), empty when nothing happened. */
export function reportActivities(order: SimulatedOrder, state: OrderAtInstant, now: number): SchwabJson[] {
  const activities = [
    ...fillActivities(order, state, now),
    ...cancelActivities(order, state),
    ...noticeActivities(order, now),
  ].map((activity) => reportActivity(order, state, activity));
  return order.oddities.shuffleActivities ? interleavedFromTheEnd(activities) : activities;
}

interface Activity {
  readonly activityId: string;
  readonly activityType: string;
  readonly executionType: string;
  /** Units of the order. */
  readonly quantity: ExactDecimal;
  readonly remaining: ExactDecimal;
  /** Epoch ms. */
  readonly at: number;
  /** Null when the activity does not show its legs. */
  readonly executions: readonly Execution[] | null;
}

function fillActivities(order: SimulatedOrder, { fills }: OrderAtInstant, now: number): Activity[] {
  let remaining = parseDecimal(order.quantity);
  return fills.flatMap((fill) => {
    remaining = atLeastZero(minus(remaining, parseDecimal(fill.quantity)));
    if (!isShown(fill, now)) return [];
    const activity = {
      activityId: fillActivityId(order, fill),
      activityType: 'EXECUTION',
      executionType: fill.executionType ?? 'FILL',
      quantity: parseDecimal(fill.quantity),
      remaining,
      at: fill.at,
      executions: showsLegs(fill, now) ? executionsOf(fill) : null,
    };
    return [activity, ...correctionOf(fill, activity, now)];
  });
}

function correctionOf(fill: PlannedFill, original: Activity, now: number): Activity[] {
  const { correction } = fill;
  if (correction === undefined || correction.at > now || original.executions === null) return [];
  return [{ ...original, executionType: correction.kind, executions: correctedExecutions(fill) }];
}

/**
 * Real cancels and replacements add an EXECUTION activity of type CANCELED whose legs carry the open quantity at price
 * 0.0: the trap for every average over all legs. Real rejections add none. No real expiry was ever captured; it is taken
 * to look like a cancel, the harder case for a client.
 */
function cancelActivities(order: SimulatedOrder, { ended, unfilledAtEnd }: OrderAtInstant): Activity[] {
  if (ended === null || !['CANCELED', 'EXPIRED', 'REPLACED'].includes(ended.status)) return [];
  if (compareDecimals(unfilledAtEnd, ZERO) <= 0) return [];
  const executions = legsOf(order).map(({ legId, ratio }) => ({
    legId,
    quantity: plainText(times(unfilledAtEnd, parseDecimal(ratio))),
    price: '0',
  }));
  const activityId = activityIdOf(order, order.fills.length);
  const kind = { activityType: 'EXECUTION', executionType: 'CANCELED' };
  return [{ ...kind, activityId, quantity: unfilledAtEnd, remaining: ZERO, at: ended.at, executions }];
}

function noticeActivities(order: SimulatedOrder, now: number): Activity[] {
  return order.notices
    .map(({ at, activityType, executionType }, index) => ({
      activityId: activityIdOf(order, FIRST_NOTICE + index),
      activityType,
      executionType,
      quantity: ZERO,
      remaining: parseDecimal(order.quantity),
      at,
      executions: null,
    }))
    .filter(({ at }) => at <= now);
}

function reportActivity(order: SimulatedOrder, state: OrderAtInstant, activity: Activity): SchwabObject {
  const form = formOf(order.oddities);
  const symbols = new Map(legsOf(order).map(({ legId, symbol }) => [legId, symbol]));
  return {
    activityType: activity.activityType,
    activityId: showsActivityIds(order, state) ? new NumberText(activity.activityId) : undefined,
    executionType: activity.executionType,
    quantity: form.number(activity.quantity),
    orderRemainingQuantity: form.number(activity.remaining),
    executionLegs: activity.executions?.map(({ legId, quantity, price }) => ({
      legId: new NumberText(legId),
      quantity: form.number(parseDecimal(quantity)),
      mismarkedQuantity: form.number(ZERO),
      price: form.number(parseDecimal(price)),
      time: form.time(activity.at),
      instrumentId: instrumentIdOf(symbols.get(legId) ?? ''),
    })),
  };
}

function showsActivityIds(order: SimulatedOrder, state: OrderAtInstant): boolean {
  const { activityIds } = order.oddities;
  return activityIds === 'from-start' || (activityIds === 'late' && state.ended !== null);
}

/** Last, first, last but one, second ...: never by time, and the same for every report of the same activities. */
function interleavedFromTheEnd<Item>(items: readonly Item[]): Item[] {
  const rest = [...items];
  const shuffled: Item[] = [];
  for (let takeLast = true; rest.length > 0; takeLast = !takeLast) {
    shuffled.push(...(takeLast ? rest.splice(-1) : rest.splice(0, 1)));
  }
  return shuffled;
}

function atLeastZero(value: ExactDecimal): ExactDecimal {
  return compareDecimals(value, ZERO) < 0 ? ZERO : value;
}
