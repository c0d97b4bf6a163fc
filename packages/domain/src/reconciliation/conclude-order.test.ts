import { describe, expect, it } from 'vitest';
import { decimal, decimalText } from '../decimal.ts';
import { type FillInput, fillOf, legOf, orderOf } from '../testing/builders.ts';
import type { ReportedOrder } from '../order/reported-order.ts';
import { type Conclusion, concludeOrder } from './conclude-order.ts';

function conclude(order: Partial<ReportedOrder>, ...fills: readonly FillInput[]): Conclusion {
  return concludeOrder(orderOf(order), fills.map(fillOf));
}

const VERTICAL = {
  quantity: decimal('1'),
  limitPrice: decimal('2'),
  legs: [
    legOf({ legId: '1', instruction: 'SELL_TO_OPEN', assetType: 'OPTION', quantity: decimal('1') }),
    legOf({ legId: '2', instruction: 'BUY_TO_OPEN', assetType: 'OPTION', quantity: decimal('1') }),
  ],
};

describe('concludeOrder', () => {
  it('completes a filled order at its exact price', () => {
    const { averagePrice, sum, filledQuantity, ...rest } = conclude(
      { brokerStatus: 'FILLED', filledQuantity: decimal('100') },
      { price: '22.7299', quantity: '100' },
    );
    expect([averagePrice, sum, filledQuantity].map((value) => value?.toFixed())).toEqual(['22.7299', '2272.99', '100']);
    expect(rest).toMatchObject({ status: 'COMPLETED', outcome: 'FILLED', priceCents: 2273, netPrice: null, flags: [] });
  });

  it('shows the price of the part that a working order has filled', () => {
    const { status, outcome, averagePrice } = conclude(
      { filledQuantity: decimal('40') },
      { price: '22.5', quantity: '40' },
    );
    expect([status, outcome, averagePrice?.toFixed()]).toEqual(['PENDING', null, '22.5']);
  });

  it('prices a spread as a whole, and never one leg as the order', () => {
    const { status, averagePrice, sum, priceCents, netPrice } = conclude(
      { ...VERTICAL, brokerStatus: 'FILLED', filledQuantity: decimal('1') },
      { legId: '1', price: '5.25', quantity: '1' },
      { legId: '2', price: '3.1', quantity: '1' },
    );
    expect([status, averagePrice, sum, priceCents]).toEqual(['COMPLETED', null, null, null]);
    expect(netPrice && `${decimalText(netPrice.amount)} ${netPrice.effect}`).toBe('2.15 CREDIT');
  });

  it('gives a spread no net price while its legs are out of ratio', () => {
    const { status, netPrice, flags } = conclude(
      { ...VERTICAL, filledQuantity: decimal('1') },
      { legId: '1', price: '5.25', quantity: '1' },
    );
    expect([status, netPrice, flags]).toEqual(['PENDING', null, ['FILLS_DO_NOT_SUM']]);
  });

  it('keeps a filled spread pending when a side is not known: its price would be a guess', () => {
    const legs = [legOf({ legId: '1', instruction: 'EXCHANGE' }), legOf({ legId: '2' })];
    const { status, netPrice, flags } = conclude(
      { ...VERTICAL, legs, brokerStatus: 'FILLED', filledQuantity: decimal('100'), quantity: decimal('100') },
      { legId: '1', price: '5.25', quantity: '100' },
      { legId: '2', price: '3.1', quantity: '100' },
    );
    expect([status, netPrice, flags]).toEqual(['PENDING', null, ['UNPRICED']]);
  });

  it('adds alarms to the flags of the status rule', () => {
    const { status, flags } = conclude(
      { brokerStatus: 'REJECTED', filledQuantity: decimal('40') },
      { price: '99', quantity: '40', second: -60 },
    );
    expect(status).toBe('COMPLETED');
    expect(flags).toEqual(['REJECTED_WITH_FILLS', 'PRICE_OUTSIDE_LIMIT', 'FILL_BEFORE_ENTRY']);
  });

  it('does not end an order for having a closing time', () => {
    expect(conclude({ closeTime: 0 }).status).toBe('PENDING');
  });
});
