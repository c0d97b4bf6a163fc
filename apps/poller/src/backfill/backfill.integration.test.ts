import { join } from 'node:path';
import { backfillSummary, importSummary } from '@fill-tracker/contract';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { backfill } from '../cli/backfill.ts';
import { importSeedFile } from '../cli/import-seed.ts';
import { startBrokerProxy } from '../testing/broker-proxy.ts';
import { capturedOutput } from '../testing/captured-output.ts';
import { createWorld, type OwningTest, type World } from '../testing/world.ts';

const DAY = 24 * 3_600_000;
const never = new AbortController().signal;

/** The older bot's table, with its row rules. */
const SEED_TABLE = `CREATE TABLE schwab_executions (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  symbol TEXT NOT NULL CHECK (symbol <> ''),
  shares INTEGER NOT NULL CHECK (shares > 0),
  direction TEXT NOT NULL CHECK (direction IN ('BUY', 'SELL')),
  order_id TEXT CHECK (order_id IS NULL OR order_id <> ''),
  price_cents INTEGER CHECK (price_cents IS NULL OR price_cents >= 0),
  status TEXT NOT NULL DEFAULT 'PENDING' CHECK (status IN ('PENDING', 'COMPLETED', 'FAILED')),
  executed_at TIMESTAMP
)`;

interface SeedRow {
  readonly orderId: string | null;
  readonly priceCents: number | null;
  readonly status: 'COMPLETED' | 'FAILED';
}

/** As the bot left them: price 0 where it did not know one. */
const ROWS: readonly SeedRow[] = [
  { orderId: '7001', priceCents: 0, status: 'COMPLETED' },
  { orderId: '7002', priceCents: 2273, status: 'COMPLETED' },
  { orderId: '7003', priceCents: 0, status: 'COMPLETED' },
  { orderId: '7004', priceCents: null, status: 'FAILED' },
  { orderId: '7999', priceCents: 0, status: 'COMPLETED' },
  { orderId: null, priceCents: 0, status: 'COMPLETED' },
];

const AT_BROKER = {
  '7001': [{ afterMs: -90 * DAY, quantity: '10', price: '22.7299' }],
  '7002': [
    { afterMs: -90 * DAY, quantity: '4', price: '22.7299' },
    { afterMs: -90 * DAY + 1_000, quantity: '6', price: '22.7333' },
  ],
  '7003': [{ afterMs: -90 * DAY, quantity: '10', price: '0.0123' }],
  // The bot called it failed; a part of it had traded.
  '7004': [{ afterMs: -90 * DAY, quantity: '3', price: '6.285' }],
};

function writeSeed(world: World, rows: readonly SeedRow[] = ROWS): string {
  const file = join(world.directory, 'bot.db');
  const db = new Database(file);
  db.exec(SEED_TABLE);
  const insert = db.prepare(
    `INSERT INTO schwab_executions (symbol, shares, direction, order_id, price_cents, status, executed_at)
     VALUES ('GME', 10, 'SELL', ?, ?, ?, '2026-08-20 14:30:05+00:00')`,
  );
  for (const { orderId, priceCents, status } of rows) insert.run(orderId, priceCents, status);
  db.close();
  return file;
}

/** A record with the bot's orders, and a broker that still knows most of them. */
async function importedWorld(test: OwningTest) {
  const world = await createWorld(test);
  for (const [orderId, fills] of Object.entries(AT_BROKER)) {
    const canceled = orderId === '7004' ? { ending: { afterMs: -89 * DAY, status: 'CANCELED' as const } } : {};
    world.script({ orderId, instruction: 'SELL', enteredAfterMs: -90 * DAY, fills, ...canceled });
  }
  const poller = await world.preparePoller();
  await poller.accounts.current();
  return { world, poller, imported: await runImport(world, writeSeed(world)) };
}

async function runImport(world: World, file: string, account = 'A1') {
  const { output, values } = capturedOutput();
  const status = await importSeedFile(world.record, { file, account, isJson: true }, output);
  return { status, summary: importSummary.parse(values[0]) };
}

async function runBackfill(world: World, signal = never, brokerUrl = world.simulator.url) {
  const { output, values, notes } = capturedOutput();
  const poller = await world.preparePoller({ config: { brokerUrl } });
  const status = await backfill(poller, { isJson: true }, signal, output);
  expect(values).toHaveLength(1);
  return { status, summary: backfillSummary.parse(values[0]), notes };
}

async function priceOf(world: World, brokerOrderId: string) {
  const { status, outcome, priceCents, averagePrice, sum, flags } = (await world.order(brokerOrderId)).known.state;
  return { status, outcome, priceCents, averagePrice: averagePrice?.toFixed(), sum: sum?.toFixed(), flags };
}

const byIdCalls = (world: World) => world.simulator.requests().filter(({ path }) => /\/orders\/\d+$/.test(path)).length;

describe.concurrent('import', () => {
  it.concurrent('takes the rows over as they are, and adds nothing twice', async (test) => {
    const { world, imported } = await importedWorld(test);
    expect(imported).toEqual({
      status: 0,
      summary: { account: 'A1', rows: 6, added: 6, alreadyKnown: 0, problems: [], toBackfill: 5 },
    });
    expect(await priceOf(world, '7001')).toMatchObject({
      status: 'COMPLETED',
      priceCents: 0,
      flags: ['NOT_BACKFILLED'],
    });
    const again = await runImport(world, join(world.directory, 'bot.db'));
    expect(again.summary).toMatchObject({ added: 0, alreadyKnown: 6 });
    expect((await world.record.readLease()).owner).toBeNull();
  });

  it.concurrent('says what is wrong with a file, or an account, that is none', async (test) => {
    const { world } = await importedWorld(test);
    await expect(runImport(world, world.file)).rejects.toMatchObject({ code: 'NOT_IMPORTABLE' });
    await expect(runImport(world, join(world.directory, 'bot.db'), 'A9')).rejects.toThrow('no account A9');
  });

  it.concurrent('and backfill name the poller that is at work, and leave the record to it', async (test) => {
    const world = await createWorld(test);
    const { poller } = await world.startPoller();
    await world.until('the lease', async () => (await world.record.readLease()).owner === poller.owner);
    await expect(runImport(world, writeSeed(world))).rejects.toThrow(poller.owner);
    await expect(runBackfill(world)).rejects.toThrow(poller.owner);
  });
});

describe.concurrent('backfill', () => {
  it.concurrent('puts the true price in the place of 0, and names whom nobody can be asked about', async (test) => {
    const { world } = await importedWorld(test);
    const { status, summary, notes } = await runBackfill(world);
    expect(status).toBe(0);
    expect(summary).toMatchObject({ accounts: ['A1'], found: 5, backfilled: 4, failed: [], left: 0, stoppedBy: null });
    expect(summary.unreachable).toMatchObject([{ brokerOrderId: '7999', symbol: 'GME', quantity: '10' }]);
    expect(summary.withoutOrderId).toMatchObject([{ brokerOrderId: null, symbol: 'GME' }]);
    expect(notes).toEqual(['backfilled 5 of 5 …']);
    const filled = { status: 'COMPLETED', outcome: 'FILLED', flags: [] };
    expect(await priceOf(world, '7001')).toEqual({
      ...filled,
      priceCents: 2273,
      averagePrice: '22.7299',
      sum: '227.299',
    });
    expect(await priceOf(world, '7002')).toEqual({
      ...filled,
      priceCents: 2273,
      averagePrice: '22.73194',
      sum: '227.3194',
    });
    expect(await priceOf(world, '7003')).toEqual({ ...filled, priceCents: 1, averagePrice: '0.0123', sum: '0.123' });
    expect(await priceOf(world, '7004')).toMatchObject({
      status: 'COMPLETED',
      outcome: 'PARTIALLY_FILLED',
      sum: '18.855',
    });
    expect(await priceOf(world, '7999')).toMatchObject({ priceCents: 0, flags: ['NOT_BACKFILLED'] });
  });

  it.concurrent('leaves the price before and after in the audit trail', async (test) => {
    const { world } = await importedWorld(test);
    await runBackfill(world);
    const { audit } = await world.order('7001');
    const [before, after] = audit.filter(({ kind }) => kind === 'PRICE_CHANGED');
    expect(before?.after).toMatchObject({ priceCents: 0, averagePrice: null });
    expect(after?.before).toEqual(before?.after);
    expect(after?.after).toMatchObject({ priceCents: 2273, averagePrice: '22.7299' });
  });

  it.concurrent('goes on where it was stopped, with every row whole in between', async (test) => {
    const { world } = await importedWorld(test);
    const stopping = new AbortController();
    const proxy = await startBrokerProxy(test, world.simulator.url, {
      onRequest: () => {
        if (byIdCalls(world) === 3) stopping.abort(new Error('told to stop'));
      },
    });
    const { status, summary } = await runBackfill(world, stopping.signal, proxy.url);
    expect(status).toBe(1);
    expect(summary).toMatchObject({ found: 5, stoppedBy: 'told to stop' });
    expect(summary.backfilled + summary.left).toBe(5);
    expect(summary.left).toBeGreaterThan(0);
    for (const { known } of await world.record.findOrders({ limit: 100 })) {
      const { status: word, priceCents, flags } = known.state;
      if (flags.includes('NOT_BACKFILLED')) expect(known.fills).toEqual([]);
      else expect({ word, isPriced: (priceCents ?? 0) > 0 }).toEqual({ word: 'COMPLETED', isPriced: true });
    }
    const again = await runBackfill(world);
    expect(again.summary).toMatchObject({ found: summary.left, left: 0, stoppedBy: null });
    expect(again.summary.backfilled + summary.backfilled).toBe(4);
    expect(await priceOf(world, '7003')).toMatchObject({ averagePrice: '0.0123' });
  });

  it.concurrent('stops at a broker that does not answer, and says so', async (test) => {
    const { world } = await importedWorld(test);
    world.simulator.setFaults([{ kind: 'unauthorized', path: '/orders/' }]);
    const { status, summary } = await runBackfill(world);
    expect({ status, left: summary.left, backfilled: summary.backfilled }).toEqual({
      status: 1,
      left: 5,
      backfilled: 0,
    });
    expect(summary.stoppedBy).toContain('unauthorized');
    expect((await world.record.readLease()).owner).toBeNull();
  });

  it.concurrent('names an order that cannot be read, and asks about all others', async (test) => {
    const { world } = await importedWorld(test);
    world.simulator.setFaults([{ kind: 'malformed-order', path: '/orders/7002', orderId: '7002' }]);
    const { status, summary } = await runBackfill(world);
    expect({ status, backfilled: summary.backfilled }).toEqual({ status: 1, backfilled: 3 });
    expect(summary.failed).toMatchObject([{ brokerOrderId: '7002', problem: expect.stringContaining('shape') }]);
    expect(await priceOf(world, '7002')).toMatchObject({ priceCents: 2273, flags: ['NOT_BACKFILLED'] });
  });
});
