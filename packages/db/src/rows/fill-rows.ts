import {
  decimalFromRecord,
  decimalText,
  type Instant,
  type RecordedFill,
  type WithdrawnFill,
} from '@fill-tracker/domain';
import type { Prisma } from '../generated/client.ts';
import type { FillModel } from '../generated/models.ts';
import { decimalFromTextOrNull, decimalTextOrNull } from './decimal-text.ts';
import { instantFromText, instantFromTextOrNull, instantText, instantTextOrNull } from './instant-text.ts';

/** A fill with the instant at which the record had it: what detection latency is measured to. */
export interface StoredFill extends RecordedFill {
  readonly committedAt: Instant;
}

/** A fill that counts no longer, or never did, with the instant at which the record had it. */
export interface StoredWithdrawnFill extends StoredFill {
  readonly withdrawnAt: Instant;
}

/** @param withdrawnAt for a fill that was taken back before it ever counted; null for one that counts */
export function fillToRow(orderId: number, fill: RecordedFill, withdrawnAt: Instant | null, committedAt: Instant) {
  return {
    orderId,
    key: fill.key,
    legId: fill.legId,
    price: decimalText(fill.price),
    quantity: decimalText(fill.quantity),
    occurredAt: instantTextOrNull(fill.occurredAt),
    observedAt: instantText(fill.observedAt),
    committedAt: instantText(committedAt),
    activityId: fill.activityId,
    remainingAfter: decimalTextOrNull(fill.remainingAfter),
    version: fill.version,
    withdrawnAt: instantTextOrNull(withdrawnAt),
  } satisfies Required<Omit<Prisma.FillCreateManyInput, 'id'>>;
}

function fillFromRow(row: FillModel): RecordedFill {
  return {
    legId: row.legId,
    price: decimalFromRecord(row.price),
    quantity: decimalFromRecord(row.quantity),
    occurredAt: instantFromTextOrNull(row.occurredAt),
    activityId: row.activityId,
    remainingAfter: decimalFromTextOrNull(row.remainingAfter),
    key: row.key,
    observedAt: instantFromText(row.observedAt),
    version: row.version,
  };
}

/** The fills that count. */
export function countingFills(rows: readonly FillModel[]): RecordedFill[] {
  return rows.filter((row) => row.withdrawnAt === null).map(fillFromRow);
}

/** The fills that count no longer. */
export function withdrawnFills(rows: readonly FillModel[]): WithdrawnFill[] {
  return rows.flatMap((row) =>
    row.withdrawnAt === null ? [] : [{ ...fillFromRow(row), withdrawnAt: instantFromText(row.withdrawnAt) }],
  );
}

export function storedFills(rows: readonly FillModel[]): StoredFill[] {
  return rows.filter((row) => row.withdrawnAt === null).map(storedFillOf);
}

export function storedWithdrawnFills(rows: readonly FillModel[]): StoredWithdrawnFill[] {
  return rows.flatMap((row) =>
    row.withdrawnAt === null ? [] : [{ ...storedFillOf(row), withdrawnAt: instantFromText(row.withdrawnAt) }],
  );
}

/** A fill, whether it counts or not. */
export function storedFillOf(row: FillModel): StoredFill {
  return { ...fillFromRow(row), committedAt: instantFromText(row.committedAt) };
}
