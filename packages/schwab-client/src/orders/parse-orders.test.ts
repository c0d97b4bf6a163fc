import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { ShapeError } from '../errors.ts';
import { parseOrder, parseOrderFile, parseOrderList } from './parse-orders.ts';

const filled = `{
  "orderId": 1005639387086, "status": "FILLED", "quantity": 10.0, "filledQuantity": 10.0, "price": 48.720,
  "enteredTime": "2025-08-29T17:15:17+0000", "accountNumber": 12345678, "cancelable": false,
  "orderLegCollection": [{"legId": 1, "instrument": {"symbol": "SCHD"}, "instruction": "BUY", "quantity": 10.0}],
  "orderActivityCollection": [{"activityType": "EXECUTION", "activityId": 102102029816, "executionType": "FILL",
    "quantity": 10.0, "executionLegs": [{"legId": 1, "quantity": 10.0, "price": 22.7299, "time": "2025-08-29T17:15:18+0000"}]}]
}`;

const withMember = (member: string) => `{"orderId": 7, "status": "WORKING", ${member}}`;

function oddProblem(text: string): string | undefined {
  return parseOrderList(`[${text}]`).odd[0]?.problem;
}

describe('parseOrder', () => {
  it("keeps Schwab's words: numbers as they were written, times as text", () => {
    const { order } = parseOrder(filled);
    expect(order).toMatchObject({
      orderId: '1005639387086',
      quantity: '10.0',
      price: '48.720',
      accountNumber: '12345678',
    });
    expect(order.enteredTime).toBe('2025-08-29T17:15:17+0000');
    expect(order.orderActivityCollection?.[0]?.executionLegs?.[0]?.price).toBe('22.7299');
  });

  it('keeps an id above 2^53 to its last digit', () => {
    const text =
      '{"orderId":9223372036854775807,"status":"WORKING","orderActivityCollection":[{"activityId":9007199254740993}]}';
    const { order } = parseOrder(text);
    expect(order.orderId).toBe('9223372036854775807');
    expect(order.orderActivityCollection?.[0]?.activityId).toBe('9007199254740993');
  });

  it('gives the JSON of the order back, value by value, for hashing', () => {
    const { text } = parseOrder(filled);
    expect(text).toContain('"quantity":10.0,"filledQuantity":10.0,"price":48.720,');
    expect(JSON.parse(text)).toEqual(JSON.parse(filled));
    expect(parseOrder(text).text).toBe(text);
  });

  it('needs nothing but an id and a status', () => {
    expect(parseOrder('{"orderId":"12","status":"NEW"}').order).toEqual({ orderId: '12', status: 'NEW' });
  });

  it('takes null for absent, as Schwab does', () => {
    const { order } = parseOrder(withMember('"closeTime": null, "orderActivityCollection": null, "price": null'));
    expect(order).toEqual({ orderId: '7', status: 'WORKING' });
  });

  it('keeps words and members that nobody knows', () => {
    const { order } = parseOrder('{"orderId":7,"status":"PENDING_MOON_PHASE","session":"NIGHT","moon":{"phase":0.50}}');
    expect(order).toEqual({ orderId: '7', status: 'PENDING_MOON_PHASE', session: 'NIGHT', moon: { phase: '0.50' } });
  });

  it.each(['1.5E-7', '"61.436"', '-0.0', '1e40'])('takes %s for a number', (number) => {
    expect(parseOrder(withMember(`"price": ${number}`)).order.price).toBe(number.replaceAll('"', ''));
  });

  it('reads children as orders', () => {
    const { order } = parseOrder(withMember(`"childOrderStrategies": [${filled}]`));
    expect(order.childOrderStrategies?.[0]?.orderId).toBe('1005639387086');
  });

  it('reads children twenty generations deep', () => {
    let text = '{"orderId":1,"status":"NEW"}';
    for (let generation = 0; generation < 20; generation++) {
      text = `{"orderId":1,"status":"NEW","childOrderStrategies":[${text}]}`;
    }
    expect(parseOrder(text).text).toBe(text);
  });

  it.each([
    ['nothing', ''],
    ['cut off', '{"orderId": 7, "status": "WORK'],
    ['a page', '<html>Access Denied</html>'],
    ['an array', '[]'],
    ['null', 'null'],
  ])('refuses a body that is %s', (_what, text) => {
    expect(() => parseOrder(text)).toThrow(ShapeError);
  });
});

describe('parseOrderList', () => {
  it('reads an empty list', () => {
    expect(parseOrderList('[]')).toEqual({ orders: [], odd: [] });
  });

  it.each(['marinating', 'WARTET_AUF_ÖFFNUNG', '</script><b>FILLED</b>', 'filled (maybe)'])(
    'takes a status that nobody ever heard of as it is: %s',
    (status) => {
      const { orders, odd } = parseOrderList(JSON.stringify([{ orderId: 8, status }]));
      expect(odd).toEqual([]);
      expect(orders[0]?.order.status).toBe(status);
    },
  );

  it('sets an odd element aside and reads all others', () => {
    const { orders, odd } = parseOrderList(`[${filled}, {"orderId": 8, "status": 5}, null, ${filled}]`);
    expect(orders).toHaveLength(2);
    expect(odd).toEqual([
      { index: 1, orderId: '8', problem: 'status: must be a word', text: '{"orderId":8,"status":5}' },
      { index: 2, orderId: null, problem: 'must be an object', text: 'null' },
    ]);
  });

  it.each([
    ['no order id', '{"status":"NEW"}', 'orderId: must be an order id'],
    ['an order id of another kind', '{"orderId":{},"status":"NEW"}', 'orderId: must be an order id'],
    ['order id 0', '{"orderId":0,"status":"NEW"}', 'orderId: must be an order id'],
    ['a fractional order id', '{"orderId":1.5,"status":"NEW"}', 'orderId: must be an order id'],
    ['a float order id', '{"orderId":1.005E12,"status":"NEW"}', 'orderId: must be an order id'],
    ['an order id of 20 digits', '{"orderId":10000000000000000000,"status":"NEW"}', 'orderId: must be an order id'],
    ['no status', '{"orderId":7}', 'status: must be a word'],
    ['an empty status', '{"orderId":7,"status":""}', 'status: must be a word'],
    ['a status that is true', '{"orderId":7,"status":true}', 'status: must be a word'],
    ['a status that is a number', '{"orderId":7,"status":1e5}', 'status: must be a word'],
    ['a quantity that is an object', withMember('"quantity":{}'), 'quantity: must be a number'],
    ['a quantity that is a word', withMember('"quantity":"NaN"'), 'quantity: must be a number'],
    ['a quantity without end', withMember(`"quantity":1${'0'.repeat(40)}`), 'quantity: must be a number'],
    ['a price that would fill the memory', withMember('"price":1e999'), 'price: must be a number'],
    ['an absurdly small price', withMember('"price":1e-41'), 'price: must be a number'],
    ['legs that are no list', withMember('"orderLegCollection":{}'), 'orderLegCollection: must be an array'],
    [
      'an execution without a number for a quantity',
      withMember('"orderActivityCollection":[{"executionLegs":[{"quantity":1},{"quantity":[]}]}]'),
      'orderActivityCollection[0].executionLegs[1].quantity: must be a number',
    ],
    [
      'an activity that is null',
      withMember('"orderActivityCollection":[null]'),
      'orderActivityCollection[0]: must be an object',
    ],
    [
      'an odd grandchild',
      withMember('"childOrderStrategies":[{"orderId":8,"status":"NEW","childOrderStrategies":[{"orderId":9}]}]'),
      'childOrderStrategies[0].childOrderStrategies[0].status: must be a word',
    ],
    ['a price named twice', withMember('"price":1,"price":2'), 'an object names one key twice'],
    ['a list', '[]', 'must be an object'],
    ['a number', '7', 'must be an object'],
  ])('calls an element with %s odd, and says where', (_what, text, problem) => {
    expect(oddProblem(text)).toBe(problem);
  });

  it('survives an element nested a million deep, and reads its neighbours', () => {
    const bomb = withMember(`"childOrderStrategies": ${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}`);
    const { orders, odd } = parseOrderList(`[${filled},${bomb},${filled}]`);
    expect(orders).toHaveLength(2);
    expect(odd).toMatchObject([{ index: 1, orderId: null, problem: 'nested deeper than 48 levels' }]);
    expect(odd[0]?.text.length).toBeLessThanOrEqual(100_000);
  });

  it('takes no prototype from an order', () => {
    const { order } = parseOrder(withMember('"__proto__": {"price": "1"}, "constructor": {"prototype": {}}'));
    expect(order.price).toBeUndefined();
    expect(Object.getPrototypeOf(order)).toBe(Object.prototype);
  });

  it('never quotes a value in a problem', () => {
    expect(oddProblem(withMember('"accountNumber": {"secret": 87650123}, "quantity": "87650123x"'))).not.toContain(
      '8765',
    );
  });

  it.each(['', '{}', '"x"', '[{"orderId":1,"status":"NEW"}', '[{"orderId":1,"status":"NEW"},]', '[abc]', '[}]'])(
    'refuses the whole of %j, which is no JSON array',
    (text) => {
      expect(() => parseOrderList(text)).toThrow(ShapeError);
    },
  );

  it('gives each element once, as an order or as odd, whatever the list holds', () => {
    const order = fc.record({ orderId: fc.integer({ min: 1 }), status: fc.constantFrom('NEW', 'FILLED', 'ODD_WORD') });
    fc.assert(
      fc.property(fc.array(fc.oneof(order, fc.jsonValue({ maxDepth: 3 }))), (elements) => {
        const { orders, odd } = parseOrderList(JSON.stringify(elements));
        expect(orders.length + odd.length).toBe(elements.length);
        for (const { index, text } of odd) expect(text).toBe(JSON.stringify(elements[index]));
      }),
    );
  });
});

describe('parseOrderFile', () => {
  it('reads one order', () => {
    expect(parseOrderFile(`\n ${filled}`)).toMatchObject([{ kind: 'order', report: { order: { status: 'FILLED' } } }]);
  });

  it('reads a list, odd elements in their place', () => {
    expect(parseOrderFile(`[{"id":1},${filled}]`).map(({ kind }) => kind)).toEqual(['odd', 'order']);
  });

  it('calls an object that is no order odd', () => {
    expect(parseOrderFile('{"message":"no"}')).toMatchObject([{ kind: 'odd', odd: { index: 0, orderId: null } }]);
  });

  it.each(['', 'null', '7', '"order"', '{', '[', '{"orderId":7,}', 'order'])('refuses a file of %j', (text) => {
    expect(() => parseOrderFile(text)).toThrow(ShapeError);
  });
});
