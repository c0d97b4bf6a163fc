/** The answers of a broker that live through a story, at successive instants, in every state of disrepair. */
import * as fc from 'fast-check';
import { decimal } from '../decimal.ts';
import type { ReportedActivity, ReportedOrder } from '../order/reported-order.ts';
import { cancelActivity, legOf, MONDAY_TEN, orderOf } from './builders.ts';
import { priceText, quantityText, type Story, type StoryActivity } from './order-story.ts';

/** One answer, when it was asked for, and when it was seen. */
export interface Delivery {
  readonly report: ReportedOrder;
  readonly requestedAt: number;
}

/** What befalls one answer. */
interface Mishap {
  /** How far the story is when the broker answers; past its last activity it has ended. */
  readonly progress: number;
  /** Ms after that instant. */
  readonly later: number;
  readonly word: string;
  /** Which activities get lost, by a bit each; the filled quantity stays. */
  readonly lost: number;
  /** Whether the lost ones come as a report of their own. */
  readonly isSplit: boolean;
  readonly hidesFilledQuantity: boolean;
  /** Which activities lose their id, by a bit each. */
  readonly unnamed: number;
  /** Which activities lose their prices, by a bit each. */
  readonly unpriced: number;
  /** Which of those that keep their id are listed twice, by a bit each. */
  readonly doubled: number;
  /** Whether this answer tells neither ids nor what was left, so that only content and count speak. */
  readonly isBare: boolean;
  readonly isReversed: boolean;
  readonly times: number;
}

const LIVE_WORDS = ['WORKING', 'WORKING', 'PENDING_CANCEL', 'AWAITING_UR_OUT', 'QUEUED', 'NEVER_HEARD_OF'];
const ALL = 0b111111;

const anyMishap: fc.Arbitrary<Mishap> = fc.record({
  progress: fc.nat({ max: 8 }),
  later: fc.constantFrom(0, 0, 1, 500),
  word: fc.constantFrom(...LIVE_WORDS),
  lost: fc.oneof(fc.constant(0), fc.nat({ max: ALL })),
  isSplit: fc.boolean(),
  hidesFilledQuantity: fc.boolean(),
  unnamed: fc.oneof(fc.constant(0), fc.constant(ALL), fc.nat({ max: ALL })),
  unpriced: fc.oneof(fc.constant(0), fc.constant(0), fc.nat({ max: ALL })),
  doubled: fc.oneof(fc.constant(0), fc.constant(0), fc.nat({ max: ALL })),
  isBare: fc.boolean(),
  isReversed: fc.boolean(),
  times: fc.constantFrom(1, 1, 2),
});

/**
 * Answers in the order in which they arrive: none, some or all of the story's instants, out of order, repeated and
 * damaged; and among them, once, the whole final truth.
 */
export function anyDeliveries(story: Story): fc.Arbitrary<readonly Delivery[]> {
  const mishaps = fc.array(anyMishap, { maxLength: 8 });
  return fc.tuple(mishaps, fc.nat({ max: 8 }), fc.boolean()).map(([before, position, isReversed]) => {
    const damaged = before.map((mishap) => deliveriesOf(story, mishap));
    const whole = { report: finalReport(story), requestedAt: endOf(story) };
    const complete = isReversed ? { ...whole, report: reversed(whole.report) } : whole;
    return damaged.toSpliced(position, 0, [complete]).flat();
  });
}

function endOf(story: Story): number {
  return MONDAY_TEN + (story.activities.length + 1) * 1_000;
}

function deliveriesOf(story: Story, mishap: Mishap): readonly Delivery[] {
  const progress = Math.min(mishap.progress, story.activities.length + 1);
  const requestedAt = MONDAY_TEN + progress * 1_000 + mishap.later;
  const full = reportAt(story, progress, mishap.word);
  const shown = { ...full, filledQuantity: mishap.hidesFilledQuantity ? null : full.filledQuantity };
  const priced = shown.activities.map((activity, i) => (hasBit(mishap.unpriced, i) ? priceless(activity) : activity));
  const named = priced.map((activity, i) => (hasBit(mishap.unnamed, i) ? nameless(activity) : activity));
  const told = mishap.isBare ? named.map(bare) : named;
  const activities = told.map((activity, i) => (hasBit(mishap.doubled, i) ? doubled(activity) : [activity]));
  const parts = [activities.filter((_, i) => !hasBit(mishap.lost, i)).flat()];
  if (mishap.isSplit) parts.push(activities.filter((_, i) => hasBit(mishap.lost, i)).flat());
  const deliveries = parts.map((part) => ({ report: { ...shown, activities: part }, requestedAt }));
  const ordered = mishap.isReversed
    ? deliveries.map((delivery) => ({ ...delivery, report: reversed(delivery.report) }))
    : deliveries;
  return Array.from({ length: mishap.times }, () => ordered).flat();
}

function hasBit(bits: number, i: number): boolean {
  return ((bits >> i) & 1) === 1;
}

function priceless(activity: ReportedActivity): ReportedActivity {
  return { ...activity, legs: activity.legs.map((leg) => ({ ...leg, price: null })) };
}

/** Without an id nobody could tell it from a twin. */
function doubled(activity: ReportedActivity): readonly ReportedActivity[] {
  return activity.activityId === null ? [activity] : [activity, activity];
}

function nameless(activity: ReportedActivity): ReportedActivity {
  return { ...activity, activityId: null };
}

function bare(activity: ReportedActivity): ReportedActivity {
  return { ...activity, activityId: null, remainingAfter: null };
}

/** The broker lists activities and legs in no dependable order. */
function reversed(report: ReportedOrder): ReportedOrder {
  return {
    ...report,
    legs: report.legs.toReversed(),
    activities: report.activities.map((each) => ({ ...each, legs: each.legs.toReversed() })).toReversed(),
  };
}

/** The whole truth, as the broker tells it once the order has ended. */
export function finalReport(story: Story): ReportedOrder {
  return reportAt(story, story.activities.length + 1, story.ending);
}

/** The whole answer after `progress` activities; one step further, the ending as well. */
function reportAt(story: Story, progress: number, liveWord: string): ReportedOrder {
  const isOver = progress > story.activities.length;
  const filled = story.filledAfter[Math.min(progress, story.activities.length)] ?? 0n;
  const isCut = isOver && filled < story.ordered;
  return orderOf({
    brokerStatus: isOver ? story.ending : liveWord,
    quantity: decimal(quantityText(story.ordered)),
    filledQuantity: decimal(quantityText(filled)),
    limitPrice: null,
    closeTime: isOver ? endOf(story) : null,
    legs: story.legs.map(({ legId, instruction, ratio }) =>
      legOf({ legId, instruction, quantity: decimal(quantityText(story.ordered * ratio)) }),
    ),
    activities: [
      ...story.activities.slice(0, progress).map(activityOf),
      ...(isCut ? [cancelActivity(quantityText(story.ordered - filled))] : []),
    ],
  });
}

function activityOf({ activityId, remainingAfter, fills }: StoryActivity): ReportedActivity {
  return {
    activityType: 'EXECUTION',
    executionType: 'FILL',
    activityId,
    remainingAfter: remainingAfter === null ? null : decimal(quantityText(remainingAfter)),
    legs: fills.map((fill) => ({
      legId: fill.legId,
      price: decimal(priceText(fill.price)),
      quantity: decimal(quantityText(fill.quantity)),
      occurredAt: MONDAY_TEN + fill.second * 1_000,
    })),
  };
}
