import type { CycleRecord, QuietCycles } from '@fill-tracker/db';
import { expect, it } from 'vitest';
import { createUnwrittenCycles } from './quiet-cycles.ts';

const NOW = Date.parse('2026-01-12T15:00:00Z');

const cycleAt = (second: number): CycleRecord => ({
  startedAt: NOW + second * 1_000,
  finishedAt: NOW + second * 1_000 + 100,
  outcome: 'complete',
  due: 3,
  examined: 3,
  listed: 3,
  changed: 0,
  requests: 1,
  errorKind: null,
  note: null,
});

const written = (quiet: QuietCycles | null): Promise<QuietCycles | null> => Promise.resolve(quiet);

it('hands cycles over as one, and once', async () => {
  const cycles = createUnwrittenCycles();
  for (const second of [0, 1, 5]) cycles.add(cycleAt(second));
  expect(await cycles.handOver(written)).toMatchObject({
    startedAt: NOW,
    finishedAt: NOW + 100,
    lastFinishedAt: NOW + 5_100,
    count: 3,
    requests: 3,
    longestPauseMs: 3_900,
  });
  expect(await cycles.handOver(written)).toBeNull();
});

it('keeps what could not be written, before what came since', async () => {
  const cycles = createUnwrittenCycles();
  cycles.add(cycleAt(0));
  const refused = cycles.handOver(() => Promise.reject(new Error('the disk is full')));
  cycles.add(cycleAt(1));
  await expect(refused).rejects.toThrow('the disk is full');
  expect(await cycles.handOver(written)).toMatchObject({ startedAt: NOW, lastFinishedAt: NOW + 1_100, count: 2 });
});

it('forgets those of a lease that is lost', async () => {
  const cycles = createUnwrittenCycles();
  cycles.add(cycleAt(0));
  cycles.clear();
  expect(await cycles.handOver(written)).toBeNull();
});
