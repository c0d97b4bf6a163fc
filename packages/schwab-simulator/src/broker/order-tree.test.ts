import { describe, expect, it } from 'vitest';
import { aBracket, aFill, aGroup, anEnding, anOrder, ENTERED_AT } from '../testing/order-builder.ts';
import { groupAtInstant, statusAt } from './group-at-instant.ts';
import { nodesOf, ordersOf, replaceIn, settleTree } from './order-tree.ts';
import type { SimulatedNode } from './simulated-order.ts';

const LONG_AFTER = 100_000;

/** The broker's word for each node of the tree, parents first, `afterMs` after entry. */
function wordsAfter(tree: SimulatedNode, afterMs: number): string[] {
  return nodesOf(tree).map((node) => statusAt(node, ENTERED_AT + afterMs));
}

describe('a bracket', () => {
  const bracket = settleTree(aBracket({ target: [aFill(3_000, '10', '23.5')] }));

  it.each([
    [0, ['WORKING', 'AWAITING_PARENT_ORDER', 'AWAITING_PARENT_ORDER', 'AWAITING_PARENT_ORDER']],
    [999, ['WORKING', 'AWAITING_PARENT_ORDER', 'AWAITING_PARENT_ORDER', 'AWAITING_PARENT_ORDER']],
    [1_000, ['FILLED', 'WORKING', 'WORKING', 'WORKING']],
    [2_999, ['FILLED', 'WORKING', 'WORKING', 'WORKING']],
    [3_000, ['FILLED', 'FILLED', 'FILLED', 'CANCELED']],
  ])('%d ms after entry reads %j', (afterMs, words) => {
    expect(wordsAfter(bracket, afterMs)).toEqual(words);
  });

  it('is cancelled as a whole when its parent ends otherwise', () => {
    const parent = { fills: [aFill(1_000, '4', '22.7')], ending: anEnding(2_000, 'EXPIRED') };
    const words = wordsAfter(settleTree({ ...aBracket({}), ...parent }), 2_000);
    expect(words).toEqual(['EXPIRED', 'CANCELED', 'CANCELED', 'CANCELED']);
  });

  it('waits for ever under a parent that works for ever', () => {
    const words = wordsAfter(settleTree({ ...aBracket({}), fills: [] }), LONG_AFTER);
    expect(words).toEqual(['WORKING', 'AWAITING_PARENT_ORDER', 'AWAITING_PARENT_ORDER', 'AWAITING_PARENT_ORDER']);
  });
});

describe('orders that cancel each other', () => {
  it('keep what the loser filled in part, and drop what it would have filled later', () => {
    const loser = anOrder({ orderId: '2', fills: [aFill(500, '3', '22'), aFill(5_000, '7', '22')] });
    const group = settleTree(aGroup([anOrder({ orderId: '1', fills: [aFill(1_000, '10', '23')] }), loser]));
    expect(ordersOf(group)[1]).toMatchObject({ fills: [loser.fills[0]], ending: { status: 'CANCELED' } });
  });

  it('leave an ending alone that was scripted', () => {
    const late = anOrder({ orderId: '2', fills: [aFill(5_000, '10', '22')], ending: anEnding(4_000, 'EXPIRED') });
    const group = settleTree(aGroup([anOrder({ orderId: '1', fills: [aFill(1_000, '10', '23')] }), late]));
    expect(ordersOf(group)[1]).toEqual(late);
  });

  it('stand in a group that is open while one of them is, and then ends with the last', () => {
    const pair = [anOrder({ orderId: '1', ending: anEnding(1_000, 'CANCELED') }), anOrder({ orderId: '2' })];
    expect(groupAtInstant(aGroup(pair), ENTERED_AT + LONG_AFTER)).toEqual({ status: 'WORKING', closedAt: null });
    const ended = pair.map((order, index) => ({ ...order, ending: anEnding(1_000 * (index + 1), 'CANCELED') }));
    const closedAt = ENTERED_AT + 2_000;
    expect(groupAtInstant(aGroup(ended), closedAt)).toEqual({ status: 'CANCELED', closedAt });
  });
});

describe('a tree', () => {
  it('lists its real orders without its groups', () => {
    const tree = aBracket({});
    expect(nodesOf(tree)).toHaveLength(4);
    expect(ordersOf(tree).map(({ orderId }) => orderId)).toEqual(['1', '3', '4']);
  });

  it('takes a changed order in its place, and changes nothing else', () => {
    const tree = aBracket({});
    const changed = anOrder({ orderId: '4', ending: anEnding(1, 'CANCELED') });
    const after = replaceIn(tree, changed);
    expect(ordersOf(after).map((order) => order === changed)).toEqual([false, false, true]);
    expect(nodesOf(after).map(({ orderId }) => orderId)).toEqual(nodesOf(tree).map(({ orderId }) => orderId));
  });
});
