import { describe, expect, it } from 'vitest';
import { aCycle } from '../../testing/builders.ts';
import { cycleSentence, lookOf } from './cycle-words.ts';

const SLOW = { startedAt: '2026-01-05T14:59:50.000Z', finishedAt: '2026-01-05T14:59:57.000Z' };

describe('a cycle in words', () => {
  it.each([
    [{}, 'quiet'],
    [{ changed: 1 }, 'changed'],
    [SLOW, 'slow'],
    [{ ...SLOW, outcome: 'partial' }, 'partial'],
    [{ outcome: 'failed' }, 'failed'],
  ] as const)('%j looks %s', (part, look) => {
    expect(lookOf(aCycle(part))).toBe(look);
  });

  it('tells when, how many, how it went and what came of it', () => {
    expect(cycleSentence(aCycle())).toBe('09:59:56 to 09:59:57 ET, 1 cycle, complete, 200 ms');
    expect(cycleSentence(aCycle({ repeatCount: 9, changed: 2, outcome: 'partial', errorKind: 'timeout' }))).toBe(
      '09:59:56 to 09:59:57 ET, 9 cycles, partial, 200 ms, 2 orders changed, the broker did not answer in time',
    );
  });
});
