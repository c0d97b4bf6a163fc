import { describe, expect, it } from 'vitest';
import { fillActivity, orderOf } from '../testing/builders.ts';
import { flattenOrders, isOrderGroup, type ReportedOrder } from './reported-order.ts';

const group = (...children: readonly ReportedOrder[]): ReportedOrder =>
  orderOf({ brokerOrderId: 'group', legs: [], children });
const leaf = (brokerOrderId: string, ...children: readonly ReportedOrder[]): ReportedOrder =>
  orderOf({ brokerOrderId, children });

describe('order trees', () => {
  it('holds an OCO node for a group: no legs, no activities, only children', () => {
    expect(isOrderGroup(group(leaf('1'), leaf('2')))).toBe(true);
    expect(isOrderGroup(leaf('1', leaf('2')))).toBe(false);
  });

  it('does not lose an order for listing no legs', () => {
    expect(isOrderGroup(orderOf({ legs: [] }))).toBe(false);
    const traded = { ...group(leaf('1')), activities: [fillActivity({ price: '1', quantity: '1' })] };
    expect(isOrderGroup(traded)).toBe(false);
  });

  it('finds the orders of a tree, parents first, groups left out', () => {
    const tree = leaf('entry', group(leaf('target'), leaf('stop', leaf('follow-up'))));
    expect(flattenOrders(tree).map((order) => order.brokerOrderId)).toEqual(['entry', 'target', 'stop', 'follow-up']);
    expect(flattenOrders(group(group(leaf('only')))).map((order) => order.brokerOrderId)).toEqual(['only']);
  });
});
