import { describe, expect, it } from 'vitest';
import { orderFromScript, scriptedOrderSchema } from './script-order.ts';
import { NO_ODDITIES } from './simulated-order.ts';

const MARKET_BUY = { symbol: 'GME', instruction: 'BUY', orderType: 'MARKET', quantity: '10' };
const NOW = 1_700_000_000_000;

function scripted(input: object) {
  return orderFromScript(scriptedOrderSchema.parse(input), { orderId: '1', accountNumber: '12345678', now: NOW });
}

describe('a scripted order', () => {
  it('needs nothing but symbol, instruction, type and quantity', () => {
    expect(scripted(MARKET_BUY)).toMatchObject({
      enteredAt: NOW,
      quantity: '10',
      limitPrice: null,
      fills: [],
      ending: null,
      oddities: NO_ODDITIES,
    });
  });

  it('may have happened in part already, and orders its fills by time', () => {
    const order = scripted({
      ...MARKET_BUY,
      enteredAfterMs: -60_000,
      fills: [
        { afterMs: 500, quantity: '4', price: '22.7301' },
        { afterMs: -30_000, quantity: '6', price: '22.7299' },
      ],
    });
    expect(order.enteredAt).toBe(NOW - 60_000);
    expect(order.fills.map(({ at }) => at - NOW)).toEqual([-30_000, 500]);
  });

  it('takes null for what is not given, as clients of other languages write it', () => {
    const nulls = { account: null, limitPrice: null, stopPrice: null, ending: null };
    expect(scripted({ ...MARKET_BUY, ...nulls })).toEqual(scripted(MARKET_BUY));
  });

  it('takes whole numbers as decimals, since they are exact', () => {
    expect(scripted({ ...MARKET_BUY, quantity: 25 }).quantity).toBe('25');
  });

  it.each([
    ['an unknown instruction', { instruction: 'HOLD' }, 'instruction'],
    ['a price that has been a double', { fills: [{ afterMs: 0, quantity: '1', price: 22.7299 }] }, 'fills.0.price'],
    ['a price of zero', { fills: [{ afterMs: 0, quantity: '1', price: '0.00' }] }, 'fills.0.price'],
    ['an exponent', { quantity: '1e1' }, 'quantity'],
    ['more fills than shares', { fills: [{ afterMs: 0, quantity: '10.5', price: '1' }] }, 'fills'],
    ['a fill before the entry', { fills: [{ afterMs: -1, quantity: '1', price: '1' }] }, 'fills.0.afterMs'],
    ['an ending before the entry', { ending: { afterMs: -1, status: 'CANCELED' } }, 'ending.afterMs'],
    ['an ending that ends nothing', { ending: { afterMs: 1, status: 'WORKING' } }, 'ending.status'],
    ['a limit order without a limit', { orderType: 'LIMIT' }, 'limitPrice'],
  ])('names the field for %s', (_what, change, field) => {
    const result = scriptedOrderSchema.safeParse({ ...MARKET_BUY, ...change });
    expect(result.error?.issues.map(({ path }) => path.join('.'))).toEqual([field]);
  });

  it('refuses a misspelt field', () => {
    const result = scriptedOrderSchema.safeParse({ ...MARKET_BUY, limtPrice: '1' });
    expect(result.error?.issues[0]?.message).toContain('limtPrice');
  });
});
