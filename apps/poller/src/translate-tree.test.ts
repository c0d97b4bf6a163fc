import { flattenOrders, type ReportedOrder } from '@fill-tracker/domain';
import { parseOrder } from '@fill-tracker/schwab-client';
import { describe, expect, it } from 'vitest';
import { type TranslatedTree, translateTree } from './translate-tree.ts';

/** As it comes from the wire: through the client's own parser. */
const translated = (fields: object): TranslatedTree =>
  translateTree(parseOrder(JSON.stringify({ orderId: 1, status: 'WORKING', ...fields })));

const below = (orderId: number, fields: object = {}): object => ({
  orderId,
  status: 'WORKING',
  quantity: 10,
  ...fields,
});
const idsIn = ({ orders }: TranslatedTree): string[] => orders.flatMap(flattenOrders).map(idOf);
const idOf = ({ brokerOrderId }: ReportedOrder): string => brokerOrderId;

describe('translateTree', () => {
  it('reads children of children, and leaves out what only holds them together', () => {
    const group = { orderId: 2, status: 'WORKING', childOrderStrategies: [below(3), below(4)] };
    const tree = translated({ quantity: 10, childOrderStrategies: [group] });
    expect(idsIn(tree)).toEqual(['1', '3', '4']);
    expect(tree).toMatchObject({ unreadable: [], doubts: [] });
  });

  it.each<[what: string, child: unknown, id: string | null, problem: string]>([
    [
      'a quantity below zero',
      below(2, { quantity: -1 }),
      '2',
      'order.childOrderStrategies[0].quantity is below zero: -1',
    ],
    ['no status', { orderId: 2 }, '2', 'childOrderStrategies[0].status: is missing (below order 1)'],
    ['no id', { status: 'NEW' }, null, 'childOrderStrategies[0].orderId: is missing (below order 1)'],
    ['nothing that an order has', null, null, 'childOrderStrategies[0]: must be an object (below order 1)'],
  ])('sets a child aside that has %s, and keeps its parent and its sibling', (_what, child, id, problem) => {
    const tree = translated({ quantity: 10, childOrderStrategies: [child, below(3)] });
    expect(idsIn(tree)).toEqual(['1', '3']);
    expect(tree.unreadable).toEqual([{ brokerOrderId: id, problem }]);
  });

  it('keeps what lies below an order that is set aside, and says where that stands', () => {
    const odd = below(2, {
      quantity: -1,
      childOrderStrategies: [{ orderId: 3 }, below(4), below(5, { quantity: -2 })],
    });
    const tree = translated({ quantity: -3, childOrderStrategies: [odd] });
    expect(tree.orders.map(idOf)).toEqual(['4']);
    expect(tree.unreadable.map(({ problem }) => problem)).toEqual([
      'order.quantity is below zero: -3',
      'order.childOrderStrategies[0].quantity is below zero: -1',
      'childOrderStrategies[0].childOrderStrategies[0].status: is missing (below order 2)',
      'order.childOrderStrategies[0].childOrderStrategies[2].quantity is below zero: -2',
    ]);
  });

  it('makes no order of a group of which nothing can be read', () => {
    const tree = translated({ childOrderStrategies: [{ orderId: 2 }, below(3, { quantity: -1 })] });
    expect(tree.orders).toEqual([]);
    expect(tree.unreadable.map(({ brokerOrderId }) => brokerOrderId)).toEqual(['2', '3']);
  });

  it('tells the first doubt of each order, and how many there are', () => {
    const child = below(2, { enteredTime: 'soon', closeTime: 'later', session: [] });
    expect(translated({ quantity: 10, stopPrice: 'NaN', childOrderStrategies: [child] }).doubts).toEqual([
      { brokerOrderId: '1', problem: 'order.stopPrice is no number within bounds: "NaN"' },
      { brokerOrderId: '2', problem: 'order.childOrderStrategies[0].session is no text, and 2 more' },
    ]);
  });
});
