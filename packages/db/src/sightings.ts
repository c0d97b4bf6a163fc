/** Orders that the broker lists and nobody tracks: what people are shown when they choose what to track. */
import type { Decimal, Instant } from '@fill-tracker/domain';
import { upsertRows } from './bulk-write.ts';
import type { Queries } from './connection.ts';
import type { SightingModel } from './generated/models.ts';
import { decimalFromTextOrNull, decimalTextOrNull } from './rows/decimal-text.ts';
import { instantFromText, instantFromTextOrNull, instantText, instantTextOrNull } from './rows/instant-text.ts';

/** An order as the broker listed it. */
export interface Sighting {
  readonly accountId: string;
  readonly brokerOrderId: string;
  readonly symbol: string | null;
  readonly instruction: string | null;
  readonly quantity: Decimal | null;
  /** The broker's own word. */
  readonly brokerStatus: string;
  readonly enteredAt: Instant | null;
  readonly seenAt: Instant;
}

export interface StoredSighting extends Omit<Sighting, 'seenAt'> {
  readonly firstSeenAt: Instant;
  readonly lastSeenAt: Instant;
}

/** Keeps what was seen; what is in the record needs no sighting. */
export async function writeSightings(transaction: Queries, sightings: readonly Sighting[]): Promise<void> {
  await upsertRows(transaction, 'sightings', sightings.map(sightingToRow), {
    keys: ['accountId', 'brokerOrderId'],
    keep: ['firstSeenAt'],
  });
  await removeRecordedSightings(transaction, sightings);
}

/** Removes the sightings of orders that are in the record. */
export async function removeRecordedSightings(
  transaction: Queries,
  orders: readonly Pick<Sighting, 'accountId' | 'brokerOrderId'>[],
): Promise<void> {
  const keys = orders.map(({ accountId, brokerOrderId }) => ({ accountId, brokerOrderId }));
  if (keys.length === 0) return;
  await transaction.$executeRaw`
    DELETE FROM sightings
    WHERE (account_id, broker_order_id) IN (
      SELECT entry.value ->> '$.accountId', entry.value ->> '$.brokerOrderId'
      FROM json_each(${JSON.stringify(keys)}) AS entry
    ) AND EXISTS (
      SELECT 1 FROM orders
      WHERE orders.account_id = sightings.account_id AND orders.broker_order_id = sightings.broker_order_id
    )`;
}

/** What was seen last comes first; in one look, the newest order does. */
export async function listSightings(db: Queries, limit: number): Promise<readonly StoredSighting[]> {
  const rows = await db.sighting.findMany({
    orderBy: [{ lastSeenAt: 'desc' }, { enteredAt: 'desc' }, { brokerOrderId: 'desc' }],
    take: limit,
  });
  return rows.map(sightingFromRow);
}

function sightingToRow({ seenAt, enteredAt, quantity, ...rest }: Sighting) {
  return {
    accountId: rest.accountId,
    brokerOrderId: rest.brokerOrderId,
    symbol: rest.symbol,
    instruction: rest.instruction,
    quantity: decimalTextOrNull(quantity),
    brokerStatus: rest.brokerStatus,
    enteredAt: instantTextOrNull(enteredAt),
    firstSeenAt: instantText(seenAt),
    lastSeenAt: instantText(seenAt),
  } satisfies SightingModel;
}

function sightingFromRow(row: SightingModel): StoredSighting {
  return {
    ...row,
    quantity: decimalFromTextOrNull(row.quantity),
    enteredAt: instantFromTextOrNull(row.enteredAt),
    firstSeenAt: instantFromText(row.firstSeenAt),
    lastSeenAt: instantFromText(row.lastSeenAt),
  };
}
