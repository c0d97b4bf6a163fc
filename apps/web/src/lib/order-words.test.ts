import { describe, expect, it } from 'vitest';
import { anOrder } from '../testing/builders.ts';
import { brokerWord, flagMeaning, orderName, standingOf, termsOf } from './order-words.ts';

describe('words for an order', () => {
  it.each([
    [{ status: 'PENDING', outcome: null, filledQuantity: '0' }, 'Pending', 'accent'],
    [{ status: 'PENDING', outcome: null, filledQuantity: null }, 'Pending', 'accent'],
    [{ status: 'PENDING', outcome: null, filledQuantity: '40' }, 'Filling', 'accent'],
    [{ status: 'PENDING', outcome: null, filledQuantity: '40', flags: ['UNPRICED'] }, 'Unpriced', 'warn'],
    [{ status: 'PENDING', outcome: null, filledQuantity: '40', flags: ['REPORT_UNREADABLE'] }, 'Unreadable', 'warn'],
    [{ status: 'COMPLETED', outcome: 'FILLED', filledQuantity: '100' }, 'Filled', 'good'],
    [{ status: 'COMPLETED', outcome: 'PARTIALLY_FILLED', filledQuantity: '40' }, 'Partly filled', 'warn'],
    [{ status: 'COMPLETED', outcome: 'CLOSED_BY_OPERATOR', filledQuantity: '40' }, 'Closed by operator', 'warn'],
    [{ status: 'FAILED', outcome: 'CANCELED', filledQuantity: '0' }, 'Canceled', 'neutral'],
    [{ status: 'FAILED', outcome: 'REJECTED', filledQuantity: '0' }, 'Rejected', 'bad'],
  ] as const)('%j stands as %s', (order, word, tone) => {
    expect(standingOf({ flags: [], ...order })).toEqual({ word, tone });
  });

  it.each([
    [{ orderType: 'MARKET', limitPrice: null, stopPrice: null }, 'Market'],
    [{ orderType: 'LIMIT', limitPrice: '22.8', stopPrice: null }, 'Limit 22.80'],
    [{ orderType: 'STOP_LIMIT', limitPrice: '20.5', stopPrice: '21' }, 'Stop limit 21.00 / 20.50'],
    [{ orderType: null, limitPrice: null, stopPrice: null }, ''],
  ])('%j reads %s', (terms, text) => {
    expect(termsOf(terms)).toBe(text);
  });

  it('names an order, its further legs, and one that the broker has not shown yet', () => {
    expect(orderName(anOrder())).toBe('Buy 100 GME');
    expect(orderName(anOrder({ instruction: 'SELL_TO_OPEN', legCount: 3 }))).toBe('Sell to open 100 GME and 2 more');
    const unseen = { instruction: null, quantity: null, symbol: null, legCount: 0 };
    expect(orderName(anOrder(unseen))).toBe('Order not seen at the broker yet');
    expect(orderName(anOrder({ ...unseen, flags: ['REPORT_UNREADABLE'] }))).toBe('Order that cannot be read');
  });

  it.each([
    ['WORKING', [], 'WORKING'],
    ['WORKING', ['REPORT_UNREADABLE'], 'WORKING'],
    [null, ['REPORT_UNREADABLE'], 'unreadable'],
    [null, [], 'not seen yet'],
  ])('gives the word of the broker: %j with the flags %j is %s', (brokerStatus, flags, word) => {
    expect(brokerWord({ brokerStatus, flags })).toBe(word);
  });

  it('explains flags, and does not fail on one that is new', () => {
    expect(flagMeaning('UNPRICED')).toContain('unknown, not zero');
    for (const flag of ['BRAND_NEW', 'constructor']) {
      expect(flagMeaning(flag)).toBe('A flag that this page does not know.');
    }
  });
});
