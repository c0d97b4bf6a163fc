import { describe, expect, it } from 'vitest';
import { createFaultPlan } from './fault-plan.ts';
import { type FaultInput, faultSchema } from './fault.ts';

const LIST = { path: '/trader/v1/orders', orderId: null, answersOrders: true };
const TOKEN = { path: '/v1/oauth/token', orderId: null, answersOrders: false };
const ORDER_7 = { path: '/trader/v1/accounts/ABC/orders/7', orderId: '7', answersOrders: true };

function planOf(...faults: FaultInput[]) {
  const plan = createFaultPlan(1);
  plan.replace(faults.map((fault) => faultSchema.parse(fault)));
  return plan;
}

describe('a fault plan', () => {
  it('strikes every request unless given a rate', () => {
    const plan = planOf({ kind: 'status-500' });
    expect([LIST, TOKEN, ORDER_7].map((target) => plan.strike(target)?.kind)).toEqual(Array(3).fill('status-500'));
  });

  it('strikes about as often as its rate says, the same way for the same seed', () => {
    const strikesOf = (plan: ReturnType<typeof planOf>) =>
      Array.from({ length: 1_000 }, () => plan.strike(LIST) !== null);
    const struck = strikesOf(planOf({ kind: 'status-500', rate: 0.2 }));
    expect(struck).toEqual(strikesOf(planOf({ kind: 'status-500', rate: 0.2 })));
    expect(struck.filter(Boolean).length).toBeGreaterThan(150);
    expect(struck.filter(Boolean).length).toBeLessThan(250);
  });

  it('never strikes at rate 0', () => {
    const plan = planOf({ kind: 'status-500', rate: 0 });
    expect(Array.from({ length: 100 }, () => plan.strike(LIST))).toEqual(Array(100).fill(null));
  });

  it('strikes only the paths it is aimed at', () => {
    const plan = planOf({ kind: 'unauthorized', path: '^/trader/v1/orders$' });
    expect(plan.strike(LIST)?.kind).toBe('unauthorized');
    expect(plan.strike(ORDER_7)).toBeNull();
  });

  it('strikes only the order it is aimed at', () => {
    const plan = planOf({ kind: 'timeout', orderId: '7' });
    expect(plan.strike(LIST)).toBeNull();
    expect(plan.strike(ORDER_7)?.kind).toBe('timeout');
  });

  it('is spent after its count, and then the next fault has its turn', () => {
    const plan = planOf({ kind: 'reset', count: 2 }, { kind: 'cut-json', path: 'orders' });
    expect([1, 2, 3].map(() => plan.strike(LIST)?.kind)).toEqual(['reset', 'reset', 'cut-json']);
    expect(plan.list().map(({ matched, struck }) => [matched, struck])).toEqual([
      [2, 2],
      [1, 1],
    ]);
  });

  it('spoils an order only where orders are answered', () => {
    const plan = planOf({ kind: 'malformed-order', orderId: '7' });
    expect(plan.strike(TOKEN)).toBeNull();
    expect(plan.strike(LIST)?.kind).toBe('malformed-order');
    expect(plan.strike(ORDER_7)?.kind).toBe('malformed-order');
    expect(plan.strike({ ...ORDER_7, orderId: '8' })).toBeNull();
  });

  it('hides new orders by id without striking requests', () => {
    const plan = planOf({ kind: 'visibility-lag', visibilityLagMs: 3_000, orderId: '7' });
    expect(plan.strike(ORDER_7)).toBeNull();
    expect(plan.visibilityLagMs('7')).toBe(3_000);
    expect(plan.visibilityLagMs('8')).toBe(0);
  });

  it.each([
    [{ kind: 'status-501' }, 'kind'],
    [{ kind: 'status-500', rate: 2 }, 'rate'],
    [{ kind: 'status-500', path: '(' }, 'path'],
    [{ kind: 'visibility-lag' }, 'visibilityLagMs'],
  ])('refuses %j and names %s', (fault, field) => {
    expect(faultSchema.safeParse(fault).error?.issues[0]?.path).toEqual([field]);
  });
});
