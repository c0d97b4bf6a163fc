import { describe, expect, it } from 'vitest';
import { aFill, anEnding, anOrder, ENTERED_AT } from '../testing/order-builder.ts';
import { orderAtInstant } from './order-at-instant.ts';
import { withdrawOrder } from './withdraw-order.ts';

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
