import { isAbsolute, join } from 'node:path';
import type { BrokerIdentity } from '@fill-tracker/db';
import { ALWAYS_OPEN, type MarketCalendar, US_EQUITY_HOURS, usEquities } from '@fill-tracker/domain';
import type { Environment } from './environment.ts';

const SCHWAB_BASE_URL = 'https://api.schwabapi.com';

/** Everything the API needs to know, safe to log. */
export interface ApiConfig {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly isDemo: boolean;
  /** Whose record it shows; one of another broker is refused. */
  readonly broker: BrokerIdentity;
  /** Absolute path of the SQLite file. */
  readonly databaseFile: string;
  readonly calendar: MarketCalendar;
  /** The ceiling that the poller keeps, calls a minute. */
  readonly requestsPerMinute: number;
  /** Folder of the built dashboard; it may be missing. */
  readonly dashboardFolder: string;
  readonly logLevel: string;
}

/** What must never be logged. */
export interface ApiSecrets {
  /** Null when only this machine can reach the API and nobody asked for one. */
  readonly dashboardPassword: string | null;
}

/** Turns the environment into configuration. `root` is the folder that relative paths are taken from. */
export function apiConfig(env: Environment, root: string): ApiConfig {
  const isDemo = env.DEMO ?? false;
  const url = env.DATABASE_URL ?? (isDemo ? 'file:./data/demo.db' : 'file:./data/fills.db');
  const path = url.slice('file:'.length);
  return {
    host: env.API_HOST,
    port: env.API_PORT,
    isDemo,
    // The demo keeps one stamp whatever port its simulator takes: it is the same made-up broker.
    broker: isDemo
      ? { baseUrl: 'simulator', mode: 'demo' }
      : { baseUrl: env.SCHWAB_BASE_URL ?? SCHWAB_BASE_URL, mode: 'live' },
    databaseFile: isAbsolute(path) ? path : join(root, path),
    calendar: isDemo ? ALWAYS_OPEN : usEquities(marketHours(env)),
    requestsPerMinute: env.POLL_REQUESTS_PER_MINUTE,
    dashboardFolder: join(root, 'apps/web/dist'),
    logLevel: env.LOG_LEVEL,
  };
}

export function apiSecrets(env: Environment): ApiSecrets {
  return { dashboardPassword: env.DASHBOARD_PASSWORD ?? null };
}

/** An owner's own hours replace the regular session's; the extended ones reach at least as far. */
function marketHours(env: Environment): typeof US_EQUITY_HOURS {
  const open = env.MARKET_OPEN ?? US_EQUITY_HOURS.open;
  const close = env.MARKET_CLOSE ?? US_EQUITY_HOURS.close;
  return {
    open,
    close,
    preOpen: open < US_EQUITY_HOURS.preOpen ? open : US_EQUITY_HOURS.preOpen,
    postClose: close > US_EQUITY_HOURS.postClose ? close : US_EQUITY_HOURS.postClose,
  };
}
