import type { VerificationVerdict } from '@fill-tracker/contract';
import { expect, it } from 'vitest';
import { aFullOrder } from '../../testing/builders.ts';
import { verdictInterval } from './await-verdict.ts';

const verified = (verdict: VerificationVerdict) =>
  aFullOrder({
    verification: {
      verdict,
      recordQuantity: '40',
      recordSum: '909.196',
      transactionsQuantity: '40',
      transactionsSum: '909.196',
      fees: '0',
      checkedAt: '2026-01-05T14:59:57.000Z',
    },
  });

it.each([
  ['is not loaded', undefined, false],
  ['has not traded', aFullOrder({ fills: [] }), false],
  ['traded and has no verdict yet', aFullOrder(), 15_000],
  ['only one witness tells of', verified('ONE_SOURCE'), 15_000],
  ['both witnesses agree on', verified('VERIFIED'), false],
  ['both witnesses disagree on', verified('DISAGREE'), false],
] as const)('an order that %s is looked at again as long as a verdict can come', (_name, order, interval) => {
  expect(verdictInterval(order)).toBe(interval);
});
