import { join } from 'node:path';
import {
  type RecordSettings,
  recordSettings,
  type WebhookSecrets,
  webhookSecrets,
  type WebhookSettings,
  webhookSettings,
} from '@fill-tracker/settings';
import type { Environment } from './environment.ts';

/** Everything the API needs to know, safe to log. */
export interface ApiConfig extends RecordSettings, WebhookSettings {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** The callback of the app at the broker, to the letter; null when it is not set. */
  readonly callbackUrl: string | null;
  /** Folder of the built dashboard; it may be missing. */
  readonly dashboardFolder: string;
}

/** What must never be logged. */
export interface ApiSecrets {
  /** Null when only this machine can reach the API and nobody asked for one. */
  readonly dashboardPassword: string | null;
  /** Of the app at the broker, for sign-in links; null when none is configured. */
  readonly appKey: string | null;
  /** Null when no webhook is configured. */
  readonly webhook: WebhookSecrets | null;
}

/** Turns the environment into configuration. `root` is the folder that relative paths are taken from. */
export function apiConfig(env: Environment, root: string): ApiConfig {
  return {
    ...recordSettings(env, root),
    ...webhookSettings(env),
    host: env.API_HOST,
    port: env.API_PORT,
    callbackUrl: env.SCHWAB_CALLBACK_URL ?? null,
    dashboardFolder: join(root, 'apps/web/dist'),
  };
}

export function apiSecrets(env: Environment): ApiSecrets {
  return {
    dashboardPassword: env.DASHBOARD_PASSWORD ?? null,
    appKey: env.SCHWAB_APP_KEY ?? null,
    webhook: webhookSecrets(env),
  };
}
