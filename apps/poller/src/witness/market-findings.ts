import type { StoredOrder } from '@fill-tracker/db';
import {
  compareWithMarket,
  decimalText,
  type Instant,
  isOutsideAnySession,
  type MarketCalendar,
  type MarketRange,
  MINUTE,
  type RecordedFill,
} from '@fill-tracker/domain';
import { type CandleCache, minuteOf } from './candle-cache.ts';
import type { Finding } from './hear-findings.ts';

/** Candles of shares and funds alone are to be had. */
const PRICED_BY_CANDLES: ReadonlySet<string | null> = new Set(['EQUITY', 'COLLECTIVE_INVESTMENT']);

/** What the market says of an order's fills: nothing where no candle tells. */
export function findingsOn(order: StoredOrder, candles: CandleCache, calendar: MarketCalendar): readonly Finding[] {
  return [...rangeFinding(order, candles), ...sessionFinding(order, calendar)];
}

function rangeFinding({ known }: StoredOrder, candles: CandleCache): readonly Finding[] {
  const ranges = known.fills.map((fill) => ({ fill, range: rangeOf(known, fill, candles) }));
  const outside = ranges.find(({ range }) => range === 'outside')?.fill;
  if (outside === undefined && ranges.some(({ range }) => range === 'unknown')) return [];
  const reason =
    outside === undefined
      ? 'every fill lies within what the market traded at'
      : `the fill at ${decimalText(outside.price)} USD, ${timeText(outside)}, lies outside the market's minute`;
  return [{ flag: 'PRICE_OUTSIDE_MARKET', isRaised: outside !== undefined, reason }];
}

function rangeOf(known: StoredOrder['known'], fill: RecordedFill, candles: CandleCache): MarketRange {
  const symbol = pricedSymbol(known, fill);
  if (symbol === null || fill.occurredAt === null) return 'unknown';
  const near = minutesAround(fill.occurredAt).flatMap((minute) => candles.candle(symbol, minute) ?? []);
  return compareWithMarket(fill, near);
}

/** Fills without a time are inside: nothing speaks against them. */
function sessionFinding({ known }: StoredOrder, calendar: MarketCalendar): readonly Finding[] {
  const outside = known.fills.find(
    ({ occurredAt }) => occurredAt !== null && isOutsideAnySession(occurredAt, calendar),
  );
  const reason =
    outside === undefined
      ? 'every fill lies within a session'
      : `no session was open at ${timeText(outside)}, by the calendar "${calendar.name}"`;
  return [{ flag: 'FILL_OUTSIDE_SESSION', isRaised: outside !== undefined, reason }];
}

/** The symbol whose candles tell of a fill; null when there are none to have. */
export function pricedSymbol({ facts }: StoredOrder['known'], { legId }: RecordedFill): string | null {
  const leg = facts?.legs.find((each) => each.legId === legId);
  return leg !== undefined && PRICED_BY_CANDLES.has(leg.assetType) ? leg.symbol : null;
}

function timeText({ occurredAt }: RecordedFill): string {
  return occurredAt === null ? 'at an unknown time' : new Date(occurredAt).toISOString();
}

/** A trade at a minute's edge may count for the one beside it. */
export function minutesAround(at: Instant): readonly Instant[] {
  const minute = minuteOf(at);
  return [minute - MINUTE, minute, minute + MINUTE];
}
