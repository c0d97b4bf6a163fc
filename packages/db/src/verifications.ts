import type { Decimal, Instant } from '@fill-tracker/domain';
import { upsertRows } from './bulk-write.ts';
import type { Queries } from './connection.ts';
import type { VerificationModel } from './generated/models.ts';
import { type OrderKey, orderIdsOf } from './order-keys.ts';
import { decimalFromTextOrNull, decimalTextOrNull } from './rows/decimal-text.ts';
import { instantFromText, instantText } from './rows/instant-text.ts';
import { type JsonObject, jsonObjectOrNull } from './rows/json-text.ts';
import { wordOf, type Words } from './rows/words.ts';

/** What the order's own report and the account's transactions come to, held against each other. */
export type VerificationVerdict = 'VERIFIED' | 'ONE_SOURCE' | 'DISAGREE' | 'UNPRICED';

/** The last comparison of an order with the account's transactions. */
export interface Verification {
  readonly verdict: VerificationVerdict;
  /** Shares or contracts; null where legs of several things have no common one. */
  readonly recordQuantity: Decimal | null;
  /** USD, exact; null for orders of several legs. */
  readonly recordSum: Decimal | null;
  readonly transactionsQuantity: Decimal | null;
  /** USD, exact; null for orders of several legs, and when some of it has no price. */
  readonly transactionsSum: Decimal | null;
  /** USD; below zero for a rebate; null when no transaction tells. */
  readonly fees: Decimal | null;
  /** For people: what was compared, leg by leg. */
  readonly detail: JsonObject | null;
  readonly checkedAt: Instant;
}

/** A verdict to be kept: it takes the place of the order's last one. */
export type VerificationCommit = OrderKey & Verification;

/** @throws {RangeError} when the record has no such order */
export async function writeVerifications(
  transaction: Queries,
  verifications: readonly VerificationCommit[],
): Promise<void> {
  const ids = await orderIdsOf(transaction, verifications);
  const rows = verifications.map((verification, i) => verificationToRow(ids[i] ?? 0, verification));
  await upsertRows(transaction, 'verifications', rows, { keys: ['orderId'] });
}

/** A verdict was about the fills of then: other fills leave it without meaning. */
export async function dropVerifications(transaction: Queries, orderIds: readonly number[]): Promise<void> {
  if (orderIds.length === 0) return;
  await transaction.$executeRaw`
    DELETE FROM verifications WHERE order_id IN (SELECT value FROM json_each(${JSON.stringify(orderIds)}))`;
}

function verificationToRow(orderId: number, verification: Verification) {
  return {
    orderId,
    verdict: verification.verdict,
    recordQuantity: decimalTextOrNull(verification.recordQuantity),
    recordSum: decimalTextOrNull(verification.recordSum),
    transactionsQuantity: decimalTextOrNull(verification.transactionsQuantity),
    transactionsSum: decimalTextOrNull(verification.transactionsSum),
    fees: decimalTextOrNull(verification.fees),
    detail: verification.detail === null ? null : JSON.stringify(verification.detail),
    checkedAt: instantText(verification.checkedAt),
  } satisfies VerificationModel;
}

export function verificationFromRow(row: VerificationModel): Verification {
  return {
    verdict: wordOf(VERDICTS, row.verdict),
    recordQuantity: decimalFromTextOrNull(row.recordQuantity),
    recordSum: decimalFromTextOrNull(row.recordSum),
    transactionsQuantity: decimalFromTextOrNull(row.transactionsQuantity),
    transactionsSum: decimalFromTextOrNull(row.transactionsSum),
    fees: decimalFromTextOrNull(row.fees),
    detail: jsonObjectOrNull(row.detail),
    checkedAt: instantFromText(row.checkedAt),
  };
}

const VERDICTS: Words<VerificationVerdict> = { VERIFIED: true, ONE_SOURCE: true, DISAGREE: true, UNPRICED: true };
