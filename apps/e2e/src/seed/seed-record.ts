/**
 * Makes a record of thousands of orders by the way that the poller itself takes: made-up reports of a broker are
 * reconciled and committed, cycle by cycle, so that every row is one that the tracker could have written.
 */
import { type FillDatabase, openDatabase, type OrderCommit, type OrderCounts } from '@fill-tracker/db';
import {
  type Instant,
  type KnownOrder,
  MINUTE,
  newlyKnownOrder,
  reconcileOrder,
  type ReportedOrder,
} from '@fill-tracker/domain';
import { type Burst, bursts, type Pace, timesWithin } from './bursts.ts';
import { madeUpOrder } from './made-up-order.ts';
import type { MadeUpOrder } from './order-draft.ts';
import { seededRandom } from './random.ts';

/** What the demo's record is stamped with. */
const DEMO_BROKER = { baseUrl: 'simulator', mode: 'demo' } as const;
const ACCOUNTS = [
  { hash: 'a'.repeat(64), maskedNumber: '…678', label: 'Trading' },
  { hash: 'b'.repeat(64), maskedNumber: '…789' },
  { hash: 'c'.repeat(64), maskedNumber: '…890' },
] as const;
/** From the broker's answer to the commit, ms. */
const COMMIT_TAKES_MS = 40;

export interface SeedOptions {
  /** SQLite file; made when it is not there. */
  readonly file: string;
  readonly orders: number;
  /** The same seed and the same `now` make the same record. */
  readonly seed: number;
  /** The record ends a few minutes before. */
  readonly now: Instant;
  /** Over sixty days, in bursts, when left out. */
  readonly pace?: Pace;
  /** Leaves out what would still be pending: a broker that is asked knows none of these orders. */
  readonly onlyEnded?: boolean;
}

const SIXTY_DAYS: Pace = { days: 60, burst: { from: 15, to: 30 } };

/** An order as far as it has been seen. */
interface Begun extends MadeUpOrder {
  /** Null before the first look. */
  readonly id: number | null;
  readonly accountId: string;
  readonly known: KnownOrder;
}

/** A record being written: who holds its lease, and whose accounts it has. */
interface Writing {
  readonly db: FillDatabase;
  readonly fencing: number;
  readonly accountIds: readonly string[];
  readonly seed: number;
  readonly onlyEnded: boolean;
}

/** @returns how many orders the record has now, by status */
export async function seedRecord(options: SeedOptions): Promise<OrderCounts> {
  const { file, orders, seed, now, pace = SIXTY_DAYS, onlyEnded = false } = options;
  const db = await openDatabase({ file, broker: DEMO_BROKER, now: () => now });
  try {
    const accountIds = await accountsOf(db);
    const lease = await db.acquireLease({ owner: 'seed', now, ttlMs: 60 * MINUTE });
    if (lease === null) throw new Error(`A poller works on ${file}: stop it before seeding its record`);
    const writing = { db, fencing: lease.fencing, accountIds, seed, onlyEnded };
    await writeLooks(writing, bursts(seed, orders, pace, now));
    await db.releaseLease({ fencing: lease.fencing, now });
    return await db.countOrders();
  } finally {
    await db.close();
  }
}

/** Those that the record has; in a new record, made-up ones. */
async function accountsOf(db: FillDatabase): Promise<readonly string[]> {
  const known = await db.listAccounts();
  if (known.length > 0) return known.map(({ id }) => id);
  const ids: string[] = [];
  for (const account of ACCOUNTS) ids.push((await db.upsertAccount(account)).id);
  return ids;
}

/** The looks at all bursts in the order of time, so that the record grows as it would have grown. */
async function writeLooks(writing: Writing, all: readonly Burst[]): Promise<void> {
  const begunOf = new Map<Burst, readonly Begun[]>();
  const looks = all.flatMap((burst) => [
    { burst, at: burst.firstLookAt, isFirst: true },
    { burst, at: burst.secondLookAt, isFirst: false },
  ]);
  for (const { burst, at, isFirst } of looks.sort((a, b) => a.at - b.at)) {
    if (isFirst) begunOf.set(burst, await lookFirst(writing, burst));
    else await lookAgain(writing, at, begunOf.get(burst) ?? []);
  }
}

async function lookFirst(writing: Writing, burst: Burst): Promise<readonly Begun[]> {
  const all = Array.from({ length: burst.orders }, (_, i) => begin(writing, burst, burst.firstIndex + i));
  const begun = writing.onlyEnded ? all.filter(endsWell) : all;
  const sights = begun.map(({ accountId, known, first }) => ({ id: null, accountId, known, reported: first }));
  const ids = await commit(writing, burst.firstLookAt, sights);
  return begun.map((order) => ({
    ...order,
    id: ids.get(order.known.brokerOrderId) ?? null,
    known: reconcileOrder(order.known, order.first, burst.firstLookAt, burst.firstLookAt).order,
  }));
}

async function lookAgain(writing: Writing, at: Instant, begun: readonly Begun[]): Promise<void> {
  const sights = begun.map(({ id, accountId, known, second }) => ({ id, accountId, known, reported: second }));
  await commit(writing, at, sights);
}

function begin({ accountIds, seed }: Writing, burst: Burst, index: number): Begun {
  const { first, second } = madeUpOrder(seed, index, (random) => timesWithin(burst, random));
  // Most orders are of the first account.
  const nth = Math.max(0, seededRandom(seed, 'account', index).between(-2, accountIds.length - 1));
  const known = newlyKnownOrder(first.brokerOrderId, index % 3 === 0 ? 'DISCOVERED' : 'TRACKED', burst.firstLookAt);
  return { id: null, accountId: accountIds[nth] ?? 'A1', known, first, second };
}

/** True when its second look leaves nothing open. */
function endsWell({ known, second }: Begun): boolean {
  return reconcileOrder(known, second, 0, 0).order.state.status !== 'PENDING';
}

interface Sight {
  readonly id: number | null;
  readonly accountId: string;
  readonly known: KnownOrder;
  readonly reported: ReportedOrder;
}

/** @returns the ids of the record by the broker's */
async function commit(
  { db, fencing }: Writing,
  at: Instant,
  sights: readonly Sight[],
): Promise<ReadonlyMap<string, number>> {
  const orders = sights.map(({ id, accountId, known, reported }): OrderCommit => {
    const reconciliation = reconcileOrder(known, reported, at, at);
    return { id, accountId, reconciliation, evidence: null, actor: 'poller' };
  });
  const changed = orders.filter(({ id, reconciliation }) => id === null || reconciliation.isChanged).length;
  const cycle = {
    startedAt: at,
    finishedAt: at + COMMIT_TAKES_MS,
    outcome: 'complete',
    due: orders.length,
    examined: orders.length,
    listed: orders.length,
    changed,
    requests: 1,
    errorKind: null,
    note: null,
  } as const;
  const result = await db.commitPollCycle({ fencing, committedAt: at + COMMIT_TAKES_MS, cycle, orders, commands: [] });
  const [refused] = result.refused;
  if (refused !== undefined) throw new Error(`The record refuses order ${refused.brokerOrderId}: ${refused.problem}`);
  return new Map(result.orders.map(({ brokerOrderId, id }) => [brokerOrderId, id]));
}
