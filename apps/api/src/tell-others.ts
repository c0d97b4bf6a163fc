import { randomUUID } from 'node:crypto';
import type { FillDatabase } from '@fill-tracker/db';
import { createWebhook, deliverNotices, type NoticeEvents, watchPoller } from '@fill-tracker/notices';
import type { FastifyBaseLogger } from 'fastify';
import type { Clock } from './clock.ts';
import type { ApiConfig, ApiSecrets } from './config/api-config.ts';

export interface TellParts {
  readonly config: ApiConfig;
  readonly secrets: ApiSecrets;
  readonly clock: Clock;
  readonly log: FastifyBaseLogger;
  readonly record: () => FillDatabase;
}

/**
 * Watches the poller, which cannot tell of its own death, and helps to deliver what waits for the webhook. Until the
 * signal aborts; never rejects.
 */
export async function tellOthers({ config, secrets, clock, log, record }: TellParts, stop: AbortSignal): Promise<void> {
  const events = logNotices(log);
  const watching = watchPoller({ record, clock, notifies: config.notifiesAlerts, events }, stop);
  const { webhook: target } = secrets;
  if (target !== null) {
    const parts = {
      record,
      webhook: createWebhook({ target, clock }),
      clock,
      random: Math.random,
      owner: `api:${randomUUID()}`,
      isDemo: config.isDemo,
      events,
    };
    await deliverNotices(parts, stop);
  }
  await watching;
}

/** Neither the address nor the text of a message. */
function logNotices(log: FastifyBaseLogger): NoticeEvents {
  return {
    alertRaised: ({ id, cause, subject, severity }) =>
      log.warn({ alertId: id, cause, subject, severity }, 'alert raised'),
    alertCleared: ({ id, cause, subject }) => log.info({ alertId: id, cause, subject }, 'alert cleared'),
    noticeDelivered: (facts) => log.debug(facts, 'message delivered to the webhook'),
    noticeFailed: (facts) => log[facts.attempts === 1 ? 'warn' : 'debug'](facts, 'the webhook did not take a message'),
    noticeGivenUp: (facts) => log.error(facts, 'a message to the webhook was given up'),
    // The record's own keeper tells what is wrong with it, once.
    noticesTroubled: ({ error }) => log.debug({ err: error }, 'alerts wait for the record'),
  };
}
