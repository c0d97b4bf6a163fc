import type { Instant } from '../instant.ts';
import type { TradingDate } from './trading-date.ts';

/** One trading session: a date with its opening and closing instants. */
export interface TradingSession {
  readonly date: TradingDate;
  /** Start of pre-market trading. */
  readonly preOpen: Instant;
  readonly open: Instant;
  readonly close: Instant;
  /** End of post-market trading. */
  readonly postClose: Instant;
  readonly isEarlyClose: boolean;
}

/**
 * When the market trades, as a value: the core never asks a clock or a broker. A calendar may slow polling, it
 * never stops it, because orders also change outside hours.
 */
export interface MarketCalendar {
  readonly name: string;
  /** The last date for which the rules were checked; null when it never runs out. */
  readonly validThrough: TradingDate | null;
  /** Null on weekends and holidays. */
  sessionOn(date: TradingDate): TradingSession | null;
}
