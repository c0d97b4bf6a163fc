import { describe, expect, it } from 'vitest';
import { nodesOf } from './order-tree.ts';
import { scriptedNodeSchema, scriptedOrderSchema } from './script-order.ts';
import { NO_ODDITIES } from './simulated-order.ts';
import { orderFromScript, treeFromScript } from './tree-from-script.ts';

const MARKET_BUY = { symbol: 'GME', instruction: 'BUY', orderType: 'MARKET', quantity: '10' };
const FILL = { afterMs: 0, quantity: '1', price: '1' };
const CALL = { symbol: 'NVDA  281215C00180000', instruction: 'SELL_TO_OPEN' };
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

  it.each([
    ['no symbol and no legs', { symbol: undefined }, 'symbol'],
    ['legs beside a symbol', { legs: [CALL, CALL] }, 'legs'],
    ['two ways to tell a price', { fills: [{ ...FILL, parts: [{ quantity: '1', price: '1' }] }] }, 'fills.0.price'],
    ['no price', { fills: [{ ...FILL, price: undefined }] }, 'fills.0.price'],
    ['prices by leg without legs', { fills: [{ ...FILL, price: undefined, legPrices: ['1'] }] }, 'fills.0.price'],
    [
      'parts that do not add up',
      { fills: [{ ...FILL, price: null, parts: [{ quantity: '2', price: '1' }] }] },
      'fills.0.parts',
    ],
    [
      'a correction without a price',
      { fills: [{ ...FILL, correction: { afterMs: 9, kind: 'CORRECTED' } }] },
      'fills.0.correction',
    ],
    [
      'a correction before the trade',
      { fills: [{ ...FILL, correction: { afterMs: -1, kind: 'BUSTED' } }] },
      'fills.0.correction',
    ],
    ['never, misspelt', { fills: [{ ...FILL, legsAfterMs: 'nevr' }] }, 'fills.0.legsAfterMs'],
    [
      'a replacement of nothing',
      { fills: [{ ...FILL, quantity: '10' }], replacedBy: { afterMs: 1 } },
      'replacedBy.quantity',
    ],
    [
      'a replacement beside an ending',
      { ending: { afterMs: 1, status: 'EXPIRED' }, replacedBy: { afterMs: 1 } },
      'replacedBy',
    ],
    [
      'a wrong child',
      { triggers: [{ oco: [MARKET_BUY, { ...MARKET_BUY, quantity: '-1' }] }] },
      'triggers.0.oco.1.quantity',
    ],
    ['a pair of one', { triggers: [{ oco: [MARKET_BUY] }] }, 'triggers.0.oco'],
  ])('names the field for %s', (_what, change, field) => {
    const result = scriptedNodeSchema.safeParse({ ...MARKET_BUY, ...change });
    expect(result.error?.issues.map(({ path }) => path.join('.'))).toEqual([field]);
  });

  it('may be filled beyond its quantity, or before its entry, when that is allowed', () => {
    const fills = [{ afterMs: -5, quantity: '11', price: '1' }];
    const order = scripted({ ...MARKET_BUY, fills, allowOverfill: true, allowFillBeforeEntry: true });
    expect(order.fills).toEqual([{ at: NOW - 5, quantity: '11', price: '1' }]);
  });

  it('has each fill of a spread in the ratio of its legs', () => {
    const legs = [{ symbol: 'NVDA', instruction: 'BUY', ratio: '100' }, CALL];
    const fills = [{ afterMs: 5, quantity: '2', legPrices: ['176.2405', '1.25'] }];
    const order = scripted({ legs, orderType: 'NET_DEBIT', quantity: '3', fills });
    expect(order).toMatchObject({ symbol: 'NVDA', instruction: 'BUY', complexStrategy: 'CUSTOM' });
    expect(order.fills).toEqual([
      {
        at: NOW + 5,
        quantity: '2',
        executions: [
          { legId: '1', quantity: '200', price: '176.2405' },
          { legId: '2', quantity: '2', price: '1.25' },
        ],
      },
    ]);
  });

  it('gives its account and its entry to all below it', () => {
    const fills = [{ afterMs: -900, quantity: '10', price: '1' }];
    const child = { ...MARKET_BUY, fills: [{ ...fills[0], afterMs: -500 }] };
    const script = scriptedNodeSchema.parse({
      ...MARKET_BUY,
      account: '1',
      enteredAfterMs: -1_000,
      fills,
      triggers: [{ oco: [child, MARKET_BUY] }],
    });
    let ids = 0;
    const [tree] = treeFromScript(script, { nextOrderId: () => String((ids += 1)), accountNumber: '1', now: NOW });
    expect(nodesOf(tree).map(({ orderId, enteredAt }) => [orderId, enteredAt - NOW])).toEqual(
      ['1', '2', '3', '4'].map((id) => [id, -1_000]),
    );
  });

  it('refuses a misspelt field', () => {
    const result = scriptedOrderSchema.safeParse({ ...MARKET_BUY, limtPrice: '1' });
    expect(result.error?.issues[0]?.message).toContain('limtPrice');
  });
});
