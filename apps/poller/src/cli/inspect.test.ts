import { type Inspection, inspection, type InspectedOrder } from '@fill-tracker/contract';
import { describe, expect, it } from 'vitest';
import { inspectText } from './inspect.ts';

/** What is printed for such a text, held against the contract. */
function inspected(text: string): Inspection {
  return inspection.parse(inspectText('orders.json', text, () => undefined));
}

function elementsOf(value: unknown): unknown[] {
  const answer = inspected(JSON.stringify(value));
  if ('error' in answer) throw new Error(answer.error.message);
  return answer.orders;
}

function conclusionOf(fields: object): InspectedOrder {
  const [only] = elementsOf({ orderId: 1_000_000_000_001, status: 'FILLED', ...fields });
  return only as InspectedOrder;
}

const SHARES = { orderLegType: 'EQUITY', instrument: { assetType: 'EQUITY', symbol: 'GME' }, instruction: 'BUY' };
const CALL = { orderLegType: 'OPTION', instrument: { assetType: 'OPTION', symbol: 'GME   260116C00025000' } };

const leg = (legId: number, quantity: number, more: object = SHARES): object => ({ legId, quantity, ...more });

function fill(quantity: number, price: number, second = 1, more: object = {}): object {
  const time = `2026-01-05T15:00:${String(second).padStart(2, '0')}+0000`;
  return execution('FILL', [{ legId: 1, quantity, price, time, ...more }]);
}

const execution = (executionType: string, executionLegs: object[], more: object = {}): object => ({
  activityType: 'EXECUTION',
  executionType,
  executionLegs,
  ...more,
});

const ONE_LEG = { quantity: 10, filledQuantity: 10, orderLegCollection: [leg(1, 10)] };

describe('one order of one leg', () => {
  it('has its average, its leg and its fills by time', () => {
    const order = conclusionOf({ ...ONE_LEG, orderActivityCollection: [fill(3, 22.7301, 5), fill(7, 22.7299, 2)] });
    expect(order).toMatchObject({
      status: 'COMPLETED',
      outcome: 'FILLED',
      quantity: '10',
      filledQuantity: '10',
      averagePrice: '22.72996',
      netPrice: null,
      legs: [{ legId: '1', instruction: 'BUY', symbol: 'GME', filledQuantity: '10', averagePrice: '22.72996' }],
      flags: [],
      children: [],
    });
    expect(order.fills.map(({ price, occurredAt }) => [price, occurredAt])).toEqual([
      ['22.7299', '2026-01-05T15:00:02.000Z'],
      ['22.7301', '2026-01-05T15:00:05.000Z'],
    ]);
  });

  it('is said to be filled, and has no price: it stays pending', () => {
    const unpriced = { status: 'PENDING', outcome: null, averagePrice: null, fills: [], flags: ['UNPRICED'] };
    expect(conclusionOf(ONE_LEG)).toMatchObject(unpriced);
    expect(conclusionOf({ ...ONE_LEG, orderActivityCollection: [fill(10, 0)] })).toMatchObject(unpriced);
  });

  it('has fills that do not add up: it stays pending', () => {
    expect(conclusionOf({ ...ONE_LEG, orderActivityCollection: [fill(9, 22.73)] })).toMatchObject({
      status: 'PENDING',
      flags: ['FILLS_DO_NOT_SUM'],
      fills: [{ quantity: '9' }],
    });
  });

  it('was rejected, and yet something traded', () => {
    const rejected = { ...ONE_LEG, status: 'REJECTED', filledQuantity: 4, orderActivityCollection: [fill(4, 22.73)] };
    expect(conclusionOf(rejected)).toMatchObject({
      status: 'COMPLETED',
      outcome: 'PARTIALLY_FILLED',
      averagePrice: '22.73',
      flags: ['REJECTED_WITH_FILLS'],
    });
  });

  it('has a status or an execution of a kind that nobody knows', () => {
    const order = conclusionOf({
      ...ONE_LEG,
      status: 'MARINATING',
      orderActivityCollection: [fill(10, 22.73), execution('BUSTED', [{ legId: 1, quantity: 10, price: 22.73 }])],
    });
    expect(order).toMatchObject({ brokerStatus: 'MARINATING', status: 'PENDING', averagePrice: '22.73' });
    expect(order.flags).toEqual(['UNKNOWN_STATUS', 'UNKNOWN_EXECUTION_TYPE']);
    expect(order.fills).toHaveLength(1);
  });

  it('was cancelled: the leg of the cancel, at price zero, is no fill', () => {
    const cancel = execution('CANCELED', [{ legId: 1, quantity: 6, price: 0.0 }]);
    const part = {
      ...ONE_LEG,
      status: 'CANCELED',
      filledQuantity: 4,
      orderActivityCollection: [cancel, fill(4, 22.7299)],
    };
    expect(conclusionOf(part)).toMatchObject({ outcome: 'PARTIALLY_FILLED', averagePrice: '22.7299', flags: [] });
    const none = { ...ONE_LEG, status: 'CANCELED', filledQuantity: 0, orderActivityCollection: [cancel] };
    expect(conclusionOf(none)).toMatchObject({ status: 'FAILED', outcome: 'CANCELED', fills: [], averagePrice: null });
  });

  it('cost less than a cent a share', () => {
    const order = conclusionOf({ ...ONE_LEG, orderActivityCollection: [fill(10, 0.0043)] });
    expect(order).toMatchObject({ status: 'COMPLETED', averagePrice: '0.0043' });
  });

  it('has twins in one second: both count, under keys of their own', () => {
    const order = conclusionOf({ ...ONE_LEG, orderActivityCollection: [fill(5, 22.73), fill(5, 22.73)] });
    expect(order).toMatchObject({ status: 'COMPLETED', filledQuantity: '10' });
    expect(new Set(order.fills.map(({ key }) => key)).size).toBe(2);
  });

  it('does not say how much filled', () => {
    const { filledQuantity: _, ...silent } = ONE_LEG;
    const filled = conclusionOf({ ...silent, orderActivityCollection: [fill(10, 22.73)] });
    expect(filled).toMatchObject({ status: 'COMPLETED', filledQuantity: '10' });
    const canceled = conclusionOf({ ...silent, status: 'CANCELED', orderActivityCollection: [fill(4, 22.73)] });
    expect(canceled).toMatchObject({ outcome: 'PARTIALLY_FILLED', filledQuantity: '4' });
  });

  it('averages to a number without end, rounded half up to eight places', () => {
    const order = conclusionOf({ ...ONE_LEG, orderActivityCollection: [fill(7, 1), fill(3, 1.0000001)] });
    expect(order.averagePrice).toBe('1.00000003');
  });
});

describe('several legs', () => {
  it('a covered call costs its shares less the premium, per share', () => {
    const order = conclusionOf({
      quantity: 1,
      filledQuantity: 1,
      orderLegCollection: [leg(1, 100), leg(2, 1, { ...CALL, instruction: 'SELL_TO_OPEN' })],
      orderActivityCollection: [
        execution('FILL', [
          { legId: 2, quantity: 1, price: 1.21, time: '2026-01-05T15:00:01+0000' },
          { legId: 1, quantity: 100, price: 62.505, time: '2026-01-05T15:00:01+0000' },
        ]),
      ],
    });
    expect(order).toMatchObject({
      status: 'COMPLETED',
      averagePrice: null,
      netPrice: { amount: '61.295', effect: 'DEBIT' },
      legs: [
        { legId: '1', averagePrice: '62.505' },
        { legId: '2', averagePrice: '1.21' },
      ],
    });
  });

  it('a ratio spread counts its second leg twice', () => {
    const order = conclusionOf({
      quantity: 3,
      filledQuantity: 3,
      orderLegCollection: [
        leg(1, 3, { ...CALL, instruction: 'BUY_TO_OPEN' }),
        leg(2, 6, { ...CALL, instruction: 'SELL_TO_OPEN' }),
      ],
      orderActivityCollection: [
        execution('FILL', [
          { legId: 1, quantity: 3, price: 2.5 },
          { legId: 2, quantity: 6, price: 1.4 },
        ]),
      ],
    });
    expect(order).toMatchObject({ status: 'COMPLETED', netPrice: { amount: '0.3', effect: 'CREDIT' } });
  });
});

describe('trees', () => {
  const child = (orderId: number, fields: object): object => ({
    orderId,
    status: 'WORKING',
    orderLegCollection: [leg(1, 10)],
    ...fields,
  });

  it('a group has no status of its own, and no legs', () => {
    const children = [child(2, { status: 'CANCELED' }), child(3, {})];
    expect(conclusionOf({ status: 'WORKING', orderStrategyType: 'OCO', childOrderStrategies: children })).toMatchObject(
      {
        brokerStatus: 'WORKING',
        status: null,
        outcome: null,
        quantity: null,
        filledQuantity: null,
        legs: [],
        flags: [],
        children: [
          { brokerOrderId: '2', status: 'FAILED' },
          { brokerOrderId: '3', status: 'PENDING' },
        ],
      },
    );
  });

  it('a parent that filled stands for itself, and its children for themselves', () => {
    const oco = { orderId: 2, status: 'WORKING', childOrderStrategies: [child(3, {}), child(4, {})] };
    const order = conclusionOf({
      ...ONE_LEG,
      orderActivityCollection: [fill(10, 22.73)],
      childOrderStrategies: [oco],
    });
    expect(order).toMatchObject({
      status: 'COMPLETED',
      filledQuantity: '10',
      children: [{ status: null, children: [{ brokerOrderId: '3' }, { brokerOrderId: '4' }] }],
    });
  });
});

describe('what is odd', () => {
  const FILLED = { ...ONE_LEG, orderActivityCollection: [fill(10, 22.7299)] };
  const PRICED = { brokerOrderId: '1000000000001', status: 'COMPLETED', averagePrice: '22.7299' };

  it.each([
    ['a flag that is a word', { cancelable: 'false' }],
    ['a description that is a list', { statusDescription: ['a', 'b'] }],
    ['a stop price that is no number', { stopPrice: 'NaN' }],
    ['a time of entry that is a word', { enteredTime: 'soon' }],
  ])('and proves nothing costs no order its price: %s', (_what, fields) => {
    expect(conclusionOf({ ...FILLED, ...fields })).toMatchObject(PRICED);
  });

  it.each(['17:15:18', 2025, '2025-W35-5'])('a fill whose time is %j has none, and says so', (time) => {
    const doubts: string[] = [];
    const order = {
      orderId: 7,
      status: 'FILLED',
      ...ONE_LEG,
      orderActivityCollection: [fill(10, 22.7299, 1, { time })],
    };
    const answer = inspectText('orders.json', JSON.stringify(order), (problem) => doubts.push(problem));
    expect(answer).toMatchObject({ orders: [{ averagePrice: '22.7299', fills: [{ occurredAt: null }] }] });
    expect(doubts).toEqual([`order 7: order.orderActivityCollection[0].executionLegs[0].time is no time: "${time}"`]);
  });

  it('below an order says so after it', () => {
    const orders = elementsOf([
      {
        ...FILLED,
        orderId: 1,
        status: 'FILLED',
        childOrderStrategies: [{ orderId: 2 }, { orderId: 3, status: 'NEW' }],
      },
      { orderId: 4, status: 'NEW' },
    ]);
    expect(orders).toMatchObject([
      { ...PRICED, brokerOrderId: '1', children: [{ brokerOrderId: '3' }] },
      { error: { code: 'BAD_ORDER', message: 'childOrderStrategies[0].status: is missing (below order 1)' } },
      { brokerOrderId: '4' },
    ]);
  });

  it('at the top says so before what can be read below it', () => {
    const child = { ...FILLED, orderId: 2, status: 'FILLED' };
    const parents = [
      { orderId: 1, childOrderStrategies: [child] },
      { orderId: 1, status: 'FILLED', quantity: -1, childOrderStrategies: [child] },
    ];
    for (const parent of parents) {
      expect(elementsOf(parent)).toMatchObject([{ error: { code: 'BAD_ORDER' } }, { ...PRICED, brokerOrderId: '2' }]);
    }
  });

  it('a parent without legs is no group: it is said to be filled, and has no price', () => {
    const children = [{ orderId: 2, status: 'WORKING' }];
    expect(conclusionOf({ quantity: 100, filledQuantity: 100, childOrderStrategies: children })).toMatchObject({
      status: 'PENDING',
      filledQuantity: '100',
      flags: ['UNPRICED'],
    });
  });

  it('is told by its place in the file', () => {
    expect(inspected('\uFEFF\n{"orderId":1,,}')).toMatchObject({ error: { message: 'not JSON (at character 14)' } });
    expect(inspected('[{"orderId":1,"status":"NEW"}, {"orderId":2,,}]')).toMatchObject({
      error: { message: expect.stringContaining('[1]: not JSON (at character 13)') },
    });
    expect(elementsOf({ message: 'Invalid account number' })).toEqual([
      { error: { code: 'BAD_ORDER', message: 'is no order but an error message' } },
    ]);
  });
});

describe('a file', () => {
  const GOOD = { orderId: 1, status: 'WORKING' };

  it('may hold an array: what is no order says so in its place', () => {
    expect(
      elementsOf([GOOD, 5, { ...GOOD, orderId: 'x' }, null, { ...GOOD, quantity: -1 }, { ...GOOD, orderId: 2 }]),
    ).toMatchObject([
      { brokerOrderId: '1' },
      { error: { code: 'BAD_ORDER' } },
      { error: { code: 'BAD_ORDER', message: expect.stringContaining('orderId') } },
      { error: { code: 'BAD_ORDER' } },
      { error: { code: 'BAD_ORDER', message: 'order.quantity is below zero: -1' } },
      { brokerOrderId: '2' },
    ]);
    expect(elementsOf([])).toEqual([]);
  });

  it('that names a key twice is not guessed at', () => {
    const answer = inspected('[{"orderId": 1, "status": "FILLED", "status": "CANCELED"}]');
    expect(answer).toMatchObject({ orders: [{ error: { message: 'an object names one key twice' } }] });
  });

  it.each(['', '   ', '{', '[{"orderId": 1, "status": "FILLED"}', '5', '"FILLED"', 'null', 'not JSON', '[1,]'])(
    'that holds %j is an error as a whole',
    (text) => {
      expect(inspected(text)).toMatchObject({ error: { code: 'NOT_ORDERS' } });
    },
  );

  it('may begin with a byte order mark', () => {
    expect(inspected(`\uFEFF${JSON.stringify(GOOD)}`)).toMatchObject({ orders: [{ brokerOrderId: '1' }] });
    expect(inspected(`\uFEFF[${JSON.stringify(GOOD)}]`)).toMatchObject({ orders: [{ brokerOrderId: '1' }] });
  });
});
