const MINUTE_MS = 60_000;

/** Prices are whole ticks of 0.0001 USD. */
export interface MinuteCandle {
  /** Start of the minute, epoch ms. */
  readonly at: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
}

/** A trade that the candles must cover. */
export interface CoveredTrade {
  /** Epoch ms. */
  readonly at: number;
  readonly lowTicks: number;
  readonly highTicks: number;
}

/** Where within a minute the market is looked at. */
const LOOKS = [0, 15_000, 30_000, 45_000, 59_999] as const;

/**
 * The market in candles of `minutes` minutes, for those that begin within `from` to `to` (epoch ms, both included): the
 * market's own course, widened wherever a trade lies outside it.
 *
 * @param ticksAt the market price at an instant
 */
export function candlesOf(
  market: { ticksAt: (at: number) => number; trades: readonly CoveredTrade[] },
  { from, to, minutes }: { from: number; to: number; minutes: number },
): MinuteCandle[] {
  const length = minutes * MINUTE_MS;
  const first = Math.ceil(from / length) * length;
  const count = Math.max(0, Math.floor((to - first) / length) + 1);
  return Array.from({ length: count }, (_, index) => candleAt(market, first + index * length, minutes));
}

function candleAt(
  { ticksAt, trades }: { ticksAt: (at: number) => number; trades: readonly CoveredTrade[] },
  at: number,
  minutes: number,
): MinuteCandle {
  const looks = Array.from({ length: minutes }, (_, minute) =>
    LOOKS.map((look) => ticksAt(at + minute * MINUTE_MS + look)),
  );
  const seen = looks.flat();
  const covered = trades.filter((trade) => trade.at >= at && trade.at < at + minutes * MINUTE_MS);
  return {
    at,
    open: seen[0] ?? 0,
    high: Math.max(...seen, ...covered.map(({ highTicks }) => highTicks)),
    low: Math.min(...seen, ...covered.map(({ lowTicks }) => lowTicks)),
    close: seen.at(-1) ?? 0,
    // Nobody measures by it; it only has to look like a volume, the same each time.
    volume: seen.reduce((sum, ticks, index) => sum + (ticks % 97) * (index + 1), 100 * minutes),
  };
}
