import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { decimal, reconcileOrder, replayAudit } from '@fill-tracker/domain';
import { fillActivity, legOf, orderOf } from '@fill-tracker/domain/testing';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import type { FillDatabase } from '../fill-database.ts';
import { presentFullOrder, presentOrder } from '../present/present-order.ts';
import { commitOf, firstReport, NOW, openForCycles, temporaryDirectory } from '../testing/test-database.ts';

type Row = Readonly<Record<string, string | number | bigint | null>>;

/** The older bot's table, with its row rules. */
const SCHWAB_EXECUTIONS = `CREATE TABLE schwab_executions (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  symbol TEXT NOT NULL CHECK (symbol <> ''),
  shares INTEGER NOT NULL CHECK (shares > 0),
  direction TEXT NOT NULL CHECK (direction IN ('BUY', 'SELL')),
  order_id TEXT CHECK (order_id IS NULL OR order_id <> ''),
  price_cents INTEGER CHECK (price_cents IS NULL OR price_cents >= 0),
  status TEXT NOT NULL DEFAULT 'PENDING' CHECK (status IN ('PENDING', 'COMPLETED', 'FAILED')),
  executed_at TIMESTAMP,
  CHECK (
    (status = 'PENDING' AND order_id IS NULL AND executed_at IS NULL)
    OR (status = 'COMPLETED' AND order_id IS NOT NULL AND executed_at IS NOT NULL)
    OR (status = 'FAILED' AND executed_at IS NOT NULL)
  )
)`;

/** The later table, which promises less. */
const OFFCHAIN_TRADES = `CREATE TABLE offchain_trades (
  id INTEGER PRIMARY KEY AUTOINCREMENT, symbol TEXT, shares INTEGER, direction TEXT, broker TEXT,
  broker_order_id TEXT, order_id TEXT, price_cents INTEGER, status TEXT, executed_at TIMESTAMP
)`;

const PRICED: Row = {
  symbol: 'GME',
  shares: 3,
  direction: 'BUY',
  order_id: '1001',
  price_cents: 2273,
  status: 'COMPLETED',
  executed_at: '2025-08-20 14:30:05.123456+00:00',
};
const UNPRICED: Row = { ...PRICED, order_id: '1002', price_cents: 0, direction: 'SELL' };
const FAILED: Row = { ...PRICED, order_id: null, price_cents: null, status: 'FAILED' };
const PENDING: Row = { ...FAILED, symbol: 'AMC', status: 'PENDING', executed_at: null };

function write(file: string, schema: string, rows: readonly Row[]): string {
  const db = new Database(file);
  db.exec(schema);
  const table = /TABLE (\w+)/.exec(schema)?.[1] ?? '';
  for (const row of rows) {
    const names = Object.keys(row);
    db.prepare(`INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`).run(
      Object.values(row),
    );
  }
  db.close();
  return file;
}

const seedOf = (...rows: Row[]): string => write(join(temporaryDirectory(), 'bot.db'), SCHWAB_EXECUTIONS, rows);
const laterSeedOf = (...rows: Row[]): string => write(join(temporaryDirectory(), 'bot.db'), OFFCHAIN_TRADES, rows);

async function open() {
  const { db, fencing } = await openForCycles();
  const take = (file: string) => db.importSeed(file, { accountId: 'A1', fencing, now: NOW });
  return { db, fencing, take };
}

async function detailOf(db: FillDatabase, id: number) {
  const [detail] = await db.findOrder({ id });
  if (detail === undefined) throw new Error(`The record has no order ${id}`);
  return detail;
}

describe('rows of the older bot in a list', () => {
  it('stand where they ended, not before what came since', async () => {
    const { db, fencing, take } = await open();
    await take(seedOf(PRICED, FAILED, PENDING));
    const entered = Date.parse('2026-01-05T15:00:00Z');
    const orders = [firstReport(orderOf({ brokerOrderId: '2001', enteredAt: entered }))];
    await db.commitPollCycle(commitOf(fencing, { orders }));
    const list = async (filter = {}) =>
      (await db.pageOrders({ sort: 'enteredAt', direction: 'desc', limit: 10, ...filter })).orders.map(
        ({ known: { source, state } }) => `${source} ${state.status}`,
      );
    expect(await list()).toEqual(['IMPORTED PENDING', 'DISCOVERED PENDING', 'IMPORTED FAILED', 'IMPORTED COMPLETED']);
    const onThatDay = {
      enteredFrom: Date.parse('2025-08-20T04:00:00Z'),
      enteredBefore: Date.parse('2025-08-21T04:00:00Z'),
    };
    expect(await list(onThatDay)).toEqual(['IMPORTED FAILED', 'IMPORTED COMPLETED']);
    expect(await list({ enteredFrom: entered })).toEqual(['IMPORTED PENDING', 'DISCOVERED PENDING']);
  });
});

describe('a row of the older bot', () => {
  it('that is priced has its exact sum, in whole cents', async () => {
    const { db, take } = await open();
    expect(await take(seedOf(PRICED))).toEqual({ rows: 1, added: 1, alreadyKnown: 0, problems: [] });
    const detail = await detailOf(db, 1);
    expect(presentOrder(detail, null)).toMatchObject({
      brokerOrderId: '1001',
      source: 'IMPORTED',
      symbol: 'GME',
      instruction: 'BUY',
      quantity: '3',
      status: 'COMPLETED',
      outcome: 'FILLED',
      brokerStatus: 'IMPORTED',
      filledQuantity: '3',
      sum: '68.19',
      averagePrice: '22.73',
      priceCents: 2273,
      closedAt: '2025-08-20T14:30:05.123Z',
      flags: ['NOT_BACKFILLED'],
    });
  });

  it('with a price of zero has no price', async () => {
    const { db, take } = await open();
    await take(seedOf(UNPRICED, { ...PRICED, price_cents: null }));
    for (const id of [1, 2]) {
      expect(presentOrder(await detailOf(db, id), null)).toMatchObject({
        status: 'COMPLETED',
        sum: null,
        averagePrice: null,
        priceCents: 0,
        filledQuantity: '3',
        flags: ['NOT_BACKFILLED'],
      });
    }
  });

  it('that failed says that nothing traded; the broker is asked where it can be', async () => {
    const { db, take } = await open();
    await take(seedOf(FAILED, { ...FAILED, order_id: '1003' }));
    const failed = { status: 'FAILED', outcome: 'REJECTED', filledQuantity: '0', averagePrice: null };
    expect(presentOrder(await detailOf(db, 1), null)).toMatchObject({ ...failed, brokerOrderId: null, flags: [] });
    expect(presentOrder(await detailOf(db, 2), null)).toMatchObject({ ...failed, flags: ['NOT_BACKFILLED'] });
  });

  it('that waits without an order id is never polled, and says that it needs attention', async () => {
    const { db, take } = await open();
    await take(seedOf(PENDING));
    expect(await db.loadPendingOrders()).toEqual([]);
    const shown = presentOrder(await detailOf(db, 1), null);
    expect(shown).toMatchObject({ status: 'PENDING', symbol: 'AMC', flags: ['NOT_BACKFILLED'] });
    expect(shown.lastCheckedAt).toBe(new Date(NOW).toISOString());
  });

  it('is told by the trail, which replays to it', async () => {
    const { db, take } = await open();
    await take(seedOf(PRICED, PENDING));
    for (const id of [1, 2]) {
      const detail = await detailOf(db, id);
      const shown = presentOrder(detail, null);
      const { status, outcome, filledQuantity, sum, averagePrice, priceCents, brokerStatus, flags } = shown;
      const told = { status, outcome, filledQuantity, sum, averagePrice, priceCents, brokerStatus, flags };
      expect(detail.audit[0]).toMatchObject({ kind: 'ORDER_ADDED', actor: 'import', after: { source: 'IMPORTED' } });
      expect(replayAudit(detail.audit)).toMatchObject({
        ...told,
        fills: [],
      });
    }
  });

  it('takes the price of its fills, once the broker tells them', async () => {
    const { db, fencing, take } = await open();
    await take(seedOf(UNPRICED, PENDING, FAILED, { ...PRICED, symbol: 'AMC' }));
    const toBackfill = await db.loadToBackfill('A1');
    expect(toBackfill.map(({ known }) => known.brokerOrderId)).toEqual(['1002', '1001']);
    expect(await db.loadToBackfill('A2')).toEqual([]);

    const [stored] = toBackfill;
    if (stored === undefined) throw new Error('There is nothing to back-fill');
    const three = decimal('3');
    const reported = orderOf({
      brokerOrderId: '1002',
      brokerStatus: 'FILLED',
      quantity: three,
      limitPrice: null,
      filledQuantity: three,
      legs: [legOf({ instruction: 'SELL', quantity: three })],
      activities: [fillActivity({ price: '22.7299', quantity: '3' })],
    });
    const reconciliation = reconcileOrder(stored.known, reported, NOW, NOW);
    const order = { id: stored.id, accountId: 'A1', reconciliation, evidence: null, actor: 'poller' };
    expect((await db.commitPollCycle(commitOf(fencing, { orders: [order] }))).refused).toEqual([]);
    expect(presentFullOrder(await detailOf(db, stored.id), null)).toMatchObject({
      status: 'COMPLETED',
      averagePrice: '22.7299',
      sum: '68.1897',
      flags: [],
    });
    expect(await db.loadToBackfill('A1')).toHaveLength(1);
  });
});

describe('an import', () => {
  it('adds nothing twice, however often it is done, and nothing that the record has', async () => {
    const { db, fencing, take } = await open();
    await db.commitPollCycle(commitOf(fencing, { orders: [firstReport(orderOf({ brokerOrderId: '1001' }))] }));
    const file = seedOf(PRICED, UNPRICED, FAILED, FAILED, PENDING);
    expect(await take(file)).toEqual({ rows: 5, added: 4, alreadyKnown: 1, problems: [] });
    const lastSeq = await db.lastAuditSeq();
    expect(await take(file)).toEqual({ rows: 5, added: 0, alreadyKnown: 5, problems: [] });
    expect(await db.lastAuditSeq()).toBe(lastSeq);
    expect(await db.findOrders({ limit: 99 })).toHaveLength(5);
  });

  it('says when a row has moved on since it was taken over without an order id', async () => {
    const { take } = await open();
    await take(seedOf(PENDING, { ...PENDING, symbol: 'GME' }));
    const moved = { symbol: 'AMC', status: 'COMPLETED', executed_at: '2025-08-20 14:30:05' };
    const later = seedOf({ ...PRICED, ...moved }, { ...FAILED, symbol: 'GME' });
    expect(await take(later)).toMatchObject({
      added: 0,
      problems: [
        { row: '1', problem: expect.stringContaining('Track 1001, and close order 1') },
        { row: '2', problem: expect.stringContaining('FAILED there now. Close order 2') },
      ],
    });
  });

  it('leaves out rows that make no sense, and names each', async () => {
    const { db, take } = await open();
    const good: Row = { ...PRICED, status: 'FILLED', broker: 'schwab', broker_order_id: '1001', order_id: null };
    const result = await take(
      laterSeedOf(
        good,
        { ...good, broker_order_id: '1002', broker: 'alpaca' },
        { ...good, broker_order_id: '1003', symbol: '' },
        { ...good, broker_order_id: '1004', shares: 1.5 },
        { ...good, broker_order_id: '1005', direction: 'HOLD' },
        { ...good, broker_order_id: 'ORDER-1' },
        { ...good, broker_order_id: '1006', price_cents: -1 },
        { ...good, broker_order_id: '1007', status: 'LOST' },
        { ...good, broker_order_id: '1008', executed_at: 'yesterday' },
        { ...good, broker_order_id: '1009', executed_at: null },
        { ...good, broker_order_id: '1001' },
        { ...good, broker_order_id: '1010', executed_at: '2025-08-20T10:30:05-04:00' },
      ),
    );
    expect(result).toMatchObject({ rows: 12, added: 2, alreadyKnown: 0 });
    expect(result.problems.map(({ row, problem }) => `${row}: ${problem}`)).toEqual([
      '2: it was placed with "alpaca", not with Schwab',
      '3: its symbol is ""',
      '4: its shares are 1.5, not a whole number above zero',
      '5: its direction is "HOLD", neither BUY nor SELL',
      '6: its order id is "ORDER-1", not a number as Schwab gives them',
      '7: its price in cents is -1, not a whole number',
      '8: its status is "LOST", which means nothing here',
      '9: its time is "yesterday", not a date and time',
      '10: its time is missing, not a date and time',
      '11: its order id is that of row 1 already',
    ]);
    expect(presentOrder(await detailOf(db, 2), null).closedAt).toBe('2025-08-20T14:30:05.000Z');
  });

  it('lets orders that the later bot had placed be polled', async () => {
    const { db, take } = await open();
    const submitted = { ...PENDING, status: 'SUBMITTED', order_id: '1001', broker: 'schwab' };
    await take(laterSeedOf(submitted, { ...submitted, broker_order_id: '1002', order_id: '9' }));
    expect((await db.loadPendingOrders()).map(({ known }) => known.brokerOrderId)).toEqual(['1001', '1002']);
  });

  it('only reads the older file', async () => {
    const { take } = await open();
    const file = seedOf(PRICED);
    const before = statSync(file).mtimeMs;
    await take(file);
    expect(statSync(file).mtimeMs).toBe(before);
  });

  it('refuses what is not the older database, and leaves the record as it was', async () => {
    const { db, fencing, take } = await open();
    const directory = temporaryDirectory();
    const text = join(directory, 'notes.txt');
    writeFileSync(text, 'not a database, and long enough to be taken for something else');
    const other = write(join(directory, 'other.db'), 'CREATE TABLE trades (id INTEGER)', []);
    const bare = write(join(directory, 'bare.db'), 'CREATE TABLE schwab_executions (id INTEGER, symbol TEXT)', []);
    await expect(take(join(directory, 'missing.db'))).rejects.toMatchObject({ code: 'CANNOT_OPEN' });
    await expect(take(text)).rejects.toMatchObject({ code: 'NOT_A_DATABASE' });
    await expect(take(other)).rejects.toMatchObject({
      code: 'NOT_IMPORTABLE',
      message: expect.stringContaining('no table schwab_executions or offchain_trades'),
    });
    await expect(take(bare)).rejects.toThrow('lacks shares, direction, price_cents, status, executed_at, order_id');
    await expect(db.importSeed(seedOf(PRICED), { accountId: 'A9', fencing, now: NOW })).rejects.toThrow(
      'no account A9',
    );
    await expect(
      db.importSeed(seedOf(PRICED), { accountId: 'A1', fencing: fencing - 1, now: NOW }),
    ).rejects.toMatchObject({ code: 'STALE_LEASE' });
    expect(await db.findOrders({ limit: 9 })).toEqual([]);
  });
});
