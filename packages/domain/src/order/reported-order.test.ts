import { describe, expect, it } from 'vitest';
import { decimal } from '../decimal.ts';
import { fillActivity, orderOf } from '../testing/builders.ts';
import { flattenOrders, isOrderGroup, type ReportedOrder } from './reported-order.ts';

const group = (...children: readonly ReportedOrder[]): ReportedOrder =>
  orderOf({ brokerOrderId: 'group', legs: [], quantity: null, filledQuantity: null, orderType: null, children });
const leaf = (brokerOrderId: string, ...children: readonly ReportedOrder[]): ReportedOrder =>
  orderOf({ brokerOrderId, children });

describe('order trees', () => {
  it('holds an OCO node for a group: no legs, no activities, no terms, only children', () => {
    expect(isOrderGroup(group(leaf('1'), leaf('2')))).toBe(true);
    expect(isOrderGroup(leaf('1', leaf('2')))).toBe(false);
  });

  it('does not lose an order for listing no legs', () => {
    expect(isOrderGroup(orderOf({ legs: [] }))).toBe(false);
    const traded = { ...group(leaf('1')), activities: [fillActivity({ price: '1', quantity: '1' })] };
    expect(isOrderGroup(traded)).toBe(false);
  });

  it.each([
    ['a quantity', { quantity: decimal('100') }],
    ['a filled quantity', { filledQuantity: decimal('0') }],
    ['a type', { orderType: 'LIMIT' }],
  ])('does not take a parent without legs for a group when it has %s', (_what, terms) => {
    const parent = { ...group(leaf('1')), ...terms };
    expect(isOrderGroup(parent)).toBe(false);
    expect(flattenOrders(parent).map((order) => order.brokerOrderId)).toEqual(['group', '1']);
  });

  it('finds the orders of a tree, parents first, groups left out', () => {
    const tree = leaf('entry', group(leaf('target'), leaf('stop', leaf('follow-up'))));
    expect(flattenOrders(tree).map((order) => order.brokerOrderId)).toEqual(['entry', 'target', 'stop', 'follow-up']);
    expect(flattenOrders(group(group(leaf('only')))).map((order) => order.brokerOrderId)).toEqual(['only']);
  });
});
