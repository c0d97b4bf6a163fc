import { type Instant, MINUTE, type MinuteCandle } from '@fill-tracker/domain';

/** What the market traded at, by symbol and minute, so that no minute is asked for twice. */
export interface CandleCache {
  /** Null when the minute was asked for and has no candle; undefined when it was not asked for. */
  candle(symbol: string, minute: Instant): MinuteCandle | null | undefined;
  /** Takes in an answer for the minutes from `from` to `to`, both included. */
  put(symbol: string, from: Instant, to: Instant, candles: readonly MinuteCandle[]): void;
}

/** A day of minutes of some two dozen symbols. */
const MOST_MINUTES = 10_000;

export function createCandleCache(): CandleCache {
  const minutes = new Map<string, MinuteCandle | null>();
  const keyOf = (symbol: string, minute: Instant): string => `${minute} ${symbol}`;
  return {
    candle: (symbol, minute) => minutes.get(keyOf(symbol, minute)),
    put(symbol, from, to, candles) {
      const byMinute = new Map(candles.map((candle) => [minuteOf(candle.at), candle]));
      for (let minute = from; minute <= to; minute += MINUTE) {
        minutes.set(keyOf(symbol, minute), byMinute.get(minute) ?? null);
      }
      // A Map keeps the order in which keys came: the oldest go first.
      for (const key of minutes.keys()) {
        if (minutes.size <= MOST_MINUTES) break;
        minutes.delete(key);
      }
    },
  };
}

export function minuteOf(at: Instant): Instant {
  return Math.floor(at / MINUTE) * MINUTE;
}
