import type { AuditEntry, AuditKind, AuditValues, Instant } from '@fill-tracker/domain';
import type { AuditEntryModel } from '../generated/models.ts';
import type { Prisma } from '../generated/client.ts';
import { instantFromText, instantText } from './instant-text.ts';
import { jsonObject } from './json-text.ts';
import { wordOf, type Words } from './words.ts';

/** An audit entry as stored. */
export interface StoredAuditEntry extends AuditEntry {
  /** Place in the one sequence over all orders; never reused. */
  readonly seq: number;
  readonly orderId: number;
  /** The poll cycle that wrote it; the cycle itself may have expired. */
  readonly cycleId: number | null;
  /** `poller`, or who asked. */
  readonly actor: string;
  readonly recordedAt: Instant;
}

/** Where and when an entry is written. */
export interface AuditContext {
  readonly cycleId: number | null;
  readonly actor: string;
  readonly recordedAt: Instant;
}

export function auditToRow(
  orderId: number,
  entry: AuditEntry,
  context: AuditContext,
): Prisma.AuditEntryCreateManyInput {
  return {
    orderId,
    kind: entry.kind,
    before: valuesText(entry.before),
    after: valuesText(entry.after),
    reason: entry.reason,
    cycleId: context.cycleId,
    actor: context.actor,
    recordedAt: instantText(context.recordedAt),
  } satisfies Required<Omit<Prisma.AuditEntryCreateManyInput, 'seq'>>;
}

export function auditFromRow(row: AuditEntryModel): StoredAuditEntry {
  return {
    seq: row.seq,
    orderId: row.orderId,
    kind: wordOf(KINDS, row.kind),
    before: valuesFromText(row.before),
    after: valuesFromText(row.after),
    reason: row.reason,
    cycleId: row.cycleId,
    actor: row.actor,
    recordedAt: instantFromText(row.recordedAt),
  };
}

function valuesText(values: AuditValues | null): string | null {
  return values === null ? null : JSON.stringify(values);
}

function valuesFromText(text: string | null): AuditValues | null {
  return text === null
    ? null
    : Object.fromEntries(Object.entries(jsonObject(text)).map(([name, value]) => [name, plain(value)]));
}

/** Values are written from the same type, so anything else was put there by hand: shown as JSON. */
function plain(value: unknown): string | number | null {
  return typeof value === 'string' || typeof value === 'number' || value === null ? value : JSON.stringify(value);
}

const KINDS: Words<AuditKind> = {
  ORDER_ADDED: true,
  FILL_RECORDED: true,
  FILL_IDENTIFIED: true,
  FILL_WITHDRAWN: true,
  BROKER_STATUS_CHANGED: true,
  DETAILS_CHANGED: true,
  STATUS_CHANGED: true,
  PRICE_CHANGED: true,
  FLAGS_CHANGED: true,
  RESOLUTION_CHANGED: true,
  VERIFIED: true,
  NOT_FOUND: true,
};
