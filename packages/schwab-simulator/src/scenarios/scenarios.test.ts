import { describe, expect, it } from 'vitest';
import { scriptedNodeSchema } from '../broker/script-order.ts';
import { ENDING_STATUSES } from '../broker/simulated-order.ts';
import { treeFromScript } from '../broker/tree-from-script.ts';
import { truthOfTree } from '../broker/truth-of-tree.ts';
import { endingsScenario } from './endings.ts';
import { odditiesScenario } from './oddities.ts';
import { ordersAtOnce, SCENARIOS, scenarioRequestSchema } from './scenarios.ts';
import { twentyFillsScenario } from './twenty-fills.ts';

describe('scenarios', () => {
  it.each(SCENARIOS.map(({ name }) => name))('%s scripts only valid orders', (name) => {
    const inputs = ordersAtOnce({ name }, 1);
    expect(inputs.map((input) => scriptedNodeSchema.safeParse(input).error)).toEqual(inputs.map(() => undefined));
  });

  it('endings has an order for each word that ends an order but FILLED, which needs no ending', () => {
    const endings = new Set(endingsScenario().map(({ ending }) => ending?.status));
    expect(endings).toEqual(new Set([undefined, ...ENDING_STATUSES.filter((status) => status !== 'FILLED')]));
  });

  it('twenty-fills spreads its fills over the time given, one in each slice', () => {
    const orders = twentyFillsScenario(3, { count: 5, spreadMs: 10_000 });
    const slices = orders.map(({ fills }) => Math.floor((fills?.[0]?.afterMs ?? 0) / 2_000));
    expect(slices).toEqual([0, 1, 2, 3, 4]);
    expect(orders.every(({ quantity, fills }) => fills?.length === 1 && fills[0]?.quantity === quantity)).toBe(true);
  });

  it('twenty-fills has twenty orders within a minute unless told otherwise', () => {
    const orders = twentyFillsScenario(3);
    expect(orders).toHaveLength(20);
    expect(Math.max(...orders.map(({ fills }) => fills?.[0]?.afterMs ?? 0))).toBeLessThan(60_000);
  });

  it('refuses a name that it does not know', () => {
    expect(scenarioRequestSchema.safeParse({ name: 'crash of 1929' }).success).toBe(false);
  });
});

describe('oddities', () => {
  const world = { accountNumber: '12345678', now: 0 };
  let ids = 0;
  const trees = odditiesScenario().flatMap((input) =>
    treeFromScript(scriptedNodeSchema.parse(input), { ...world, nextOrderId: () => String((ids += 1)) }),
  );
  const truth = trees.flatMap((tree) => truthOfTree(tree, 10_000));

  it('all end, but for those that nothing can prove', () => {
    const pending = truth.filter(({ status }) => status === 'PENDING');
    expect(pending.map(({ brokerStatus, filledQuantity }) => `${brokerStatus} ${filledQuantity}`)).toEqual([
      'FILLED 10',
      'CANCELED 8',
    ]);
  });

  it('have orders that the report alone does not prove', () => {
    expect(truth.filter(({ byOrdersAlone }) => byOrdersAlone?.status === 'PENDING')).toHaveLength(2);
  });

  it('have every shape that an order can have', () => {
    expect(truth.some(({ parentOrderId }) => parentOrderId !== undefined)).toBe(true);
    expect(truth.filter(({ replaces }) => replaces !== undefined)).toHaveLength(3);
    expect(truth.flatMap(({ netPrice }) => netPrice?.effect ?? [])).toEqual(['CREDIT', 'DEBIT', 'DEBIT', 'CREDIT']);
  });
});
