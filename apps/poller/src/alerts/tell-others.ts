import { randomUUID } from 'node:crypto';
import { createWebhook, deliverNotices, watchPoller } from '@fill-tracker/notices';
import type { PollerConfig, PollerSecrets } from '../config/poller-config.ts';
import type { Poller } from '../poller.ts';

export interface TellParts {
  readonly config: Pick<PollerConfig, 'isDemo' | 'notifiesAlerts'>;
  readonly secrets: Pick<PollerSecrets, 'webhook'>;
  readonly poller: Pick<Poller, 'db' | 'clock' | 'events' | 'owner'>;
  /** In [0, 1). */
  readonly random: () => number;
}

/**
 * For as long as this process lives, at work or standing by: watches the poller at work, be it this one or another,
 * and delivers what waits for the webhook. Never rejects.
 */
export async function tellOthers({ config, secrets, poller, random }: TellParts, signal: AbortSignal): Promise<void> {
  const { db, clock, events } = poller;
  const record = () => db;
  const watching = watchPoller({ record, clock, notifies: config.notifiesAlerts, events }, signal);
  const { webhook: target } = secrets;
  if (target !== null) {
    const webhook = createWebhook({ target, clock });
    const owner = `${poller.owner}:${randomUUID()}`;
    await deliverNotices({ record, webhook, clock, random, owner, isDemo: config.isDemo, events }, signal);
  }
  await watching;
}
