import type { Clock } from '@fill-tracker/schwab-client';
import { SECOND, WATCHDOG_EVERY_MS } from '@fill-tracker/domain';
import { MONDAY_TEN } from '@fill-tracker/domain/testing';
import { expect, it } from 'vitest';
import { createCycleCuts } from './cycle-cuts.ts';
import { createLoopGuard } from './guard-loop.ts';
import { type LoopProgress, newLoopProgress } from './loop-progress.ts';

/** A clock that stands still until it is turned. */
function handTurnedClock(): { clock: Clock; turn: () => Promise<void> } {
  let now = MONDAY_TEN;
  let wake = (): void => undefined;
  const sleep = (_ms: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      wake = () => {
        signal?.removeEventListener('abort', wake);
        resolve();
      };
      signal?.addEventListener('abort', wake);
    });
  return {
    clock: { now: () => now, sleep },
    async turn() {
      now += WATCHDOG_EVERY_MS;
      wake();
      // What was woken runs before the next turn.
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

function guarded(progress: Partial<LoopProgress>) {
  const { clock, turn } = handTurnedClock();
  const told: string[] = [];
  const cuts = createCycleCuts();
  const cycle = cuts.begin();
  const guard = createLoopGuard({
    clock,
    events: { loopHung: ({ step }) => void told.push(step) },
    cuts,
    endProcess: () => void told.push('ended'),
  });
  const life = { ...newLoopProgress(), ...progress };
  const ended = new AbortController();
  const watching = guard.watch(life, ended.signal);
  const turnTimes = async (times: number): Promise<void> => {
    for (let i = 0; i < times; i += 1) await turn();
  };
  return { guard, cycle, cuts, told, life, turnTimes, end: () => (ended.abort(), watching) };
}

it('leaves a loop alone that rests until its time, however long that is', async () => {
  const next = { at: MONDAY_TEN + 300 * SECOND, reason: 'outside-hours' } as const;
  const { guard, told, cycle, turnTimes, end } = guarded({ next });
  await turnTimes(300);
  expect([told, cycle.aborted, guard.isHung()]).toEqual([[], false, false]);
  await end();
});

it('cuts a cycle that does not end, gives the lease up with it, and then ends the process', async () => {
  const { guard, told, cycle, turnTimes } = guarded({ cycleStartedAt: MONDAY_TEN });
  await turnTimes(124);
  expect([told, cycle.aborted, guard.isHung()]).toEqual([[], false, false]);
  await turnTimes(1);
  expect([told, cycle.aborted, guard.isHung()]).toEqual([['cycle-cut'], true, true]);
  await turnTimes(14);
  expect(told).toEqual(['cycle-cut']);
  await turnTimes(1);
  expect(told).toEqual(['cycle-cut', 'process-ends', 'ended']);
  await turnTimes(100);
  expect(told).toHaveLength(3);
});

it('goes on with a loop that moves once its cycle was cut', async () => {
  const { guard, told, cuts, life, turnTimes, end } = guarded({ cycleStartedAt: MONDAY_TEN });
  await turnTimes(126);
  life.cycleStartedAt = null;
  await turnTimes(100);
  expect([told, guard.isHung(), cuts.begin().aborted]).toEqual([['cycle-cut'], false, false]);
  await end();
});
