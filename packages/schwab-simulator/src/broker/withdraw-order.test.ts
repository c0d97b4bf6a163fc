import { describe, expect, it } from 'vitest';
import { aBracket, aFill, anEnding, anOrder, ENTERED_AT } from '../testing/order-builder.ts';
import { orderAtInstant } from './order-at-instant.ts';
import { statusAt } from './group-at-instant.ts';
import { nodesOf, settleTree } from './order-tree.ts';
import { withdrawOrder, withdrawTree } from './withdraw-order.ts';

const FILLS = [aFill(1_000, '4', '22.7299'), aFill(2_000, '6', '22.7301')];

function cancelAfter(order: ReturnType<typeof anOrder>, afterMs: number) {
  return withdrawOrder(order, { status: 'CANCELED', now: ENTERED_AT + afterMs, delayMs: 400 });
}

describe('withdrawOrder', () => {
  it('cancels what is still open and keeps what has filled', () => {
    const canceled = cancelAfter(anOrder({ fills: FILLS }), 1_200);
    expect(canceled).toMatchObject({ fills: [FILLS[0]], ending: { at: ENTERED_AT + 1_600, status: 'CANCELED' } });
  });

  it('lets a fill win that comes before the cancel has gone through', () => {
    const canceled = cancelAfter(anOrder({ fills: FILLS }), 1_700);
    expect(canceled === null ? null : orderAtInstant(canceled, ENTERED_AT + 9_000).status).toBe('FILLED');
  });

  it('refuses an order that is already over', () => {
    expect(cancelAfter(anOrder({ fills: FILLS }), 2_000)).toBeNull();
    expect(cancelAfter(anOrder({ ending: anEnding(500, 'REJECTED') }), 600)).toBeNull();
  });
});

describe('withdrawTree', () => {
  const bracket = settleTree(aBracket({ target: [aFill(3_000, '10', '23.5')] }));
  const wordsOf = (afterMs: number, status: 'CANCELED' | 'REPLACED', askedAfterMs: number) => {
    const tree = withdrawTree(bracket, { status, now: ENTERED_AT + askedAfterMs, delayMs: 400 });
    return tree === null ? null : nodesOf(tree).map((node) => statusAt(node, ENTERED_AT + afterMs));
  };

  it.each(['CANCELED', 'REPLACED'] as const)('cancels what waits for an order that is %s', (status) => {
    expect(wordsOf(500, status, 100)).toEqual([status, 'CANCELED', 'CANCELED', 'CANCELED']);
  });

  it('lets children live whose parent fills before the cancel has gone through', () => {
    expect(wordsOf(2_000, 'CANCELED', 700)).toEqual(['FILLED', 'WORKING', 'WORKING', 'WORKING']);
  });

  it('refuses an order that is over, whatever is still open below it', () => {
    expect(wordsOf(2_000, 'CANCELED', 1_500)).toBeNull();
  });
});
