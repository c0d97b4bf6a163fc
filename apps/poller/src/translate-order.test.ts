import { parseOrder } from '@fill-tracker/schwab-client';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { translateOrder } from './translate-order.ts';
import { UntranslatableError } from './translate-values.ts';

/** As it comes from the wire: through the client's own parser. */
const translated = (fields: object) => translateOrder(orderFrom(fields)).order;
const doubtsIn = (fields: object) => translateOrder(orderFrom(fields)).doubts;
const orderFrom = (fields: object) =>
  parseOrder(JSON.stringify({ orderId: 1_000_000_000_001, status: 'WORKING', ...fields })).order;

describe('times', () => {
  it.each([
    ['2025-08-29T17:15:17+0000', '2025-08-29T17:15:17.000Z'],
    ['2025-08-29T17:15:17+00:00', '2025-08-29T17:15:17.000Z'],
    ['2025-08-29T17:15:17Z', '2025-08-29T17:15:17.000Z'],
    ['2025-08-29T17:15:17.250Z', '2025-08-29T17:15:17.250Z'],
    ['2025-08-29T13:15:17-04:00', '2025-08-29T17:15:17.000Z'],
    ['2025-08-29T17:15:17', '2025-08-29T17:15:17.000Z'],
  ])('%s is %s', (text, time) => {
    expect(new Date(translated({ enteredTime: text }).enteredAt ?? 0).toISOString()).toBe(time);
  });

  it.each<[what: string, time: unknown]>([
    ['nothing', ''],
    ['a word', 'soon'],
    ['a time of day, which is not one of today', '17:15:18'],
    ['a date', '2025-08-29'],
    ['a year', 2025],
    ['a week', '2025-W35-5'],
    ['a day of the year', '2025-241T17:15'],
    ['a month that is none', '2025-13-01T00:00:00Z'],
    ['seconds since 1970', 1_756_487_717],
    ['a list', ['2025-08-29T17:15:17Z']],
    ['true', true],
  ])('%s is none: the order does without, and the path says where', (_what, time) => {
    const fill = { activityType: 'EXECUTION', executionLegs: [{ quantity: 1, price: 22.7299, time }] };
    const fields = { enteredTime: time, closeTime: time, orderActivityCollection: [fill] };
    const { enteredAt, closeTime, activities } = translated(fields);
    expect([enteredAt, closeTime, activities[0]?.legs[0]?.occurredAt]).toEqual([null, null, null]);
    expect(activities[0]?.legs[0]?.price?.toFixed()).toBe('22.7299');
    expect(doubtsIn(fields)).toEqual([
      expect.stringContaining('order.enteredTime is no time'),
      expect.stringContaining('order.closeTime is no time'),
      expect.stringContaining('order.orderActivityCollection[0].executionLegs[0].time is no time'),
    ]);
  });
});

describe('numbers', () => {
  it.each([
    ['10.0', '10'],
    ['22.7299', '22.7299'],
    ['"22.7299"', '22.7299'],
    ['1e2', '100'],
    ['-0.0', '0'],
    ['0.1000000000000000055511151231257827', '0.1000000000000000055511151231257827'],
  ])('%s is exactly %s', (text, number) => {
    const { order } = parseOrder(`{"orderId": 1, "status": "WORKING", "quantity": ${text}}`);
    expect(translateOrder(order).order.quantity?.toFixed()).toBe(number);
  });

  it('keep every digit, as numbers and as strings, however long', () => {
    const digits = fc.stringMatching(/^(0|[1-9]\d{0,11})(\.\d{0,19}[1-9])?$/);
    fc.assert(
      fc.property(digits, fc.boolean(), (text, isString) => {
        const { order } = parseOrder(`{"orderId": 1, "status": "WORKING", "price": ${isString ? `"${text}"` : text}}`);
        expect(translateOrder(order).order.limitPrice?.toFixed()).toBe(text);
      }),
    );
  });

  it('may be below zero where they are prices', () => {
    expect(translated({ price: -0.05 }).limitPrice?.toFixed()).toBe('-0.05');
  });

  it.each([
    [{ quantity: -5 }, 'order.quantity is below zero'],
    [{ filledQuantity: -1 }, 'order.filledQuantity is below zero'],
    [{ orderLegCollection: [{}, { quantity: -1 }] }, 'order.orderLegCollection[1].quantity is below zero'],
    [
      { orderActivityCollection: [{ executionLegs: [{ quantity: -2 }] }] },
      'order.orderActivityCollection[0].executionLegs[0].quantity is below zero',
    ],
  ])('refuses a quantity below zero: %j', (fields, message) => {
    expect(() => translated(fields)).toThrow(message);
    expect(() => translated(fields)).toThrow(UntranslatableError);
  });

  it.each(['1e30', '10000000000000', '"1E13"', '1e999', '1e-41', `1${'0'.repeat(40)}`])(
    'refuses an absurd one: %s',
    (text) => {
      const { order } = parseOrder(`{"orderId": 1, "status": "WORKING", "price": ${text}}`);
      expect(() => translateOrder(order)).toThrow('order.price is no number within bounds');
    },
  );
});

describe('what is only shown', () => {
  it.each([
    ['statusDescription', ['a', 'b']],
    ['session', { word: 'NORMAL' }],
    ['duration', true],
    ['orderType', []],
    ['stopPrice', 'NaN'],
    ['stopPrice', 1e30],
    ['stopPrice', {}],
  ])('costs no order its fills: %s is %j', (member, value) => {
    expect(translated({ [member]: value })).toEqual(translated({}));
    expect(doubtsIn({ [member]: value })).toEqual([expect.stringMatching(`^order.${member} is no `)]);
  });
});

describe('what is missing', () => {
  it('is null or empty, and no doubt, for an order of which only id and status are told', () => {
    expect(doubtsIn({})).toEqual([]);
    expect(translated({})).toEqual({
      brokerOrderId: '1000000000001',
      brokerStatus: 'WORKING',
      statusDescription: null,
      orderType: null,
      orderSession: null,
      duration: null,
      quantity: null,
      filledQuantity: null,
      leastFilledQuantity: null,
      limitPrice: null,
      stopPrice: null,
      enteredAt: null,
      closeTime: null,
      legs: [],
      activities: [],
      children: [],
    });
  });

  it('is null in a leg; a leg without id takes its place in the list', () => {
    expect(translated({ orderLegCollection: [{ legId: 7 }, {}] }).legs).toEqual([
      { legId: '7', instruction: null, symbol: null, assetType: null, quantity: null },
      { legId: '2', instruction: null, symbol: null, assetType: null, quantity: null },
    ]);
  });

  it('is null in an activity and in its legs', () => {
    expect(translated({ orderActivityCollection: [{ executionLegs: [{}] }, {}] }).activities).toEqual([
      {
        activityType: null,
        executionType: null,
        activityId: null,
        remainingAfter: null,
        legs: [{ legId: null, price: null, quantity: null, occurredAt: null }],
      },
      { activityType: null, executionType: null, activityId: null, remainingAfter: null, legs: [] },
    ]);
  });
});

it('keeps an id beyond what a float holds to the last digit', () => {
  const { order } = parseOrder('{"orderId": 9007199254740993, "status": "WORKING"}');
  expect(translateOrder(order).order.brokerOrderId).toBe('9007199254740993');
});
