import { describe, expect, it } from 'vitest';

import { writeOrderRequest } from './order-request.ts';
import type { OrderRequest } from './order-request.ts';

const limit: OrderRequest = {
  orderType: 'LIMIT',
  session: 'NORMAL',
  duration: 'DAY',
  price: '0.10',
  legs: [{ instruction: 'BUY', quantity: '10', symbol: 'GME' }],
};

describe('writeOrderRequest', () => {
  it('writes a limit order, its price digit by digit', () => {
    expect(writeOrderRequest(limit)).toBe(
      '{"orderType":"LIMIT","session":"NORMAL","duration":"DAY","price":0.10,"orderStrategyType":"SINGLE",' +
        '"orderLegCollection":[{"instruction":"BUY","quantity":10,"instrument":{"symbol":"GME","assetType":"EQUITY"}}]}',
    );
  });

  it('writes no price on a market order', () => {
    const { price: _price, ...terms } = limit;
    expect(writeOrderRequest({ ...terms, orderType: 'MARKET' })).not.toContain('price');
  });

  it('keeps a price that no double holds', () => {
    expect(writeOrderRequest({ ...limit, price: '9007199254.0000000003' })).toContain('"price":9007199254.0000000003,');
  });

  it.each(['0', '0.00', '-1', '1e3', '01', '.5', '1.', '1,000', '', 'NaN', '1} '])('refuses the price %j', (price) => {
    expect(() => writeOrderRequest({ ...limit, price })).toThrow('price is not a positive decimal');
  });

  it.each(['0', '1.5', '-1', '1e3', '', '10 '])('refuses the quantity %j', (quantity) => {
    const legs = [{ instruction: 'BUY' as const, quantity, symbol: 'GME' }];
    expect(() => writeOrderRequest({ ...limit, legs })).toThrow('quantity is not a positive whole number');
  });

  it.each(['', 'gme', 'GME ', 'A"B'])('refuses the symbol %j', (symbol) => {
    const legs = [{ instruction: 'BUY' as const, quantity: '1', symbol }];
    expect(() => writeOrderRequest({ ...limit, legs })).toThrow('symbol');
  });

  it('refuses an order without legs', () => {
    expect(() => writeOrderRequest({ ...limit, legs: [] })).toThrow('needs a leg');
  });
});
