import { expect, it } from 'vitest';
import { type StuckLooks, watchLoop, type WatchdogStep } from './watchdog.ts';

/** What the watchdog does at each of these looks. */
function stepsOf(looks: readonly boolean[]): WatchdogStep[] {
  let count: StuckLooks = 0;
  return looks.map((isStuck) => {
    const next = watchLoop(count, isStuck);
    count = next.looks;
    return next.step;
  });
}

const times = (count: number, isStuck: boolean): boolean[] => Array<boolean>(count).fill(isStuck);

it('leaves a loop alone that moves', () => {
  expect(new Set(stepsOf(times(100, false)))).toEqual(new Set(['moves']));
});

it('waits a few looks, for a clock that jumped looks the same', () => {
  expect(stepsOf([...times(4, true), false])).toEqual(['doubted', 'doubted', 'doubted', 'doubted', 'moves']);
});

it('cuts the cycle short once, then waits longer than a lease holds, then ends the process', () => {
  const steps = stepsOf(times(20, true));
  expect(steps.indexOf('cut-cycle')).toBe(4);
  expect(steps.filter((step) => step === 'cut-cycle')).toHaveLength(1);
  expect(steps.slice(5, 19)).toEqual(Array<string>(14).fill('hung'));
  expect(steps[19]).toBe('end-process');
});

it('begins anew when the cut helped', () => {
  expect(stepsOf([...times(7, true), false, ...times(5, true)]).slice(7)).toEqual([
    'moves',
    'doubted',
    'doubted',
    'doubted',
    'doubted',
    'cut-cycle',
  ]);
});
