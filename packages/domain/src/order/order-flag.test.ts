import { expect, it } from 'vitest';
import { ORDER_FLAGS, orderedFlags } from './order-flag.ts';

it('lists each flag once, in one order: equal sets are equal lists', () => {
  const flags = orderedFlags(['NOT_FOUND', 'UNPRICED', 'NOT_FOUND']);
  expect(flags).toEqual(orderedFlags(['UNPRICED', 'NOT_FOUND']));
  expect(flags).toHaveLength(2);
});

it('explains every flag in a sentence', () => {
  for (const explanation of Object.values(ORDER_FLAGS)) expect(explanation).toMatch(/^[A-Z].+\.$/);
});
