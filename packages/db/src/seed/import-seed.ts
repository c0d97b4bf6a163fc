/**
 * Takes over the executions of the older bot, each as an order of the record, by the way that every order comes in.
 *
 * Doing it again adds nothing twice: an order is known again by its broker id, and a row without one by its id and
 * content in the older database, which never gives an id twice.
 */
import type { Instant } from '@fill-tracker/domain';
import { commitPollCycle } from '../commit-poll-cycle.ts';
import type { Queries } from '../connection.ts';
import { FillDatabaseError } from '../errors.ts';
import type { PrismaClient } from '../generated/client.ts';
import type { OrderCommit } from '../write-orders.ts';
import { importOf } from './imported-order.ts';
import { readSeed } from './read-seed.ts';
import { readSeedRow, type SeedProblem, type SeedRow } from './seed-row.ts';

export interface ImportSeedOptions {
  /** The account whose orders they are. */
  readonly accountId: string;
  /** The number of the lease under which they are written. */
  readonly fencing: number;
  readonly now: Instant;
}

export interface ImportedSeed {
  /** Rows of the older database. */
  readonly rows: number;
  readonly added: number;
  /** In the record before. */
  readonly alreadyKnown: number;
  /** Rows that were left out, and those that have changed since they were taken over. */
  readonly problems: readonly SeedProblem[];
}

/** What becomes of one row. */
type Fate = { readonly add: SeedRow } | 'known' | SeedProblem;

/**
 * @throws {FillDatabaseError} when the file is not the older bot's database, or the account is not known
 * @throws {StaleLeaseError} when the lease is lost; nothing is written then
 */
export async function importSeed(
  prisma: PrismaClient,
  file: string,
  options: ImportSeedOptions,
): Promise<ImportedSeed> {
  const { accountId, fencing, now } = options;
  const raw = readSeed(file);
  if ((await prisma.account.findUnique({ where: { id: accountId } })) === null) throw noSuchAccount(accountId);
  const known = await knownBefore(prisma, accountId);
  const fates = fatesOf(
    raw.map((row) => readSeedRow(row)),
    known,
  );
  const added = fates.flatMap((fate) => (typeof fate === 'object' && 'add' in fate ? [fate.add] : []));
  const { refused } = await commitPollCycle(prisma, {
    fencing,
    committedAt: now,
    cycle: null,
    orders: added.map((row) => commitOf(row, accountId, now)),
    commands: [],
  });
  return {
    rows: raw.length,
    added: added.length - refused.length,
    alreadyKnown: fates.filter((fate) => fate === 'known').length,
    problems: [
      ...fates.flatMap((fate) => (typeof fate === 'object' && 'problem' in fate ? [fate] : [])),
      ...refused.map(({ brokerOrderId, problem }) => ({
        row: added.find(({ orderId }) => (orderId ?? '') === brokerOrderId)?.row ?? '',
        problem,
      })),
    ],
  };
}

function commitOf(row: SeedRow, accountId: string, now: Instant): OrderCommit {
  return {
    id: null,
    accountId,
    reconciliation: importOf(row, now),
    evidence: null,
    actor: 'import',
    ...(row.orderId === null && { importMark: markOf(row) }),
  };
}

/** Of what never changes in a row. Its id alone would not do: two databases both begin at 1. */
function markOf({ row, symbol, direction, shares }: SeedRow): string {
  return `${row}/${symbol}/${direction}/${shares}`;
}

interface KnownBefore {
  readonly brokerOrderIds: ReadonlySet<string>;
  /** Orders taken over from rows without an order id, by mark. */
  readonly marked: ReadonlyMap<string, { readonly orderId: number; readonly isPending: boolean }>;
}

async function knownBefore(db: Queries, accountId: string): Promise<KnownBefore> {
  const orders = await db.$queryRaw<{ id: string }[]>`
    SELECT broker_order_id AS id FROM orders WHERE account_id = ${accountId} AND broker_order_id IS NOT NULL`;
  const rows = await db.importedRow.findMany({
    where: { accountId },
    select: { mark: true, orderId: true, order: { select: { status: true } } },
  });
  return {
    brokerOrderIds: new Set(orders.map(({ id }) => id)),
    marked: new Map(rows.map(({ mark, orderId, order }) => [mark, { orderId, isPending: order.status === 'PENDING' }])),
  };
}

function fatesOf(rows: readonly (SeedRow | SeedProblem)[], known: KnownBefore): readonly Fate[] {
  const firstWith = new Map<string, string>();
  return rows.map((row) => {
    if ('problem' in row) return row;
    if (row.orderId === null) return fateByMark(row, known);
    const first = firstWith.get(row.orderId);
    if (first !== undefined) return { row: row.row, problem: `its order id is that of row ${first} already` };
    firstWith.set(row.orderId, row.row);
    if (known.brokerOrderIds.has(row.orderId)) return 'known';
    return fateByMark(row, known);
  });
}

function fateByMark(row: SeedRow, { marked }: KnownBefore): Fate {
  const before = marked.get(markOf(row));
  if (before === undefined) return { add: row };
  if (row.orderId !== null) {
    const remedy = `Track ${row.orderId}, and close order ${before.orderId}.`;
    return { row: row.row, problem: `it was taken over before it had an order id. ${remedy}` };
  }
  if (!before.isPending || row.status === 'PENDING') return 'known';
  const remedy = `Close order ${before.orderId}.`;
  return { row: row.row, problem: `it was taken over as PENDING, and is ${row.status} there now. ${remedy}` };
}

function noSuchAccount(accountId: string): FillDatabaseError {
  return new FillDatabaseError(
    'NOT_IMPORTABLE',
    `The record has no account ${accountId}. Sign in and let the poller run once: it learns the accounts. ` +
      'Nothing was taken over.',
  );
}
