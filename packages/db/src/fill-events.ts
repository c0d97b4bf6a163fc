/**
 * Fills as a sequence that others follow: each fill that came to count, took another's place or counts no longer has
 * one number, given in the transaction that changed it. One writer at a time gives the numbers, and SQLite takes them
 * back with a savepoint, so they have no gap: who reads on from the last one has missed nothing.
 */
import type { FillChanges, Instant, RecordedFill } from '@fill-tracker/domain';
import type { Queries } from './connection.ts';
import type { Prisma } from './generated/client.ts';
import { enqueueNotices } from './outbox.ts';
import { instantFromText, instantText } from './rows/instant-text.ts';
import { type StoredFill, storedFillOf } from './rows/fill-rows.ts';
import { wordOf, type Words } from './rows/words.ts';

/** RECORDED: it counts from now on. CORRECTED: it takes another's place. WITHDRAWN: it counts no longer. */
export type FillEventKind = 'RECORDED' | 'CORRECTED' | 'WITHDRAWN';

/** The order of a fill event as it stands when it is read. */
export type FillEventOrder = Prisma.OrderGetPayload<{ include: { account: true; legs: true } }>;

export interface FillEvent {
  readonly seq: number;
  readonly kind: FillEventKind;
  /** Number of the event whose fill this one replaces or takes back; null for a new fill, and for a correction of one that never counted. */
  readonly replacesSeq: number | null;
  readonly recordedAt: Instant;
  /** With its key of today: an activity that the broker names later refines it. */
  readonly fill: StoredFill;
  readonly order: FillEventOrder;
}

export interface FillChangesOfOrder extends FillChanges {
  readonly orderId: number;
}

/**
 * Numbers what happened to fills, once they are written. A fill that was taken back before it ever counted is no event.
 *
 * @throws {RangeError} when a fill is not in the record
 */
export async function writeFillEvents(
  transaction: Queries,
  changes: readonly FillChangesOfOrder[],
  { committedAt, notifiesFills }: { readonly committedAt: Instant; readonly notifiesFills: boolean },
): Promise<void> {
  const rows = changes.flatMap(eventsOf);
  if (rows.length === 0) return;
  const written = await transaction.$queryRaw<{ seq: number }[]>`
    INSERT INTO fill_events (order_id, fill_id, kind, replaces_seq, recorded_at)
    SELECT
      fills.order_id,
      fills.id,
      entry.value ->> '$.kind',
      CASE entry.value ->> '$.kind' WHEN 'RECORDED' THEN NULL ELSE (
        SELECT MAX(former_event.seq)
        FROM fills AS former
        JOIN fill_events AS former_event ON former_event.fill_id = former.id AND former_event.kind <> 'WITHDRAWN'
        WHERE former.order_id = fills.order_id AND former.key = fills.key AND former.version <= fills.version
      ) END,
      ${instantText(committedAt)}
    FROM json_each(${JSON.stringify(rows)}) AS entry
    JOIN fills
      ON fills.order_id = entry.value ->> '$.orderId'
      AND fills.key = entry.value ->> '$.key'
      AND fills.version = entry.value ->> '$.version'
    WHERE true
    ORDER BY entry.key
    RETURNING seq`;
  if (written.length !== rows.length) throw new RangeError('a fill to be told of is not in the record');
  if (!notifiesFills) return;
  const seqs = written.map(({ seq }) => seq).sort((a, b) => a - b);
  await enqueueNotices(
    transaction,
    seqs.map((refId) => ({ kind: 'FILL', refId })),
    committedAt,
  );
}

/** What was taken back first, then what counts from now on. */
function eventsOf({ orderId, newFills, withdrawnFills }: FillChangesOfOrder) {
  const added = new Set(newFills.map((fill) => nameOf(fill, fill.version)));
  const takenBack = new Set(withdrawnFills.map((fill) => nameOf(fill, fill.version)));
  const withdrawn = withdrawnFills.filter(
    (fill) => !added.has(nameOf(fill, fill.version)) && !added.has(nameOf(fill, fill.version + 1)),
  );
  const counting = newFills.filter((fill) => !takenBack.has(nameOf(fill, fill.version)));
  return [
    ...withdrawn.map(({ key, version }) => ({ orderId, key, version, kind: 'WITHDRAWN' })),
    ...counting.map(({ key, version }) => ({
      orderId,
      key,
      version,
      kind: version === 1 ? 'RECORDED' : 'CORRECTED',
    })),
  ];
}

function nameOf({ key }: Pick<RecordedFill, 'key'>, version: number): string {
  return `${version} ${key}`;
}

const WITH_FILL = {
  fill: true,
  order: { include: { account: true, legs: true } },
} satisfies Prisma.FillEventInclude;

/** What came after a number, oldest first. */
export async function fillEventsAfter(db: Queries, after: number, limit: number): Promise<readonly FillEvent[]> {
  const rows = await db.fillEvent.findMany({
    where: { seq: { gt: after } },
    include: WITH_FILL,
    orderBy: { seq: 'asc' },
    take: limit,
  });
  return rows.map(eventFromRow);
}

/** Null for a number that was not given. */
export async function findFillEvent(db: Queries, seq: number): Promise<FillEvent | null> {
  const row = await db.fillEvent.findUnique({ where: { seq }, include: WITH_FILL });
  return row && eventFromRow(row);
}

/** The newest number; 0 before the first. */
export async function lastFillSequence(db: Queries): Promise<number> {
  const last = await db.fillEvent.findFirst({ orderBy: { seq: 'desc' }, select: { seq: true } });
  return last?.seq ?? 0;
}

const KINDS: Words<FillEventKind> = { RECORDED: true, CORRECTED: true, WITHDRAWN: true };

function eventFromRow(row: Prisma.FillEventGetPayload<{ include: typeof WITH_FILL }>): FillEvent {
  return {
    seq: row.seq,
    kind: wordOf(KINDS, row.kind),
    replacesSeq: row.replacesSeq,
    recordedAt: instantFromText(row.recordedAt),
    fill: storedFillOf(row.fill),
    order: row.order,
  };
}
