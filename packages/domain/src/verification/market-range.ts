import { decimal, type Decimal } from '../decimal.ts';
import { type Instant, MINUTE } from '../instant.ts';

/** The range of one minute's trades. */
export interface MinuteCandle {
  /** When the minute begins. */
  readonly at: Instant;
  /** USD per share. */
  readonly high: Decimal;
  readonly low: Decimal;
}

/** Where a price stands to what the market traded at; `unknown` where no candle tells. */
export type MarketRange = 'inside' | 'outside' | 'unknown';

/**
 * Holds a fill's price against the high and low of its minute and of the minutes around it: broker times are whole
 * seconds, and a trade at a minute's edge may count for either candle.
 *
 * One tick beyond (0.01 USD, below 1 USD 0.0001) is still inside: candles are rounded to ticks while fills are not,
 * and odd lots trade without moving the high or low.
 *
 * @returns `unknown` without a candle of the fill's own minute, unless one beside it has the price inside.
 */
export function compareWithMarket(
  { price, occurredAt }: { readonly price: Decimal; readonly occurredAt: Instant | null },
  candles: readonly MinuteCandle[],
): MarketRange {
  if (occurredAt === null) return 'unknown';
  const minute = minuteOf(occurredAt);
  const near = candles.filter(({ at }) => Math.abs(minuteOf(at) - minute) <= MINUTE);
  if (isWithin(price, near)) return 'inside';
  return near.some(({ at }) => minuteOf(at) === minute) ? 'outside' : 'unknown';
}

function minuteOf(at: Instant): Instant {
  return Math.floor(at / MINUTE) * MINUTE;
}

/** Between the lowest low and the highest high: a price that the market moved through is inside too. */
function isWithin(price: Decimal, candles: readonly MinuteCandle[]): boolean {
  const tick = price.lt(ONE_USD) ? SMALL_TICK : TICK;
  return (
    candles.some(({ low }) => price.gte(low.minus(tick))) && candles.some(({ high }) => price.lte(high.plus(tick)))
  );
}

const ONE_USD = decimal('1');
const TICK = decimal('0.01');
const SMALL_TICK = decimal('0.0001');
