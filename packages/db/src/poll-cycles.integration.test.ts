import { orderOf } from '@fill-tracker/domain/testing';
import { describe, expect, it } from 'vitest';
import type { CycleRecord } from './poll-cycles.ts';
import { commitOf, cycleOf, firstReport, NOW, openForCycles } from './testing/test-database.ts';

/** A cycle of 200 ms that begins at a second, and finds nothing new. */
const unchangedAt = (second: number, overrides: Partial<CycleRecord> = {}): CycleRecord =>
  cycleOf({ startedAt: NOW + second * 1_000, finishedAt: NOW + second * 1_000 + 200, changed: 0, ...overrides });

async function record(cycles: readonly CycleRecord[]) {
  const { db, fencing } = await openForCycles();
  for (const cycle of cycles) await db.commitPollCycle(commitOf(fencing, { cycle }));
  return { db, fencing };
}

describe('poll cycles', () => {
  it('that change nothing share a row, which keeps the time of the last and the longest pause', async () => {
    const { db, fencing } = await record([
      unchangedAt(0),
      unchangedAt(5, { listed: 3 }),
      unchangedAt(65),
      unchangedAt(70),
    ]);
    expect(await db.lastCycles(10)).toEqual([
      {
        ...unchangedAt(0),
        id: 1,
        fencing,
        requests: 4,
        repeatCount: 4,
        lastFinishedAt: NOW + 70_200,
        longestPauseMs: 59_800,
      },
    ]);
  });

  it.each<[string, Partial<CycleRecord>]>([
    ['changed something', { changed: 1 }],
    ['failed', { outcome: 'failed', errorKind: 'timeout' }],
    ['were partial', { outcome: 'partial' }],
    ['have something to say', { note: 'list answer cut off at 3,000 rows' }],
  ])('that %s have a row of their own', async (_, overrides) => {
    const { db } = await record([unchangedAt(0), unchangedAt(5, overrides), unchangedAt(10)]);
    const cycles = await db.lastCycles(10);
    expect(cycles.map(({ id, repeatCount }) => [id, repeatCount])).toEqual([
      [3, 1],
      [2, 1],
      [1, 1],
    ]);
    expect(cycles[1]).toMatchObject(overrides);
  });

  it('that wrote an order have a row of their own, whatever they count', async () => {
    const { db, fencing } = await record([unchangedAt(0)]);
    const orders = [firstReport(orderOf({ brokerOrderId: '7' }))];
    const { cycleId } = await db.commitPollCycle(commitOf(fencing, { cycle: unchangedAt(5), orders }));
    expect(cycleId).toBe(2);
  });

  it('of two runs are never one row', async () => {
    const { db } = await record([unchangedAt(0)]);
    const lease = await db.acquireLease({ owner: 'poller-1', now: NOW, ttlMs: 10_000 });
    await db.commitPollCycle(commitOf(lease?.fencing ?? 0, { cycle: unchangedAt(5) }));
    expect(await db.lastCycles(10)).toHaveLength(2);
  });

  it('are given newest first, as many as asked for', async () => {
    const { db } = await record([1, 2, 3].map((second) => unchangedAt(second, { changed: second })));
    expect((await db.lastCycles(2)).map(({ changed }) => changed)).toEqual([3, 2]);
  });
});
