import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readPlaceOrderRequest } from './place-order-request.ts';

const LEG = { instruction: 'BUY', quantity: '100', instrument: { symbol: 'AAPL', assetType: 'EQUITY' } };
const LIMIT_BUY = {
  orderType: 'LIMIT',
  session: 'NORMAL',
  duration: 'DAY',
  orderStrategyType: 'SINGLE',
  price: '213.41',
  orderLegCollection: [LEG],
};

function refusedFields(body: object): string[] {
  try {
    readPlaceOrderRequest(body);
    return [];
  } catch (error) {
    if (error instanceof z.ZodError) return error.issues.map(({ path }) => path.join('.'));
    throw error;
  }
}

describe('readPlaceOrderRequest', () => {
  it('keeps the limit price digit for digit', () => {
    expect(readPlaceOrderRequest(LIMIT_BUY)).toMatchObject({ shares: 100, limitPrice: '213.41', symbol: 'AAPL' });
  });

  it('drops the price of a market order', () => {
    expect(readPlaceOrderRequest({ ...LIMIT_BUY, orderType: 'MARKET' }).limitPrice).toBeNull();
  });

  it.each([
    ['a destination, which only reports carry', { requestedDestination: 'AUTO' }, 'requestedDestination'],
    ['an order of several orders', { orderStrategyType: 'OCO' }, 'orderStrategyType'],
    ['a duration that equities do not have', { duration: 'IMMEDIATE_OR_CANCEL' }, 'duration'],
    ['a limit order without a price', { price: undefined }, 'price'],
    ['a price of zero', { price: '0.0' }, 'price'],
    ['no leg', { orderLegCollection: [] }, 'orderLegCollection'],
    ['a part of a share', { orderLegCollection: [{ ...LEG, quantity: '0.5' }] }, 'orderLegCollection.0.quantity'],
    ['two legs', { orderLegCollection: [LEG, LEG] }, 'orderLegCollection'],
  ])('refuses %s', (_what, change, field) => {
    expect(refusedFields({ ...LIMIT_BUY, ...change })).toEqual([field]);
  });
});
