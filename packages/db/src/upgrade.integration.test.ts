import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { migrate } from './migrate.ts';
import { readMigrations } from './migrations.ts';
import { presentFullOrder } from './present/present-order.ts';
import { commitOf, cycleOf, NOW, openTestDatabase, temporaryDirectory } from './testing/test-database.ts';
import { createTokenCipher } from './token-cipher.ts';

const T = '2026-01-05T15:00:00.000Z';

/** Rows of every kind, as the first version of this program wrote them. */
const ROWS = `
INSERT INTO broker_stamp VALUES (1, 'http://127.0.0.1:4010', 'demo', '${T}');
INSERT INTO accounts (id, hash, masked_number) VALUES ('A1', 'HASH-1', '...4321');
INSERT INTO orders (account_id, broker_order_id, source, status, first_seen_at, last_changed_at)
  VALUES ('A1', '101', 'TRACKED', 'PENDING', '${T}', '${T}');
INSERT INTO orders (account_id, broker_order_id, source, symbol, asset_type, instruction, quantity, status, outcome,
    broker_status, reported_filled_quantity, filled_quantity, sum_price_quantity, average_price, price_cents,
    entered_at, closed_at, first_seen_at, last_changed_at, reported_at, flags, leg_count)
  VALUES ('A1', '102', 'DISCOVERED', 'GME', 'EQUITY', 'BUY', '100', 'COMPLETED', 'FILLED', 'FILLED', '100', '100',
    '2272.99', '22.7299', 2273, '${T}', '${T}', '${T}', '${T}', '${T}', 'PRICE_OUTSIDE_LIMIT', 1);
INSERT INTO orders (account_id, broker_order_id, source, symbol, status, outcome, broker_status, filled_quantity,
    closed_at, first_seen_at, last_changed_at)
  VALUES ('A1', '103', 'DISCOVERED', 'AMC', 'FAILED', 'REPLACED', 'REPLACED', '0', '${T}', '${T}', '${T}');
INSERT INTO order_legs VALUES (2, 0, 1, '1', 'BUY', 'GME', 'EQUITY', '100', '100', '2272.99', '22.7299');
INSERT INTO fills (order_id, key, leg_id, price, quantity, occurred_at, observed_at, committed_at, activity_id, version)
  VALUES (2, '1/a7/-/100@22.7299#1', '1', '22.7299', '100', '${T}', '${T}', '${T}', '7', 1);
INSERT INTO audit_entries (order_id, kind, after, reason, actor, recorded_at)
  VALUES (1, 'ORDER_ADDED', '{"account":"A1"}', 'asked to be tracked', 'poller', '${T}'),
    (2, 'ORDER_ADDED', '{"account":"A1"}', 'found', 'poller', '${T}');
INSERT INTO poll_cycles (fencing, started_at, finished_at, outcome, due, examined, listed, changed, requests,
    last_finished_at) VALUES (1, '${T}', '${T}', 'complete', 1, 1, 1, 1, 1, '${T}');
UPDATE lease SET fencing = 4;
INSERT INTO commands (kind, account_id, order_id, state, requested_by, requested_at)
  VALUES ('REPOLL', 'A1', 1, 'QUEUED', 'operator', '${T}');
INSERT INTO tokens VALUES (1, 'broker-oauth', 'k', x'00', zeroblob(12), zeroblob(16), '${T}');
INSERT INTO evidence VALUES (2, 'h', '{}', '${T}', NULL);
`;

/** Fills as they stood before their changes were numbered: one counts, one was corrected, one taken back, one both. */
const AMENDED = `
INSERT INTO broker_stamp VALUES (1, 'http://127.0.0.1:4010', 'demo', '${T}');
INSERT INTO accounts (id, hash, masked_number) VALUES ('A1', 'HASH-1', '...4321');
INSERT INTO orders (account_id, broker_order_id, source, status, first_seen_at, last_changed_at)
  VALUES ('A1', '101', 'TRACKED', 'PENDING', '${T}', '${T}');
INSERT INTO fills (order_id, key, leg_id, price, quantity, observed_at, committed_at, version, withdrawn_at)
  VALUES (1, 'counts', '1', '22.7', '1', '${T}', '${T}', 1, NULL),
    (1, 'corrected', '1', '22.8', '1', '${T}', '${T}', 1, '${T}'),
    (1, 'taken back', '1', '22.9', '1', '${T}', '${T}', 1, '${T}'),
    (1, 'corrected', '1', '22.81', '1', '${T}', '${T}', 2, '${T}'),
    (1, 'corrected', '1', '22.82', '1', '${T}', '${T}', 3, '2026-01-05T15:00:01.000Z');
`;

const TABLES = [
  'accounts',
  'orders',
  'order_legs',
  'fills',
  'audit_entries',
  'poll_cycles',
  'lease',
  'commands',
  'tokens',
  'evidence',
];

type Dump = Record<string, Record<string, unknown>[]>;

function dump(file: string): Dump {
  const db = new Database(file, { readonly: true });
  const all: Dump = {};
  for (const table of TABLES) {
    all[table] = db.prepare<[], Record<string, unknown>>(`SELECT * FROM ${table} ORDER BY rowid`).all();
  }
  db.close();
  return all;
}

/** A record as the first version of this program left it. */
async function oldRecord(until = readMigrations()[0]?.name ?? '', rows = ROWS): Promise<string> {
  const file = join(temporaryDirectory(), 'record.db');
  const db = new Database(file);
  const migrations = readMigrations().filter(({ name }) => name <= until);
  await migrate(db, { file, migrations, now: () => NOW, newId: randomUUID });
  db.pragma('journal_mode = WAL');
  db.exec(rows);
  db.close();
  return file;
}

it('keeps every row of a record from before, backs it up, and adds what is not known as not known', async () => {
  const file = await oldRecord();
  const before = dump(file);
  const db = await openTestDatabase(file);
  expect(await db.isSchemaCurrent()).toBe(true);
  const after = dump(file);
  for (const [table, rows] of Object.entries(before)) {
    expect(after[table], table).toHaveLength(rows.length);
    for (const [i, row] of rows.entries()) {
      const now = after[table]?.[i] ?? {};
      expect(now, table).toMatchObject(row);
      const added = Object.entries(now).filter(([name]) => !(name in row));
      expect(added.map(([, value]) => value)).toEqual(added.map(() => null));
    }
  }
  const second = readMigrations()[1]?.name ?? '';
  expect(existsSync(`${file}.before-${second}.bak`)).toBe(true);
  expect(await db.readSignIn()).toBeNull();
});

it('goes on with such a record', async () => {
  const db = await openTestDatabase(await oldRecord());
  const [detail] = await db.findOrder({ id: 2 });
  if (detail === undefined) throw new Error('The record has no order');
  expect(presentFullOrder(detail, null)).toMatchObject({
    averagePrice: '22.7299',
    fills: [{ price: '22.7299', version: 1 }],
    withdrawnFills: [],
    resolution: null,
    verification: null,
  });
  expect((await db.loadPendingOrders()).map(({ known }) => known.brokerOrderId)).toEqual(['101']);
  expect(await db.loadQueuedCommands()).toHaveLength(1);

  const lease = await db.acquireLease({ owner: 'poller', now: NOW, ttlMs: 10_000 });
  expect(lease).toEqual({ fencing: 5 });
  const [gone] = detail.fills;
  if (gone === undefined) throw new Error('The order has no fill');
  const withdrawn = [{ ...gone, withdrawnAt: NOW }];
  const order = {
    ...detail.known,
    fills: [],
    withdrawn,
    state: {
      ...detail.known.state,
      status: 'FAILED' as const,
      outcome: 'CANCELED' as const,
      filledQuantity: null,
      sum: null,
      averagePrice: null,
      priceCents: null,
    },
  };
  const nothing = { newFills: [], identifiedFills: [], audit: [], discrepancies: [] };
  const reconciliation = { order, isChanged: true, withdrawnFills: withdrawn, ...nothing };
  const result = await db.commitPollCycle(
    commitOf(5, {
      cycle: cycleOf(),
      orders: [{ id: 2, accountId: 'A1', reconciliation, evidence: null, actor: 'operator' }],
    }),
  );
  expect(result.refused).toEqual([]);
  const store = db.tokenStore(createTokenCipher(new Uint8Array(32).fill(7)));
  await store.save({
    accessToken: 'a',
    accessTokenExpiresAt: NOW,
    refreshToken: 'r',
    refreshTokenExpiresAt: NOW + 1,
    signedInAt: NOW,
  });
  expect(await db.readSignIn()).toEqual({ signedInAt: NOW, refreshExpiresAt: NOW + 1 });
});

it('numbers the fills that were there before, as if each change had been told when it came', async () => {
  const db = await openTestDatabase(await oldRecord('20261123000000_broker_truth', AMENDED));
  const events = await db.fillEventsAfter(0, 10);
  expect(events.map(({ seq, kind, replacesSeq, fill }) => [seq, kind, fill.key, fill.version, replacesSeq])).toEqual([
    [1, 'RECORDED', 'counts', 1, null],
    [2, 'RECORDED', 'corrected', 1, null],
    [3, 'RECORDED', 'taken back', 1, null],
    [4, 'CORRECTED', 'corrected', 2, 2],
    [5, 'CORRECTED', 'corrected', 3, 4],
    [6, 'WITHDRAWN', 'taken back', 1, 3],
    [7, 'WITHDRAWN', 'corrected', 3, 5],
  ]);
  expect((await db.readOutbox()).waiting).toBe(0);
});
