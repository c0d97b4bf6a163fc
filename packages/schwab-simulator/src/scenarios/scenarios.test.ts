import { describe, expect, it } from 'vitest';
import { scriptedOrderSchema } from '../broker/script-order.ts';
import { ENDING_STATUSES } from '../broker/simulated-order.ts';
import { ordersAtOnce, SCENARIOS, scenarioRequestSchema } from './scenarios.ts';

describe('scenarios', () => {
  it.each(SCENARIOS.map(({ name }) => name))('%s scripts only valid orders', (name) => {
    const inputs = ordersAtOnce({ name }, 1);
    expect(inputs.map((input) => scriptedOrderSchema.safeParse(input).error)).toEqual(inputs.map(() => undefined));
  });

  it('endings has an order for each word that ends an order but FILLED, which needs no ending', () => {
    const endings = new Set(ordersAtOnce({ name: 'endings' }, 1).map(({ ending }) => ending?.status));
    expect(endings).toEqual(new Set([undefined, ...ENDING_STATUSES.filter((status) => status !== 'FILLED')]));
  });

  it('twenty-fills spreads its fills over the time given, one in each slice', () => {
    const orders = ordersAtOnce({ name: 'twenty-fills', count: 5, spreadMs: 10_000 }, 3);
    const slices = orders.map(({ fills }) => Math.floor((fills?.[0]?.afterMs ?? 0) / 2_000));
    expect(slices).toEqual([0, 1, 2, 3, 4]);
    expect(orders.every(({ quantity, fills }) => fills?.length === 1 && fills[0]?.quantity === quantity)).toBe(true);
  });

  it('twenty-fills has twenty orders within a minute unless told otherwise', () => {
    const orders = ordersAtOnce({ name: 'twenty-fills' }, 3);
    expect(orders).toHaveLength(20);
    expect(Math.max(...orders.map(({ fills }) => fills?.[0]?.afterMs ?? 0))).toBeLessThan(60_000);
  });

  it('refuses a name that it does not know', () => {
    expect(scenarioRequestSchema.safeParse({ name: 'crash of 1929' }).success).toBe(false);
  });
});
