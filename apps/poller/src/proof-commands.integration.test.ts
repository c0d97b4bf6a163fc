import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { backfillSummary, dayVerification, importSummary, listedOrder } from '@fill-tracker/contract';
import { tradingDateAt } from '@fill-tracker/domain';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { runOnce } from './loop/run-once.ts';
import { demoVariables, runCommand, type Variables } from './testing/command-line.ts';
import { createWorld, type OwningTest, type World } from './testing/world.ts';

const never = new AbortController().signal;
const FILLED = {
  enteredAfterMs: -2_000,
  instruction: 'SELL',
  fills: [{ afterMs: -2_000, quantity: '10', price: '22.7299' }],
} as const;

/** A record that a poller has made, and no poller at work. */
async function recordedWorld(test: OwningTest) {
  const world = await createWorld(test);
  const older = world.script({ ...FILLED, enteredAfterMs: -4_000 });
  const ids = [older, world.script({ ...FILLED, symbol: 'AAPL' })];
  await runOnce(await world.preparePoller(), never);
  return { world, ids, today: tradingDateAt(Date.now() - 2_000) };
}

/** `poller <args>` on the world's record, without any `.env` of this machine. */
function poller(test: OwningTest, world: World, args: readonly string[], more: Variables = {}) {
  const envFile = join(world.directory, 'empty.env');
  writeFileSync(envFile, '');
  const variables = { ...demoVariables(world), LOG_LEVEL: 'info', ...more };
  return runCommand(test, [...args, '--env', envFile], variables);
}

function oneValue(stdout: string): unknown {
  expect(stdout.trimEnd().split('\n')).toHaveLength(1);
  return JSON.parse(stdout);
}

describe.concurrent('poller verify', () => {
  it.concurrent('ends with 0 on a clean day, for people and for programs', async (test) => {
    const { world, today } = await recordedWorld(test);
    const asJson = await poller(test, world, ['verify', '--date', today, '--json']);
    const day = dayVerification.parse(oneValue(asJson.stdout));
    expect({ status: asJson.status, orders: day.orders, stored: day.isStored }).toEqual({
      status: 0,
      orders: 2,
      stored: true,
    });
    const asText = await poller(test, world, ['verify', '--date', today]);
    expect(asText.status).toBe(0);
    expect(asText.stdout).toContain('no difference: the record, the orders and the transactions agree\n');
    expect(asText.stdout).toContain(`sha256 ${day.hash}\n`);
  });

  it.concurrent('ends with 1 and both numbers where they differ', async (test) => {
    const { world, today } = await recordedWorld(test);
    const id = world.script({ ...FILLED, transactions: { price: '22.73' } });
    await runOnce(await world.preparePoller(), never);
    const { status, stdout } = await poller(test, world, ['verify', '--date', today]);
    expect(status).toBe(1);
    expect(stdout).toContain(
      `  another price: A1 order ${id} GME: record 10 for 227.299 USD in 1 fill, broker 10 for 227.3 USD in 1 fill\n`,
    );
  });

  it.concurrent('says in one line what was typed wrong, or what the broker did not answer', async (test) => {
    const { world, today } = await recordedWorld(test);
    const wrong = await poller(test, world, ['verify', '--date', 'yesterday']);
    expect(wrong).toMatchObject({ status: 2, stdout: '' });
    expect(wrong.stderr).toBe('--date must be a New York date such as 2026-01-05, not "yesterday"\n');
    world.simulator.setFaults([{ kind: 'unauthorized', path: '/transactions' }]);
    const failed = await poller(test, world, ['verify', '--date', today], { LOG_LEVEL: 'silent' });
    expect({ status: failed.status, lines: failed.stderr.trimEnd().split('\n').length }).toEqual({
      status: 1,
      lines: 1,
    });
    expect(failed.stderr).toContain('list-transactions');
  });
});

describe.concurrent('poller import and backfill', () => {
  it.concurrent('bring an older record to the true prices', async (test) => {
    const { world } = await recordedWorld(test);
    world.script({ ...FILLED, orderId: '7001' });
    const file = join(world.directory, 'bot.db');
    const db = new Database(file);
    db.exec(`CREATE TABLE schwab_executions (id INTEGER PRIMARY KEY, symbol TEXT, shares INTEGER, direction TEXT,
      order_id TEXT, price_cents INTEGER, status TEXT, executed_at TIMESTAMP)`);
    db.exec(`INSERT INTO schwab_executions VALUES
      (1, 'GME', 10, 'SELL', '7001', 0, 'COMPLETED', '2026-08-20 14:30:05+00:00'),
      (2, 'GME', 10, 'SELL', '7999', 0, 'COMPLETED', '2026-08-20 14:30:05+00:00'),
      (3, 'GME', 10, 'SELL', '7002', 0, 'MAYBE', '2026-08-20 14:30:05+00:00')`);
    db.close();
    const imported = await poller(test, world, ['import', file, '--account', 'A1', '--json']);
    expect(imported.status).toBe(1);
    expect(importSummary.parse(oneValue(imported.stdout))).toMatchObject({
      rows: 3,
      added: 2,
      problems: [{ row: '3' }],
    });
    const { status, stdout, stderr } = await poller(test, world, ['backfill']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: 'backfilled 2 of 2 …\n' });
    expect(stdout).toContain('1 of 2 imported orders confirmed or corrected by the broker\n');
    expect(stdout).toMatch(
      /1 the broker does not know \(any more\):\n {2}order \d+ \(A1, 7999\): 10 GME, ended 2026-08-20\n/,
    );
    const again = await poller(test, world, ['backfill', '--json']);
    expect(backfillSummary.parse(oneValue(again.stdout))).toMatchObject({ found: 1, backfilled: 0 });
  });

  it.concurrent('import needs an account, and a file that is there', async (test) => {
    const { world } = await recordedWorld(test);
    expect(await poller(test, world, ['import', 'nowhere.db'])).toMatchObject({ status: 2, stdout: '' });
    const missing = await poller(test, world, ['import', 'nowhere.db', '--account', 'A1']);
    expect(missing).toMatchObject({ status: 1, stdout: '' });
    expect(missing.stderr).toContain('nowhere.db');
  });
});

describe.concurrent('poller export', () => {
  it.concurrent('prints CSV, or the same orders as one JSON array', async (test) => {
    const { world, ids } = await recordedWorld(test);
    const csv = await poller(test, world, ['export']);
    expect({ status: csv.status, stderr: csv.stderr }).toEqual({ status: 0, stderr: '' });
    const lines = csv.stdout.split('\r\n');
    expect(lines[0]).toMatch(/^id,account,accountNumber,brokerOrderId,symbol,/);
    expect(lines).toHaveLength(4);
    expect(lines[2]).toContain(`,${ids[0]},GME,SELL,`);
    expect(lines[2]).toContain(',22.7299,227.299,');
    const json = await poller(test, world, ['export', '--format', 'json']);
    const orders = z.array(listedOrder).parse(oneValue(json.stdout));
    expect(orders.map(({ brokerOrderId }) => brokerOrderId)).toEqual(ids.toReversed());
  });

  it.concurrent('of a selection', async (test) => {
    const { world, today } = await recordedWorld(test);
    const symbols = async (...args: string[]): Promise<string[]> => {
      const { stdout } = await poller(test, world, ['export', '--json', ...args]);
      return z
        .array(listedOrder)
        .parse(oneValue(stdout))
        .map(({ symbol }) => symbol ?? '');
    };
    expect(await symbols('--symbol', 'gme')).toEqual(['GME']);
    expect(await symbols('--from', today, '--to', today, '--status', 'completed')).toHaveLength(2);
    expect(await symbols('--to', '2020-01-01')).toEqual([]);
    expect(await symbols('--status', 'failed')).toEqual([]);
    const wrong = await poller(test, world, ['export', '--from', 'noon']);
    expect(wrong).toMatchObject({ status: 2, stdout: '' });
    expect(wrong.stderr).toContain('--from: must be a New York date');
  });
});

it.each(['verify', 'import', 'backfill', 'export'])('%s --help', async (name) => {
  const { status, stdout, stderr } = await runCommand({ onTestFinished: () => undefined }, [name, '--help']);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toContain(`Usage: poller ${name}`);
});
