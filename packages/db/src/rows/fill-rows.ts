import { decimalFromRecord, decimalText, type Instant, type RecordedFill } from '@fill-tracker/domain';
import type { Prisma } from '../generated/client.ts';
import type { FillModel } from '../generated/models.ts';
import { decimalFromTextOrNull, decimalTextOrNull } from './decimal-text.ts';
import { instantFromText, instantFromTextOrNull, instantText, instantTextOrNull } from './instant-text.ts';

/** A fill with the instant at which the record had it: what detection latency is measured to. */
export interface StoredFill extends RecordedFill {
  readonly committedAt: Instant;
}

export function fillToRow(orderId: number, fill: RecordedFill, committedAt: Instant) {
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
  } satisfies Required<Omit<Prisma.FillCreateManyInput, 'id'>>;
}

export function fillFromRow(row: FillModel): RecordedFill {
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

export function storedFillFromRow(row: FillModel): StoredFill {
  return { ...fillFromRow(row), committedAt: instantFromText(row.committedAt) };
}
