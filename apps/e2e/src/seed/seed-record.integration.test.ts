import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '@fill-tracker/db';
import { expect, it, onTestFinished } from 'vitest';
import { seedRecord } from './seed-record.ts';

const NOW = Date.parse('2026-01-12T20:00:00Z');

async function seeded(seed: number) {
  const folder = mkdtempSync(join(tmpdir(), 'fill-tracker-seed-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'record.db');
  const counts = await seedRecord({ file, orders: 600, seed, now: NOW });
  const db = await openDatabase({ file, broker: null, now: () => NOW });
  onTestFinished(() => db.close());
  return { counts, db, orders: await db.findOrders({ limit: 1_000 }) };
}

it('makes a record with every kind of order, in several accounts, over sixty days', async () => {
  const { counts, db, orders } = await seeded(1);
  expect(orders).toHaveLength(600);
  expect(counts).toMatchObject({ pending: expect.any(Number), completed: expect.any(Number) });
  const states = orders.map(({ known }) => known.state);
  const outcomes = new Set(states.map(({ outcome }) => outcome));
  expect([...outcomes]).toEqual(
    expect.arrayContaining([null, 'FILLED', 'PARTIALLY_FILLED', 'CANCELED', 'EXPIRED', 'REJECTED']),
  );
  expect(states.some(({ averagePrice }) => /\.\d{5,8}$/.test(averagePrice?.toFixed() ?? ''))).toBe(true);
  expect(states.some(({ netPrice }) => netPrice !== null)).toBe(true);
  expect(states.filter(({ flags }) => flags.length > 0).length).toBeGreaterThan(0);
  expect(new Set(orders.map(({ accountId }) => accountId)).size).toBe(3);
  const entered = orders.map(({ known }) => known.facts?.enteredAt ?? NOW);
  expect(Math.max(...entered) - Math.min(...entered)).toBeGreaterThan(45 * 86_400_000);
  const cycles = await db.lastCycles(1_000);
  const ends = cycles.map(({ finishedAt }) => finishedAt);
  expect(ends).toEqual(ends.toSorted((a, b) => b - a));
});

it('makes the same record from the same seed, and another from another', async () => {
  const pricesOf = async (seed: number) =>
    (await seeded(seed)).orders.map(({ known }) => `${known.brokerOrderId} ${known.state.averagePrice?.toFixed()}`);
  const once = await pricesOf(1);
  expect(await pricesOf(1)).toEqual(once);
  expect(await pricesOf(2)).not.toEqual(once);
});
