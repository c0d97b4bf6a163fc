import { DEFAULT_POLL_SETTINGS, type PollSettings, SECOND } from '@fill-tracker/domain';
import { DEMO_CREDENTIALS } from '@fill-tracker/schwab-simulator/demo-credentials';
import {
  type RecordSettings,
  recordSettings,
  type WebhookSecrets,
  webhookSecrets,
  type WebhookSettings,
  webhookSettings,
} from '@fill-tracker/settings';
import type { Environment } from './environment.ts';

/** Everything the poller needs to know, safe to log. */
export interface PollerConfig extends RecordSettings, WebhookSettings {
  /** Where the broker answers. */
  readonly brokerUrl: string;
  readonly settings: PollSettings;
  /** Where Schwab sends people after signing in; null when not configured. */
  readonly callbackUrl: string | null;
  readonly discoversOrders: boolean;
  readonly pollerPort: number;
  readonly apiPort: number;
  readonly simulatorPort: number;
}

/** What must never be logged. */
export interface PollerSecrets {
  /** Null when no app is configured: reading the record needs none. */
  readonly credentials: { readonly appKey: string; readonly appSecret: string } | null;
  /** Null means the key file beside the database. */
  readonly tokenKey: string | null;
  /** Null when no webhook is configured. */
  readonly webhook: WebhookSecrets | null;
  /** What is called while all is well; null when no monitor is configured. */
  readonly pingUrl: string | null;
}

/** Turns the environment into configuration. `root` is the folder that relative paths are taken from. */
export function pollerConfig(env: Environment, root: string): PollerConfig {
  const record = recordSettings(env, root);
  return {
    ...record,
    ...webhookSettings(env),
    brokerUrl: record.isDemo ? `http://127.0.0.1:${env.SIMULATOR_PORT}` : record.broker.baseUrl,
    settings: pollSettings(env),
    callbackUrl: env.SCHWAB_CALLBACK_URL ?? null,
    discoversOrders: env.DISCOVER_ORDERS,
    pollerPort: env.POLLER_PORT,
    apiPort: env.API_PORT,
    simulatorPort: env.SIMULATOR_PORT,
  };
}

export function pollerSecrets(env: Environment): PollerSecrets {
  const { SCHWAB_APP_KEY: appKey, SCHWAB_APP_SECRET: appSecret } = env;
  const own = appKey !== undefined && appSecret !== undefined ? { appKey, appSecret } : null;
  return {
    credentials: env.DEMO === true ? DEMO_CREDENTIALS : own,
    tokenKey: env.TOKEN_ENCRYPTION_KEY ?? null,
    webhook: webhookSecrets(env),
    pingUrl: env.DEADMAN_PING_URL ?? null,
  };
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
