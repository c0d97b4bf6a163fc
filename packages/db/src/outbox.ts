/**
 * Messages that are to reach the webhook, each written in the transaction of what it tells of: neither is there without
 * the other, wherever the process is killed. Who delivers holds the lock `outbox`.
 */
import type { Instant } from '@fill-tracker/domain';
import { insertRows } from './bulk-write.ts';
import type { Queries } from './connection.ts';
import type { OutboxEntryModel } from './generated/models.ts';
import { instantFromText, instantText } from './rows/instant-text.ts';
import { wordOf, type Words } from './rows/words.ts';

export type NoticeKind = 'FILL' | 'ALERT_RAISED' | 'ALERT_CLEARED';

export interface NewNotice {
  readonly kind: NoticeKind;
  /** Number of the fill event, or the alert. */
  readonly refId: number;
}

/** A message on its way. */
export interface Notice extends NewNotice {
  readonly id: number;
  readonly createdAt: Instant;
  /** Tries so far. */
  readonly attempts: number;
}

/** What became of a try. */
export type NoticeFate =
  | { readonly kind: 'delivered' }
  | { readonly kind: 'retry'; readonly at: Instant; readonly problem: string }
  | { readonly kind: 'given-up'; readonly problem: string };

export interface OutboxState {
  readonly waiting: number;
  /** Of the last thirty days. */
  readonly delivered: number;
  readonly givenUp: number;
  readonly oldestWaitingAt: Instant | null;
  /** Of the message that has been tried most; null while none has failed. */
  readonly lastProblem: string | null;
}

/** In the order given: fills are delivered in the order in which they are written here. */
export async function enqueueNotices(transaction: Queries, notices: readonly NewNotice[], now: Instant): Promise<void> {
  const at = instantText(now);
  await insertRows(
    transaction,
    'outbox',
    notices.map(({ kind, refId }) => ({ kind, refId, createdAt: at, nextAttemptAt: at })),
  );
}

/**
 * The next message whose time has come; null when there is none. Fills wait for the fill before them, and the end of
 * an alert waits for its beginning; alerts and fills do not wait for each other.
 */
export async function nextNotice(db: Queries, now: Instant): Promise<Notice | null> {
  const [head] = await db.$queryRaw<{ id: number }[]>`
    SELECT id FROM outbox
    WHERE next_attempt_at <= ${instantText(now)} AND id IN (
      SELECT MIN(id) FROM outbox
      WHERE delivered_at IS NULL AND given_up_at IS NULL
      GROUP BY CASE kind WHEN 'FILL' THEN 0 ELSE ref_id END
    )
    ORDER BY attempts, id
    LIMIT 1`;
  const row = head === undefined ? null : await db.outboxEntry.findUnique({ where: { id: head.id } });
  return row && noticeFromRow(row);
}

/** Notes what became of a try at it. */
export async function settleNotice(db: Queries, id: number, fate: NoticeFate, now: Instant): Promise<void> {
  const at = instantText(now);
  const change =
    fate.kind === 'delivered'
      ? { deliveredAt: at, lastProblem: null }
      : fate.kind === 'given-up'
        ? { givenUpAt: at, lastProblem: fate.problem }
        : { nextAttemptAt: instantText(fate.at), lastProblem: fate.problem };
  await db.outboxEntry.updateMany({
    where: { id, deliveredAt: null, givenUpAt: null },
    data: { attempts: { increment: 1 }, ...change },
  });
}

/** Forgets messages that were done with before an instant; what they told of stays. */
export async function expireNotices(db: Queries, before: Instant): Promise<void> {
  const at = instantText(before);
  await db.outboxEntry.deleteMany({ where: { OR: [{ deliveredAt: { lt: at } }, { givenUpAt: { lt: at } }] } });
}

export async function readOutbox(db: Queries): Promise<OutboxState> {
  const waiting = { deliveredAt: null, givenUpAt: null };
  const [count, delivered, givenUp, oldest, worst] = await Promise.all([
    db.outboxEntry.count({ where: waiting }),
    db.outboxEntry.count({ where: { deliveredAt: { not: null } } }),
    db.outboxEntry.count({ where: { givenUpAt: { not: null } } }),
    db.outboxEntry.findFirst({ where: waiting, orderBy: { id: 'asc' }, select: { createdAt: true } }),
    db.outboxEntry.findFirst({ where: waiting, orderBy: { attempts: 'desc' }, select: { lastProblem: true } }),
  ]);
  return {
    waiting: count,
    delivered,
    givenUp,
    oldestWaitingAt: oldest === null ? null : instantFromText(oldest.createdAt),
    lastProblem: worst?.lastProblem ?? null,
  };
}

const KINDS: Words<NoticeKind> = { FILL: true, ALERT_RAISED: true, ALERT_CLEARED: true };

function noticeFromRow(row: OutboxEntryModel): Notice {
  return {
    id: row.id,
    kind: wordOf(KINDS, row.kind),
    refId: row.refId,
    createdAt: instantFromText(row.createdAt),
    attempts: row.attempts,
  };
}
