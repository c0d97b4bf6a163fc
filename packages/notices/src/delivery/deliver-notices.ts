/**
 * Hands the messages of the outbox to the webhook, one at a time, fills in their order. Of several processes on one
 * record, the one that holds the lock `outbox` delivers; when it dies, the next goes on where it stopped. A message is
 * noted as delivered after the answer, so one whose process is killed in between comes twice, with the same id.
 */
import type { FillDatabase, Notice, NoticeFate } from '@fill-tracker/db';
import { decideDelivery, HOUR, type Instant, SECOND } from '@fill-tracker/domain';
import type { WebhookMessage } from '@fill-tracker/contract';
import { type NoticeClock, repeatEvery } from '../clock.ts';
import { clearedMessage, raisedMessage } from '../messages/alert-message.ts';
import { fillMessage } from '../messages/fill-message.ts';
import { presentAlert } from '../messages/present-alert.ts';
import type { NoticeEvents } from '../notice-events.ts';
import type { Webhook } from '../webhook/create-webhook.ts';

const LOOK_EVERY_MS = SECOND;
/** Longer than a try takes, timeout included: it is renewed before each. */
const LOCK_TTL_MS = 30 * SECOND;
/** Long enough to answer when somebody asks what was sent. */
const KEEP_MS = 30 * 24 * HOUR;
const EXPIRE_EVERY_MS = HOUR;

export interface DeliveryParts {
  /** @throws when there is none to read now */
  readonly record: () => FillDatabase;
  readonly webhook: Webhook;
  readonly clock: NoticeClock;
  /** In [0, 1). */
  readonly random: () => number;
  /** New for each run: two runs exclude each other. */
  readonly owner: string;
  readonly isDemo: boolean;
  readonly events: NoticeEvents;
  readonly lookEveryMs?: number;
}

/** When this process is to end, a message that is on its way gets this long: cut off, it would come twice. */
const FINISH_WITHIN_MS = 2 * SECOND;

/** Delivers until the signal aborts, and then a moment longer. Never rejects. */
export async function deliverNotices(parts: DeliveryParts, signal: AbortSignal): Promise<void> {
  const cut = new AbortController();
  const cutSoon = (): void => void setTimeout(() => cut.abort(), FINISH_WITHIN_MS).unref();
  if (signal.aborted) return;
  signal.addEventListener('abort', cutSoon, { once: true });
  let expiredAt: Instant = -Infinity;
  const look = async (): Promise<void> => {
    const db = parts.record();
    const now = parts.clock.now();
    if ((await db.nextNotice(now)) !== null) await deliverUnderLock(parts, db, { stop: signal, cut: cut.signal });
    if (now - expiredAt < EXPIRE_EVERY_MS) return;
    expiredAt = now;
    await db.expireNotices(now - KEEP_MS);
  };
  await repeatEvery(parts.lookEveryMs ?? LOOK_EVERY_MS, parts.clock, signal, look, (error) =>
    parts.events.noticesTroubled({ error }),
  );
}

interface Ending {
  /** Begin no other message. */
  readonly stop: AbortSignal;
  /** Wait for no answer any more. */
  readonly cut: AbortSignal;
}

async function deliverUnderLock(parts: DeliveryParts, db: FillDatabase, { stop, cut }: Ending): Promise<void> {
  const { clock, owner } = parts;
  const claim = () => ({ name: 'outbox', owner, now: clock.now(), ttlMs: LOCK_TTL_MS }) as const;
  if (!(await db.acquireLock(claim()))) return;
  try {
    while (!stop.aborted) {
      const notice = await db.nextNotice(clock.now());
      if (notice === null || !(await db.renewLock(claim()))) return;
      await deliver(parts, db, notice, cut);
    }
  } finally {
    await db.releaseLock(claim()).catch(() => undefined);
  }
}

async function deliver(parts: DeliveryParts, db: FillDatabase, notice: Notice, cut: AbortSignal): Promise<void> {
  const { webhook, clock, random, events, isDemo } = parts;
  const message = await messageOf(db, notice, isDemo);
  const fate: NoticeFate =
    message === null
      ? { kind: 'given-up', problem: 'what it tells of is not in the record' }
      : decideDelivery(await webhook.send(message, cut), notice, clock.now(), random());
  // A try that was cut short because this process ends is no try.
  if (cut.aborted && fate.kind !== 'delivered') return;
  await db.settleNotice(notice.id, fate, clock.now());
  const facts = { kind: notice.kind, refId: notice.refId, attempts: notice.attempts + 1 };
  if (fate.kind === 'delivered') events.noticeDelivered(facts);
  else if (fate.kind === 'retry') events.noticeFailed({ ...facts, problem: fate.problem });
  else events.noticeGivenUp({ ...facts, problem: fate.problem });
}

/** Made at the time of the try, from the record: a fill that waited tells of its order as it is now. */
async function messageOf(db: FillDatabase, { kind, refId }: Notice, isDemo: boolean): Promise<WebhookMessage | null> {
  if (kind === 'FILL') {
    const event = await db.findFillEvent(refId);
    return event && fillMessage(event, isDemo);
  }
  const alert = await db.findAlert(refId);
  if (alert === null) return null;
  return kind === 'ALERT_RAISED'
    ? raisedMessage({ ...presentAlert(alert), clearedAt: null, clearedNote: null, fillsFoundLate: null }, isDemo)
    : clearedMessage(presentAlert(alert), isDemo);
}
