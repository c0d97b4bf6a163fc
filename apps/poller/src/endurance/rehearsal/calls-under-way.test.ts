import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { countCalls, followed } from './calls-under-way.ts';

describe('countCalls', () => {
  it('is calm only when the last call has ended, and what follows from it too', async () => {
    const calls = countCalls();
    const said: string[] = [];
    const work = async (): Promise<void> => {
      await calls.follow(nextTurn());
      await Promise.resolve();
      said.push('one');
      await calls.follow(nextTurn());
      said.push('two');
    };
    const working = work();
    await calls.untilCalm();
    expect(said).toEqual(['one', 'two']);
    await working;
  });

  it('is calm after calls that failed', async () => {
    const calls = countCalls();
    const failing = calls.follow(Promise.reject(new Error('no')));
    await expect(failing).rejects.toThrow('no');
    await calls.untilCalm();
  });
});

describe('followed', () => {
  it('follows the calls of an object and of those that it gives out', async () => {
    const calls = countCalls();
    let ended = 0;
    const end = async (): Promise<void> => {
      await nextTurn();
      ended += 1;
    };
    const store = followed({ file: 'x', save: end, tokens: () => ({ save: end }) }, calls);
    expect(store.file).toBe('x');
    const saving = [store.save(), store.tokens().save()];
    await calls.untilCalm();
    expect(ended).toBe(2);
    await Promise.all(saving);
  });
});
