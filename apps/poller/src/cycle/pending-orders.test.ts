import type { StoredOrder } from '@fill-tracker/db';
import { newlyKnownOrder } from '@fill-tracker/domain';
import { expect, it } from 'vitest';
import { createPendingOrders } from './pending-orders.ts';

const order = (id: number): StoredOrder => ({ id, accountId: 'A1', known: newlyKnownOrder(`${id}`, 'TRACKED', 0) });

function reading(...answers: readonly (StoredOrder[] | Error)[]) {
  let reads = 0;
  const loadPendingOrders = (): Promise<StoredOrder[]> => {
    const answer = answers[reads] ?? [];
    reads += 1;
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  };
  return { ...createPendingOrders({ loadPendingOrders }), reads: () => reads };
}

it('are read once, until an order is written', async () => {
  const pending = reading([order(1)], [order(1), order(2)]);
  await pending.load();
  expect(await pending.load()).toHaveLength(1);
  expect(pending.reads()).toBe(1);
  pending.forget();
  expect(await pending.load()).toHaveLength(2);
});

it('are read again after a read that failed', async () => {
  const pending = reading(new Error('the database is busy'), [order(1)]);
  await expect(pending.load()).rejects.toThrow('busy');
  expect(await pending.load()).toHaveLength(1);
});
