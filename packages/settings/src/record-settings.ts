import { isAbsolute, join } from 'node:path';
import {
  ALWAYS_OPEN,
  type MarketCalendar,
  type MarketHours,
  NO_OWNER_DATES,
  type OwnerDates,
  US_EQUITY_HOURS,
  usEquities,
  withOwnerDates,
} from '@fill-tracker/domain';
import type { SharedEnvironment } from './shared-variables.ts';

const SCHWAB_BASE_URL = 'https://api.schwabapi.com';

/** Which record it is and what it is measured by: the same for all who open it. Safe to log. */
export interface RecordSettings {
  readonly isDemo: boolean;
  /** Whose record it is: what the database is stamped with. One of another broker is refused. */
  readonly broker: { readonly baseUrl: string; readonly mode: 'live' | 'demo' };
  /** Absolute path of the SQLite file. */
  readonly databaseFile: string;
  /** The built-in rules, and the owner's own dates over them. */
  readonly calendar: MarketCalendar;
  /** The built-in rules alone. */
  readonly calendarRules: MarketCalendar;
  readonly ownerDates: OwnerDates;
  /** The ceiling for calls to the broker that the poller keeps. */
  readonly requestsPerMinute: number;
  readonly logLevel: string;
}

/** `root` is the folder that relative paths are taken from. */
export function recordSettings(env: SharedEnvironment, root: string): RecordSettings {
  const isDemo = env.DEMO ?? false;
  const calendarRules = isDemo ? ALWAYS_OPEN : usEquities(marketHours(env));
  const ownerDates = isDemo ? NO_OWNER_DATES : ownerDatesOf(env);
  return {
    isDemo,
    // The demo keeps one stamp whatever port its simulator takes: it is the same made-up broker.
    broker: isDemo
      ? { baseUrl: 'simulator', mode: 'demo' }
      : { baseUrl: env.SCHWAB_BASE_URL ?? SCHWAB_BASE_URL, mode: 'live' },
    databaseFile: databaseFile(env.DATABASE_URL ?? (isDemo ? 'file:./data/demo.db' : 'file:./data/fills.db'), root),
    calendar: withOwnerDates(calendarRules, ownerDates),
    calendarRules,
    ownerDates,
    requestsPerMinute: env.POLL_REQUESTS_PER_MINUTE,
    logLevel: env.LOG_LEVEL,
  };
}

function databaseFile(url: string, root: string): string {
  const path = url.slice('file:'.length);
  return isAbsolute(path) ? path : join(root, path);
}

function ownerDatesOf({ MARKET_CLOSED_DATES, MARKET_EARLY_CLOSES }: SharedEnvironment): OwnerDates {
  return {
    closed: MARKET_CLOSED_DATES ?? NO_OWNER_DATES.closed,
    earlyCloses: MARKET_EARLY_CLOSES ?? NO_OWNER_DATES.earlyCloses,
  };
}

/** An owner's own hours replace the regular session's; the extended ones reach at least as far. */
function marketHours(env: SharedEnvironment): MarketHours {
  const open = env.MARKET_OPEN ?? US_EQUITY_HOURS.open;
  const close = env.MARKET_CLOSE ?? US_EQUITY_HOURS.close;
  return {
    open,
    close,
    preOpen: open < US_EQUITY_HOURS.preOpen ? open : US_EQUITY_HOURS.preOpen,
    postClose: close > US_EQUITY_HOURS.postClose ? close : US_EQUITY_HOURS.postClose,
  };
}
