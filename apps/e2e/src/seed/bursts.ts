import { type Instant, MINUTE, HOUR, marketMoment, SECOND, usEquities } from '@fill-tracker/domain';
import type { OrderTimes } from './order-draft.ts';
import { type Random, seededRandom } from './random.ts';

const DAY = 24 * HOUR;

/** How the orders lie in time. */
export interface Pace {
  /** How far they reach back; with 0, all of them are of the last hours. */
  readonly days: number;
  /** How many a bot sends at once. */
  readonly burst: { readonly from: number; readonly to: number };
}

/** Orders that a bot sends within seconds, and that the poller therefore sees in the same two looks. */
export interface Burst {
  readonly startedAt: Instant;
  /** The number of its first order. */
  readonly firstIndex: number;
  readonly orders: number;
  readonly firstLookAt: Instant;
  readonly secondLookAt: Instant;
}

/** `orders` in bursts: over days of regular trading, one in thirty within the last hours. */
export function bursts(seed: number, orders: number, { days, burst }: Pace, now: Instant): readonly Burst[] {
  const random = seededRandom(seed, 'bursts');
  const made: Burst[] = [];
  for (let firstIndex = 0; firstIndex < orders; firstIndex += made.at(-1)?.orders ?? orders) {
    const size = Math.min(orders - firstIndex, random.between(burst.from, burst.to));
    made.push({ ...looksAt(random, startOf(random, days, now)), firstIndex, orders: size });
  }
  return made;
}

/** When an order of the burst came in: before its first look. */
export function timesWithin({ startedAt, firstLookAt, secondLookAt }: Burst, random: Random): OrderTimes {
  return { enteredAt: startedAt + random.between(0, 2 * SECOND), firstLookAt, secondLookAt };
}

function looksAt(random: Random, startedAt: Instant): Omit<Burst, 'firstIndex' | 'orders'> {
  const firstLookAt = startedAt + 2 * SECOND + random.between(100, 900);
  const secondLookAt = firstLookAt + random.between(3 * SECOND, 5 * MINUTE);
  return { startedAt, firstLookAt, secondLookAt };
}

function startOf(random: Random, days: number, now: Instant): Instant {
  if (days <= 1 || random.between(1, 30) === 1) return now - random.between(10 * MINUTE, 6 * HOUR);
  const calendar = usEquities();
  for (;;) {
    const at = now - DAY - random.between(0, (days - 1) * DAY - 1);
    if (marketMoment(calendar, at).phase === 'regular') return at;
  }
}
