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

  it.each(['1.5E-7', '"61.436"', '-0.0', '1e40', '1e999', `1${'0'.repeat(60)}`])('takes %s for a number', (number) => {
    expect(parseOrder(withMember(`"price": ${number}`)).order.price).toBe(number.replaceAll('"', ''));
  });

  it('reads children as orders', () => {
    const { children, odd } = parseOrder(withMember(`"childOrderStrategies": [${filled}]`));
    expect(children).toMatchObject([{ path: 'childOrderStrategies[0]', order: { orderId: '1005639387086' }, odd: [] }]);
    expect(odd).toEqual([]);
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
    expect(parseOrderList('[]')).toEqual({ orders: [], odd: [], rows: 0 });
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
    ['no order id', '{"status":"NEW"}', 'orderId: is missing'],
    ['a null for an order id', '{"orderId":null,"status":"NEW"}', 'orderId: is missing'],
    ['an order id of another kind', '{"orderId":{},"status":"NEW"}', 'orderId: must be an order id'],
    ['order id 0', '{"orderId":0,"status":"NEW"}', 'orderId: must be an order id'],
    ['a fractional order id', '{"orderId":1.5,"status":"NEW"}', 'orderId: must be an order id'],
    ['a float order id', '{"orderId":1.005E12,"status":"NEW"}', 'orderId: must be an order id'],
    ['an order id of 20 digits', '{"orderId":10000000000000000000,"status":"NEW"}', 'orderId: must be an order id'],
    ['no status', '{"orderId":7}', 'status: is missing'],
    ['nothing', '{}', 'orderId: is missing'],
    ['an error for it', '{"message":"Invalid account number"}', 'is no order but an error message'],
    ['errors for it', '{"errors":[{"status":401}]}', 'is no order but an error message'],
    ['a message beside its status', '{"status":"NEW","message":""}', 'orderId: is missing'],
    ['an empty status', '{"orderId":7,"status":""}', 'status: must be a word'],
    ['a status that is true', '{"orderId":7,"status":true}', 'status: must be a word'],
    ['a status that is a number', '{"orderId":7,"status":1e5}', 'status: must be a word'],
    ['a quantity that is an object', withMember('"quantity":{}'), 'quantity: must be a number'],
    ['a quantity that is a word', withMember('"quantity":"NaN"'), 'quantity: must be a number'],
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

describe('an order with odd ones below it', () => {
  it.each<[what: string, children: string, odd: readonly object[]]>([
    ['a child without a status', '[{"orderId":8}]', [{ orderId: '8', problem: '[0].status: is missing' }]],
    ['a child without an id', '[{"status":"NEW"}]', [{ orderId: null, problem: '[0].orderId: is missing' }]],
    ['a child that is null', '[null]', [{ orderId: null, problem: '[0]: must be an object', text: 'null' }]],
    ['a child that is a list', '[[]]', [{ orderId: null, problem: '[0]: must be an object', text: '[]' }]],
    ['children that are no list', '{"orderId":8}', [{ orderId: null, problem: ': must be an array' }]],
  ])('is read, and tells of %s', (_what, children, odd) => {
    const tree = parseOrder(withMember(`"quantity": 1, "childOrderStrategies": ${children}`));
    expect(tree).toMatchObject({ order: { orderId: '7', quantity: '1' }, children: [] });
    expect(
      tree.odd.map((each) => ({ ...each, problem: each.problem.replace('childOrderStrategies', '') })),
    ).toMatchObject(odd);
  });

  it('is read with its other children, and with those below the odd one', () => {
    const odd = `{"orderId":8,"status":5,"childOrderStrategies":[${filled},{"orderId":9}]}`;
    const tree = parseOrder(withMember(`"childOrderStrategies": [{"orderId":10,"status":"NEW"},${odd}]`));
    expect(tree.children.map(({ path, order }) => [path, order.orderId])).toEqual([
      ['childOrderStrategies[0]', '10'],
      ['childOrderStrategies[1].childOrderStrategies[0]', '1005639387086'],
    ]);
    expect(tree.odd.map(({ problem }) => problem)).toEqual([
      'childOrderStrategies[1].status: must be a word',
      'childOrderStrategies[1].childOrderStrategies[1].status: is missing',
    ]);
  });

  it('costs them nothing when it is odd itself, and counts as one row', () => {
    const { orders, odd, rows } = parseOrderList(`[{"orderId":8,"childOrderStrategies":[${filled},{"orderId":9}]}]`);
    expect(orders).toMatchObject([{ order: { orderId: '1005639387086' }, text: parseOrder(filled).text }]);
    expect(odd).toMatchObject([
      { index: 0, orderId: '8', problem: 'status: is missing' },
      { index: 0, orderId: '9', problem: 'childOrderStrategies[1].status: is missing' },
    ]);
    expect(rows).toBe(1);
  });
});

describe('a member that nothing reads', () => {
  it.each([
    '"cancelable":"false"',
    '"editable":{}',
    '"tag":["x"]',
    '"destinationLinkName":7',
    '"remainingQuantity":"NaN"',
    '"orderStrategyType":true',
    '"complexOrderStrategyType":{}',
    '"orderLegCollection":[{"positionEffect":{},"instrument":{"cusip":[],"putCall":1,"underlyingSymbol":{}}}]',
    '"orderActivityCollection":[{"quantity":"NaN"}]',
  ])('costs no order its fills: %s', (member) => {
    expect(parseOrder(withMember(member)).order.orderId).toBe('7');
  });
});

describe('what is not JSON', () => {
  it('is told by its element and the position in it', () => {
    const text = '[{"orderId":1,"status":"NEW"},\n  {"orderId":2,,}]';
    expect(() => parseOrderList(text)).toThrow(
      '[1]: not JSON (at character 13), counted from the start of this element',
    );
    expect(() => parseOrderFile('\n {"orderId":2,,}')).toThrow(/^not JSON \(at character 15\)$/);
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
