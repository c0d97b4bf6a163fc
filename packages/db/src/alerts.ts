/** Alerts: open until cleared, once for each cause and subject, whoever finds it first. */
import {
  ALERT_CAUSES,
  type AlertCause,
  type AlertSeverity,
  type Instant,
  SECOND,
  severityOf,
  type StandingAlert,
} from '@fill-tracker/domain';
import type { Queries } from './connection.ts';
import type { PrismaClient } from './generated/client.ts';
import type { AlertModel } from './generated/models.ts';
import { enqueueNotices } from './outbox.ts';
import { assertHoldingLease } from './poller-lease.ts';
import { instantFromText, instantFromTextOrNull, instantText } from './rows/instant-text.ts';
import { jsonObject, type JsonObject } from './rows/json-text.ts';
import { wordOf, type Words } from './rows/words.ts';

export interface Alert {
  readonly id: number;
  readonly cause: AlertCause;
  /** Empty when the cause says it all. */
  readonly subject: string;
  readonly severity: AlertSeverity;
  readonly summary: string;
  readonly detail: JsonObject;
  /** When the trouble began. */
  readonly since: Instant;
  readonly raisedAt: Instant;
  /** Null while it is open. */
  readonly clearedAt: Instant | null;
  readonly clearedNote: string | null;
  readonly fillsFoundLate: number | null;
}

/** An open alert that is over, and what there is to say of it. */
export interface ClearedAlert {
  readonly alert: Alert;
  readonly note: string;
  /** Whether what happened meanwhile is in the record; if not, nothing is said of fills that were found late. */
  readonly isSightWhole: boolean;
}

export interface AlertCommit {
  readonly raise: readonly StandingAlert[];
  readonly clear: readonly ClearedAlert[];
  readonly now: Instant;
  readonly workingOrders: number;
  /** Whether the webhook is to be told. */
  readonly notifies: boolean;
  /** The lease under which this was judged; a former holder has nothing to say. Null: it needs none. */
  readonly fencing: number | null;
}

export interface ChangedAlerts {
  readonly raised: readonly Alert[];
  readonly cleared: readonly Alert[];
}

/**
 * Raises and clears, with the messages that tell of it. What another process has raised or cleared meanwhile is left
 * as that one did it, and told once.
 *
 * @throws {StaleLeaseError} when the lease is lost; nothing is written then
 */
export async function changeAlerts(prisma: PrismaClient, commit: AlertCommit): Promise<ChangedAlerts> {
  const { raise, clear, now, notifies } = commit;
  if (raise.length + clear.length === 0) return { raised: [], cleared: [] };
  return await prisma.$transaction(async (transaction) => {
    if (commit.fencing !== null) await assertHoldingLease(transaction, commit.fencing);
    const raised: Alert[] = [];
    const cleared: Alert[] = [];
    for (const alert of raise) raised.push(...(await raiseAlert(transaction, alert, commit)));
    for (const ended of clear) cleared.push(...(await clearAlert(transaction, ended, now)));
    if (notifies) {
      const notices = [
        ...raised.map(({ id }) => ({ kind: 'ALERT_RAISED', refId: id }) as const),
        ...cleared.map(({ id }) => ({ kind: 'ALERT_CLEARED', refId: id }) as const),
      ];
      await enqueueNotices(transaction, notices, now);
    }
    return { raised, cleared };
  });
}

async function raiseAlert(
  transaction: Queries,
  { cause, subject, since, summary, detail }: StandingAlert,
  { now, workingOrders }: AlertCommit,
): Promise<Alert[]> {
  const [row] = await transaction.$queryRaw<{ id: number }[]>`
    INSERT INTO alerts (cause, subject, severity, summary, detail, since, raised_at)
    VALUES (
      ${cause}, ${subject}, ${severityOf(cause, workingOrders)}, ${summary}, ${JSON.stringify(detail)},
      ${instantText(since)}, ${instantText(now)}
    )
    ON CONFLICT DO NOTHING
    RETURNING id`;
  return row === undefined ? [] : await loadAlert(transaction, row.id);
}

/** One statement, and a write: a transaction that begins by reading may fail on a lock that no timeout waits for. */
async function clearAlert(
  transaction: Queries,
  { alert: { id, cause, since }, note, isSightWhole }: ClearedAlert,
  now: Instant,
): Promise<Alert[]> {
  const countsFills = ALERT_CAUSES[cause].isBlind && isSightWhole;
  const [row] = await transaction.$queryRaw<{ id: number }[]>`
    UPDATE alerts SET
      cleared_at = ${instantText(now)},
      cleared_note = ${note},
      fills_found_late = CASE WHEN ${countsFills} THEN (
        SELECT COUNT(*) FROM fills
        WHERE occurred_at >= ${instantText(since)} AND occurred_at <= ${instantText(now)}
          AND committed_at >= ${instantText(since)}
          AND (julianday(committed_at) - julianday(occurred_at)) * 86400000 > ${LATE_MS}
      ) END
    WHERE id = ${id} AND cleared_at IS NULL
    RETURNING id`;
  return row === undefined ? [] : await loadAlert(transaction, id);
}

/** What a poller that sees takes for a fill at most; what took longer was not seen when it happened. */
const LATE_MS = 30 * SECOND;

async function loadAlert(db: Queries, id: number): Promise<Alert[]> {
  const row = await db.alert.findUnique({ where: { id } });
  return row === null ? [] : [alertFromRow(row)];
}

export async function findAlert(db: Queries, id: number): Promise<Alert | null> {
  return (await loadAlert(db, id))[0] ?? null;
}

/** Oldest first. */
export async function openAlerts(db: Queries): Promise<readonly Alert[]> {
  const rows = await db.alert.findMany({ where: { clearedAt: null }, orderBy: { id: 'asc' } });
  return rows.map(alertFromRow);
}

/** Changes whenever an alert is raised or cleared. */
export interface AlertMark {
  readonly open: number;
  /** 0 before the first. */
  readonly lastId: number;
}

export async function readAlertMark(db: Queries): Promise<AlertMark> {
  const [open, last] = await Promise.all([
    db.alert.count({ where: { clearedAt: null } }),
    db.alert.findFirst({ orderBy: { id: 'desc' }, select: { id: true } }),
  ]);
  return { open, lastId: last?.id ?? 0 };
}

export interface AlertPageQuery {
  readonly isOpen?: boolean;
  readonly beforeId?: number;
  readonly limit: number;
}

/** One page, newest first. */
export async function pageAlerts(db: Queries, query: AlertPageQuery): Promise<readonly Alert[]> {
  const { isOpen, beforeId, limit } = query;
  const rows = await db.alert.findMany({
    where: {
      ...(isOpen === true && { clearedAt: null }),
      ...(beforeId !== undefined && { id: { lt: beforeId } }),
    },
    orderBy: { id: 'desc' },
    take: limit,
  });
  return rows.map(alertFromRow);
}

const SEVERITIES: Words<AlertSeverity> = { critical: true, warning: true, info: true };

function alertFromRow(row: AlertModel): Alert {
  return {
    id: row.id,
    cause: wordOf(ALERT_CAUSES, row.cause),
    subject: row.subject,
    severity: wordOf(SEVERITIES, row.severity),
    summary: row.summary,
    detail: jsonObject(row.detail),
    since: instantFromText(row.since),
    raisedAt: instantFromText(row.raisedAt),
    clearedAt: instantFromTextOrNull(row.clearedAt),
    clearedNote: row.clearedNote,
    fillsFoundLate: row.fillsFoundLate,
  };
}
