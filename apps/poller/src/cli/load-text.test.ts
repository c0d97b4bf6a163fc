import type { PollerLoad } from '@fill-tracker/contract';
import { expect, it } from 'vitest';
import { loadText } from './load-text.ts';

const LOAD: PollerLoad = {
  workingOrders: 143,
  worstCaseMs: 2_240,
  restingWorstCaseMs: null,
  requestsPerMinute: 26,
  allowedPerMinute: 80,
  reason: 'young-orders',
};

it.each<[string, Partial<PollerLoad>]>([
  ['143 working orders: a fill is known within 2.2 s, 26 of 80 calls a minute', {}],
  ['1 working order: a fill is known within 2.2 s, 26 of 80 calls a minute', { workingOrders: 1 }],
  [
    '143 working orders: a fill is known within 2.2 s (resting ones 17.2 s), 26 of 80 calls a minute',
    { restingWorstCaseMs: 17_240 },
  ],
  ['143 working orders: a fill is known within 3 min, 26 of 80 calls a minute', { worstCaseMs: 121_000 }],
  ['nobody looks now, as you chose (POLL_OUTSIDE_HOURS=off)', { worstCaseMs: null }],
])('%s', (text, overrides) => {
  expect(loadText({ ...LOAD, ...overrides })).toBe(text);
});
