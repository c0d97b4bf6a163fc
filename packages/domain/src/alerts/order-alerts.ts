/** What orders ask of a person. One alert for each order and cause. */
import { HOUR, type Instant, MINUTE, SECOND } from '../instant.ts';
import type { MarketCalendar } from '../market/market-calendar.ts';
import { addDays, tradingDateAt } from '../market/trading-date.ts';
import { ORDER_FLAGS, type OrderFlag } from '../order/order-flag.ts';
import type { AlertCause } from './alert-cause.ts';
import type { StandingAlert } from './standing-alert.ts';

/** An order as alerts name it. */
export interface NamedOrder {
  readonly orderId: number;
  /** Our short account id. */
  readonly accountId: string;
  readonly brokerOrderId: string | null;
  readonly symbol: string | null;
}

export interface FlaggedOrder extends NamedOrder {
  readonly isPending: boolean;
  /** Each flag with the instant from which on it stands. */
  readonly flags: readonly { readonly flag: OrderFlag; readonly since: Instant }[];
}

/** An order for one day that is still pending. */
export interface DayOrder extends NamedOrder {
  readonly enteredAt: Instant;
}

/** What each flag comes to; null alarms nobody: it is no trouble, or a person's own doing. */
const CAUSE_OF_FLAG = {
  UNPRICED: 'order-unpriced',
  FILLS_DO_NOT_SUM: 'order-unpriced',
  REJECTED_WITH_FILLS: 'order-odd',
  UNKNOWN_STATUS: 'order-odd',
  UNKNOWN_EXECUTION_TYPE: 'order-odd',
  OVERFILLED: 'order-odd',
  PRICE_OUTSIDE_LIMIT: 'order-odd',
  FILL_BEFORE_ENTRY: 'order-odd',
  REPORT_BEHIND_RECORD: 'order-disagrees',
  FILLS_CONTRADICT_RECORD: 'order-disagrees',
  FILLS_AMENDED: null,
  PRICE_OUTSIDE_MARKET: 'order-odd',
  FILL_OUTSIDE_SESSION: 'order-odd',
  TRANSACTIONS_DISAGREE: 'order-disagrees',
  REPORT_UNREADABLE: 'order-odd',
  NOT_BACKFILLED: null,
  NOT_FOUND: 'order-stuck',
} as const satisfies Readonly<Record<OrderFlag, AlertCause | null>>;

/** Schwab often says FILLED some seconds before it says at what price; a report out of turn is made good by the next. */
const PATIENCE_MS: Partial<Record<AlertCause, number>> = {
  'order-unpriced': MINUTE,
  'order-disagrees': 10 * SECOND,
};

/** One garbled answer is a hiccup. */
const PATIENCE_WITH_FLAG_MS: Partial<Record<OrderFlag, number>> = { REPORT_UNREADABLE: 30 * SECOND };

/**
 * An ended order keeps its flags for good, but is no news for good: the alert goes after so long, and the order stays
 * on the list of those that need attention.
 */
export const NEWS_FOR_MS = 24 * HOUR;

/** Schwab ends orders for the day in the evening; the next morning is late. */
const LATE_AFTER_CLOSE_MS = 12 * HOUR;
/** No market rests longer. */
const LONGEST_REST_DAYS = 10;
/** More of one cause at once are one trouble, and not to be told of one by one. */
const MOST_OF_ONE_CAUSE = 20;

export function orderAlerts(
  flagged: readonly FlaggedOrder[],
  dayOrders: readonly DayOrder[],
  calendar: MarketCalendar,
  now: Instant,
): readonly StandingAlert[] {
  const byFlag = flagged.flatMap((order) => alertsOfFlags(order, now));
  const late = dayOrders.filter(({ enteredAt }) => isLate(enteredAt, calendar, now)).map((order) => lateOrder(order));
  // The same order can be stuck for two reasons: it is one alert.
  const each = new Map([...late, ...byFlag].map((alert) => [`${alert.cause} ${alert.subject}`, alert]));
  return firstOfEachCause([...each.values()]);
}

/** As alerts and messages name it: short, and without an account number. */
export function orderSubject({ accountId, brokerOrderId, orderId }: NamedOrder): string {
  return `${accountId}/${brokerOrderId ?? `row ${orderId}`}`;
}

function alertsOfFlags(order: FlaggedOrder, now: Instant): readonly StandingAlert[] {
  const causes = new Map<AlertCause, { flags: OrderFlag[]; since: Instant }>();
  for (const { flag, since } of order.flags) {
    const cause = CAUSE_OF_FLAG[flag];
    if (cause === null || !isNews(order, patienceMs(cause, flag), since, now)) continue;
    const known = causes.get(cause);
    causes.set(cause, {
      flags: [...(known?.flags ?? []), flag],
      since: Math.min(since, known?.since ?? since),
    });
  }
  return [...causes].map(([cause, { flags, since }]) => ({
    cause,
    subject: orderSubject(order),
    since,
    summary: `${nameOf(order)}: ${flags.map((flag) => ORDER_FLAGS[flag]).join(' ')}`,
    detail: { orderId: order.orderId, flags: flags.join(' ') },
  }));
}

function patienceMs(cause: AlertCause, flag: OrderFlag): number {
  return PATIENCE_WITH_FLAG_MS[flag] ?? PATIENCE_MS[cause] ?? 0;
}

function isNews({ isPending }: FlaggedOrder, patience: number, since: Instant, now: Instant): boolean {
  const age = now - since;
  return age >= patience && (isPending || age < NEWS_FOR_MS);
}

/** True the morning after the session in which an order for the day could trade. */
function isLate(enteredAt: Instant, calendar: MarketCalendar, now: Instant): boolean {
  const first = tradingDateAt(enteredAt);
  for (let days = 0; days <= LONGEST_REST_DAYS; days += 1) {
    const session = calendar.sessionOn(addDays(first, days));
    if (session !== null && session.postClose > enteredAt) return now >= session.close + LATE_AFTER_CLOSE_MS;
  }
  return false;
}

function lateOrder(order: DayOrder): StandingAlert {
  return {
    cause: 'order-stuck',
    subject: orderSubject(order),
    since: order.enteredAt,
    summary: `${nameOf(order)}: it was good for one day, and is still pending long after that day's session.`,
    detail: { orderId: order.orderId, flags: null },
  };
}

function nameOf(order: NamedOrder): string {
  const { symbol, brokerOrderId, accountId, orderId } = order;
  const id = brokerOrderId === null ? `${orderId} of the record` : brokerOrderId;
  return `Order ${id} (${symbol === null ? '' : `${symbol}, `}account ${accountId})`;
}

/** The oldest ones; in one order, so that which are told does not change from look to look. */
function firstOfEachCause(alerts: readonly StandingAlert[]): readonly StandingAlert[] {
  const counts = new Map<AlertCause, number>();
  return alerts
    .toSorted((a, b) => a.since - b.since || a.subject.localeCompare(b.subject, 'en'))
    .filter(({ cause }) => {
      const count = (counts.get(cause) ?? 0) + 1;
      counts.set(cause, count);
      return count <= MOST_OF_ONE_CAUSE;
    });
}
