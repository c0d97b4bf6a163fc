import { usEquities } from '@fill-tracker/domain';
import { describe, expect, it } from 'vitest';
import { requestsByPhase } from './requests-by-phase.ts';

const at = (text: string): number => Date.parse(text);

describe('requestsByPhase', () => {
  it('counts each call in the phase in which it was made', () => {
    const span = { from: at('2026-01-05T11:00:00Z'), to: at('2026-01-05T22:00:00Z') };
    const calls = [
      at('2026-01-05T11:59:59.999Z'),
      at('2026-01-05T12:00:00Z'),
      at('2026-01-05T14:30:00Z'),
      at('2026-01-05T14:30:59Z'),
      at('2026-01-05T20:59:00Z'),
      at('2026-01-05T21:00:00Z'),
      at('2026-01-05T23:00:00Z'),
    ];
    expect(requestsByPhase(calls, usEquities(), span)).toEqual([
      { phase: 'pre', minutes: 150, requests: 1, perMinute: 0.01, busiestMinute: 1 },
      { phase: 'regular', minutes: 390, requests: 3, perMinute: 0.01, busiestMinute: 2 },
      { phase: 'post', minutes: 60, requests: 1, perMinute: 0.02, busiestMinute: 1 },
      { phase: 'closed', minutes: 60, requests: 1, perMinute: 0.02, busiestMinute: 1 },
    ]);
  });
});
