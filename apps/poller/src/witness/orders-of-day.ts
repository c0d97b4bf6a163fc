import type { FillDatabase, OrderPosition, StoredOrder } from '@fill-tracker/db';
import { HOUR, type Instant, type PollWindow } from '@fill-tracker/domain';
import { isWithin, type TradingDay } from './trading-day.ts';

const ROWS_AT_A_TIME = 500;

/**
 * The orders of an account that were entered or traded on a date, as the record has them.
 *
 * Read from those that ended on that date or later, or are open: nothing trades once it has ended.
 */
export async function ordersOfDay(db: FillDatabase, accountId: string, day: TradingDay): Promise<StoredOrder[]> {
  const found: StoredOrder[] = [];
  let after: OrderPosition | null = { key: new Date(day.from).toISOString(), id: 0 };
  while (after !== null) {
    const page = await db.pageOrders({
      accountId,
      enteredBefore: day.to + 1,
      sort: 'closedAt',
      direction: 'asc',
      limit: ROWS_AT_A_TIME,
      after,
    });
    found.push(...page.orders.filter((order) => belongsTo(day, order)));
    after = page.next;
  }
  return found;
}

/** An order without the broker's id is left out: no answer of the broker can name it. */
function belongsTo(day: TradingDay, { known }: StoredOrder): boolean {
  const at = dateOf(known);
  const isEntered = at !== null && isWithin(day, at);
  return known.brokerOrderId !== '' && (isEntered || known.fills.some((fill) => isWithin(day, fillTime(fill))));
}

/** What was imported came into the record long after it was entered; until the broker tells, its end is what is known. */
function dateOf({ facts, source, state, firstSeenAt }: StoredOrder['known']): Instant | null {
  return facts?.enteredAt ?? (source === 'IMPORTED' ? state.closedAt : firstSeenAt);
}

/** Of a fill whose time the broker did not tell: when it was seen. */
export function fillTime({ occurredAt, observedAt }: StoredOrder['known']['fills'][number]): Instant {
  return occurredAt ?? observedAt;
}

/** Fills can carry times a little before the entry, and be told a little after the end. */
const MARGIN_MS = HOUR;

/** The broker's limit is a year; what is older than that is beyond any witness. */
const LONGEST_MS = 364 * 24 * HOUR;

/** The window in which everything lies that ever traded of these orders; the day's own when they began and ended on it. */
export function lifeOf(orders: readonly StoredOrder[], day: TradingDay, now: Instant): PollWindow {
  let { from, to } = day;
  for (const { known } of orders) {
    const entered = dateOf(known) ?? day.from;
    if (entered < day.from) from = Math.min(from, entered - MARGIN_MS);
    const last = Math.max(known.state.closedAt ?? now, ...known.fills.map(fillTime));
    if (last > day.to) to = Math.max(to, last + MARGIN_MS);
  }
  return { from: Math.max(from, to - LONGEST_MS), to };
}
