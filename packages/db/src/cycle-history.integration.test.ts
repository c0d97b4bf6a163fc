import { decimal } from '@fill-tracker/domain';
import { fillActivity, MONDAY_TEN, orderOf } from '@fill-tracker/domain/testing';
import { describe, expect, it } from 'vitest';
import type { FillDatabase } from './fill-database.ts';
import type { CycleRecord } from './poll-cycles.ts';
import { commitOf, cycleOf, firstReport, NOW, openForCycles } from './testing/test-database.ts';

const second = (n: number): number => NOW + n * 1_000;

const cycleAt = (n: number, overrides: Partial<CycleRecord> = {}): CycleRecord =>
  cycleOf({ startedAt: second(n), finishedAt: second(n) + 200, changed: 0, ...overrides });

async function openWithCycles(cycles: readonly CycleRecord[]) {
  const { db, fencing } = await openForCycles();
  for (const cycle of cycles) await db.commitPollCycle(commitOf(fencing, { cycle }));
  return db;
}

const failed = { outcome: 'failed', errorKind: 'timeout' } as const;

describe('the history of cycles', () => {
  it('is read in pages, newest first', async () => {
    const db = await openWithCycles([0, 1, 2].map((n) => cycleAt(n, failed)));
    const startsOf = (cycles: readonly { startedAt: number }[]) => cycles.map(({ startedAt }) => startedAt);
    expect(startsOf(await db.pageCycles({ limit: 2 }))).toEqual([second(2), second(1)]);
    expect(startsOf(await db.pageCycles({ limit: 2, beforeId: 2 }))).toEqual([second(0)]);
  });

  it('tells when the last complete cycle ended, the last of coalesced ones', async () => {
    expect(await (await openWithCycles([])).lastCompleteCycleAt()).toBeNull();
    const db = await openWithCycles([cycleAt(0), cycleAt(5), cycleAt(10, failed)]);
    expect(await db.lastCompleteCycleAt()).toBe(second(5) + 200);
  });

  it('gives the cycles that ended after an instant, those that began before it too', async () => {
    const db = await openWithCycles([cycleAt(0, failed), cycleAt(5), cycleAt(10)]);
    expect((await db.cyclesEndedAfter(second(7))).map(({ repeatCount }) => repeatCount)).toEqual([2]);
    expect(await db.cyclesEndedAfter(second(0))).toHaveLength(2);
    expect(await db.cyclesEndedAfter(second(10) + 200)).toEqual([]);
  });
});

describe('the error streak', () => {
  it('is none when the last cycle was complete, and before the first', async () => {
    expect(await (await openWithCycles([])).errorStreak()).toBeNull();
    expect(await (await openWithCycles([cycleAt(0, failed), cycleAt(1)])).errorStreak()).toBeNull();
  });

  it('counts the cycles since the last complete one, by kind', async () => {
    const db = await openWithCycles([
      cycleAt(0, failed),
      cycleAt(1),
      cycleAt(2, { outcome: 'failed', errorKind: '429' }),
      cycleAt(3, failed),
      cycleAt(4, { outcome: 'partial', errorKind: 'timeout' }),
      cycleAt(5, { outcome: 'partial' }),
    ]);
    expect(await db.errorStreak()).toEqual({
      cycles: 4,
      since: second(2),
      kinds: [
        { kind: 'timeout', cycles: 2 },
        expect.objectContaining({ cycles: 1 }),
        expect.objectContaining({ cycles: 1 }),
      ],
    });
  });
});

describe('detection latencies', () => {
  /** An order filled at a broker time, seconds after it was entered, and first seen by a cycle at another. */
  async function fillSeen(db: FillDatabase, fencing: number, id: string, occurred: number, committedAt: number) {
    const order = orderOf({
      brokerOrderId: id,
      brokerStatus: 'FILLED',
      filledQuantity: decimal('100'),
      activities: [fillActivity({ price: '22.73', quantity: '100', second: occurred })],
    });
    const cycle = cycleOf({ startedAt: committedAt - 300, finishedAt: committedAt });
    await db.commitPollCycle(commitOf(fencing, { committedAt, cycle, orders: [firstReport(order)] }));
  }

  it('reach from the time of the fill to its record, never below zero', async () => {
    const { db, fencing } = await openForCycles();
    await db.commitPollCycle(commitOf(fencing, { cycle: cycleOf({ startedAt: MONDAY_TEN, finishedAt: MONDAY_TEN }) }));
    await fillSeen(db, fencing, '1', 10, MONDAY_TEN + 11_500);
    await fillSeen(db, fencing, '2', 20, MONDAY_TEN + 19_900);
    expect(await db.detectionLatenciesSince(MONDAY_TEN)).toEqual([1_500, 0]);
    expect(await db.detectionLatenciesSince(MONDAY_TEN + 15_000)).toEqual([0]);
  });

  it('leave out what filled while no poller was at work', async () => {
    const { db, fencing } = await openForCycles();
    await fillSeen(db, fencing, '1', 10, MONDAY_TEN + 60_000);
    await fillSeen(db, fencing, '2', 61, MONDAY_TEN + 62_000);
    await db.releaseLease({ fencing, now: MONDAY_TEN + 63_000 });
    const next = await db.acquireLease({ owner: 'poller-2', now: MONDAY_TEN + 600_000, ttlMs: 10_000 });
    if (next === null) throw new Error('The lease was given back');
    await fillSeen(db, next.fencing, '3', 120, MONDAY_TEN + 601_000);
    await fillSeen(db, next.fencing, '4', 602, MONDAY_TEN + 603_000);
    expect(await db.detectionLatenciesSince(MONDAY_TEN)).toEqual([1_000, 1_000]);
    // The run began long before the window; what it saw within the window counts.
    expect(await db.detectionLatenciesSince(MONDAY_TEN + 602_500)).toEqual([1_000]);
  });
});
