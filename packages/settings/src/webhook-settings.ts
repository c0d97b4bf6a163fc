import type { SharedEnvironment } from './shared-variables.ts';

/** What is safe to log of the webhook. */
export interface WebhookSettings {
  /** Whether alerts go to a webhook. */
  readonly notifiesAlerts: boolean;
  /** Whether fills go there too. */
  readonly notifiesFills: boolean;
}

/** Where messages go, and what signs them; both must never be logged. */
export interface WebhookSecrets {
  readonly url: string;
  readonly secret: string;
}

export function webhookSettings(env: SharedEnvironment): WebhookSettings {
  const notifiesAlerts = webhookSecrets(env) !== null;
  return { notifiesAlerts, notifiesFills: notifiesAlerts && env.ALERT_FILLS };
}

/** Null when no webhook is configured. */
export function webhookSecrets({
  ALERT_WEBHOOK_URL: url,
  ALERT_WEBHOOK_SECRET: secret,
}: SharedEnvironment): WebhookSecrets | null {
  return url === undefined || secret === undefined ? null : { url, secret };
}
