import { isAbsolute, join } from 'node:path';
import {
  ALWAYS_OPEN,
  DEFAULT_POLL_SETTINGS,
  type MarketCalendar,
  type PollSettings,
  SECOND,
  US_EQUITY_HOURS,
  usEquities,
} from '@fill-tracker/domain';
import type { BrokerIdentity } from '@fill-tracker/db';
import { DEMO_CREDENTIALS } from '@fill-tracker/schwab-simulator';
import type { Environment } from './environment.ts';

const SCHWAB_BASE_URL = 'https://api.schwabapi.com';

/** Everything the poller needs to know, safe to log. */
export interface PollerConfig {
  readonly isDemo: boolean;
  /** What the database is stamped with. */
  readonly broker: BrokerIdentity;
  /** Where the broker answers. */
  readonly brokerUrl: string;
  /** Absolute path of the SQLite file. */
  readonly databaseFile: string;
  readonly settings: PollSettings;
  /** Where Schwab sends people after signing in; null when not configured. */
  readonly callbackUrl: string | null;
  readonly requestsPerMinute: number;
  readonly discoversOrders: boolean;
  readonly calendar: MarketCalendar;
  readonly pollerPort: number;
  readonly simulatorPort: number;
  readonly logLevel: string;
}

/** What must never be logged. */
export interface PollerSecrets {
  /** Null when no app is configured: reading the record needs none. */
  readonly credentials: { readonly appKey: string; readonly appSecret: string } | null;
  /** Null means the key file beside the database. */
  readonly tokenKey: string | null;
}

/** Turns the environment into configuration. `root` is the folder that relative paths are taken from. */
export function pollerConfig(env: Environment, root: string): PollerConfig {
  const isDemo = env.DEMO ?? false;
  const liveUrl = env.SCHWAB_BASE_URL ?? SCHWAB_BASE_URL;
  const url = env.DATABASE_URL ?? (isDemo ? 'file:./data/demo.db' : 'file:./data/fills.db');
  return {
    isDemo,
    // The demo keeps one stamp whatever port its simulator takes: it is the same made-up broker.
    broker: isDemo ? { baseUrl: 'simulator', mode: 'demo' } : { baseUrl: liveUrl, mode: 'live' },
    brokerUrl: isDemo ? `http://127.0.0.1:${env.SIMULATOR_PORT}` : liveUrl,
    databaseFile: absolutePath(url.slice('file:'.length), root),
    settings: pollSettings(env),
    callbackUrl: env.SCHWAB_CALLBACK_URL ?? null,
    requestsPerMinute: env.POLL_REQUESTS_PER_MINUTE,
    discoversOrders: env.DISCOVER_ORDERS,
    calendar: isDemo ? ALWAYS_OPEN : usEquities(marketHours(env)),
    pollerPort: env.POLLER_PORT,
    simulatorPort: env.SIMULATOR_PORT,
    logLevel: env.LOG_LEVEL,
  };
}

export function pollerSecrets(env: Environment): PollerSecrets {
  const { SCHWAB_APP_KEY: appKey, SCHWAB_APP_SECRET: appSecret } = env;
  const own = appKey !== undefined && appSecret !== undefined ? { appKey, appSecret } : null;
  return {
    credentials: env.DEMO === true ? DEMO_CREDENTIALS : own,
    tokenKey: env.TOKEN_ENCRYPTION_KEY ?? null,
  };
}

function absolutePath(path: string, root: string): string {
  return isAbsolute(path) ? path : join(root, path);
}

function pollSettings(env: Environment): PollSettings {
  return {
    ...DEFAULT_POLL_SETTINGS,
    intervalMs: env.POLL_INTERVAL_SECONDS * SECOND,
    fastIntervalMs: env.POLL_FAST_INTERVAL_SECONDS * SECOND,
    fastForMs: env.POLL_FAST_FOR_SECONDS * SECOND,
    jitterMs: env.POLL_JITTER_SECONDS * SECOND,
    outsideIntervalMs: env.POLL_OUTSIDE_HOURS === 'off' ? null : DEFAULT_POLL_SETTINGS.outsideIntervalMs,
    extendedHours: env.EXTENDED_HOURS,
  };
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
