import { setTimeout as sleep } from 'node:timers/promises';
import type { Alert, FillDatabase, Notice } from '@fill-tracker/db';
import { onTestFinished } from 'vitest';
import { deliverNotices } from '../delivery/deliver-notices.ts';
import type { NoticeEvents } from '../notice-events.ts';
import { createWebhook } from '../webhook/create-webhook.ts';
import { NOW } from './record.ts';

export const SECRET = 'a-secret-of-at-least-24-characters';

export interface Heard {
  readonly raised: Alert[];
  readonly cleared: Alert[];
  readonly delivered: { kind: Notice['kind']; refId: number; attempts: number }[];
  readonly failed: { refId: number; attempts: number; problem: string }[];
  readonly givenUp: { refId: number; problem: string }[];
  readonly troubled: unknown[];
}

/** Events that write down what they are told. */
export function hearing(): { events: NoticeEvents; heard: Heard } {
  const heard: Heard = { raised: [], cleared: [], delivered: [], failed: [], givenUp: [], troubled: [] };
  return {
    heard,
    events: {
      alertRaised: (alert) => heard.raised.push(alert),
      alertCleared: (alert) => heard.cleared.push(alert),
      noticeDelivered: (facts) => heard.delivered.push(facts),
      noticeFailed: (facts) => heard.failed.push(facts),
      noticeGivenUp: (facts) => heard.givenUp.push(facts),
      noticesTroubled: ({ error }) => heard.troubled.push(error),
    },
  };
}

/** A clock that runs so many times as fast: of a thousand, seconds of waiting are milliseconds. */
export function hastyClock(speed = 1_000) {
  const startedAt = Date.now();
  return {
    now: () => NOW + 1_000 + (Date.now() - startedAt) * speed,
    sleep: (ms: number, signal: AbortSignal) => sleep(Math.max(1, ms / speed), undefined, { signal }),
  };
}

export interface Deliverer {
  readonly heard: Heard;
  readonly stop: () => Promise<void>;
}

/** Delivers what is in the outbox until it is stopped, or the test ends. */
export function startDeliverer(
  db: FillDatabase,
  url: string,
  { owner = 'one', timeoutMs = 300, clock = hastyClock() } = {},
): Deliverer {
  const { events, heard } = hearing();
  const webhook = createWebhook({ target: { url, secret: SECRET }, clock, timeoutMs });
  const stopping = new AbortController();
  const running = deliverNotices(
    { record: () => db, webhook, clock, random: () => 0, owner, isDemo: false, events },
    stopping.signal,
  );
  const stop = async (): Promise<void> => {
    stopping.abort();
    await running;
  };
  onTestFinished(stop);
  return { heard, stop };
}
