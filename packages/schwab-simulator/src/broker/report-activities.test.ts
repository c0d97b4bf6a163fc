import { describe, expect, it } from 'vitest';
import { aFill, anEnding, anOrder, aSpread, aSpreadFill, ENTERED_AT } from '../testing/order-builder.ts';
import { reportOrder } from './report-order.ts';
import { renderJson } from './schwab-json.ts';
import type { SimulatedOrder } from './simulated-order.ts';

interface Leg {
  legId: number;
  price: number;
  quantity: number;
  time: string;
}

interface Report {
  status: string;
  filledQuantity: number;
  remainingQuantity: number;
  complexOrderStrategyType: string;
  orderLegCollection: { legId: number; orderLegType: string; quantity: number; instrument: { symbol: string } }[];
  orderActivityCollection?: {
    activityId: number;
    activityType: string;
    executionType: string;
    quantity: number;
    executionLegs?: Leg[];
  }[];
}

function reportAfter(order: SimulatedOrder, afterMs: number): Report {
  return JSON.parse(renderJson(reportOrder(order, ENTERED_AT + afterMs)));
}

function activitiesAfter(order: SimulatedOrder, afterMs: number) {
  return reportAfter(order, afterMs).orderActivityCollection ?? [];
}

const FIRST = aFill(1_000, '4', '22.7299');
const LAST = aFill(2_000, '6', '22.7301');

describe('a fill', () => {
  it('can appear later than it traded, counted in the filled quantity from the start', () => {
    const order = anOrder({ fills: [{ ...FIRST, shownFrom: ENTERED_AT + 5_000 }] });
    expect(reportAfter(order, 1_000)).toMatchObject({ filledQuantity: 4 });
    expect(activitiesAfter(order, 4_999)).toEqual([]);
    expect(activitiesAfter(order, 5_000)[0]?.executionLegs?.[0]).toMatchObject({
      price: 22.7299,
      time: '2025-08-29T17:15:18+0000',
    });
  });

  it('can stay out of the report for ever', () => {
    const order = anOrder({ fills: [{ ...FIRST, shownFrom: 'never' }, LAST] });
    expect(reportAfter(order, 100_000)).toMatchObject({ status: 'FILLED', filledQuantity: 10 });
    expect(activitiesAfter(order, 100_000)).toHaveLength(1);
  });

  it.each([
    ['never', 100_000, false],
    [ENTERED_AT + 3_000, 2_999, false],
    [ENTERED_AT + 3_000, 3_000, true],
  ] as const)('with legs from %s has them %d ms after entry: %s', (legsFrom, afterMs, present) => {
    const [activity] = activitiesAfter(anOrder({ fills: [{ ...FIRST, legsFrom }] }), afterMs);
    expect(activity).toMatchObject({ executionType: 'FILL', quantity: 4 });
    expect(activity?.executionLegs !== undefined).toBe(present);
  });

  it('can come under a word that nobody knows', () => {
    const order = anOrder({ fills: [{ ...FIRST, executionType: 'MYSTERY' }] });
    expect(activitiesAfter(order, 1_000)[0]).toMatchObject({ activityType: 'EXECUTION', executionType: 'MYSTERY' });
  });

  it('can have several legs of the same leg in one activity', () => {
    const executions = [
      { legId: '1', quantity: '4', price: '22.7299' },
      { legId: '1', quantity: '6', price: '22.7301' },
    ];
    const order = anOrder({ fills: [{ at: ENTERED_AT + 1_000, quantity: '10', executions }] });
    const [activity] = activitiesAfter(order, 1_000);
    expect(activity?.executionLegs?.map(({ legId, quantity }) => [legId, quantity])).toEqual([
      [1, 4],
      [1, 6],
    ]);
  });

  it('keeps its activity id when an earlier one appears after it', () => {
    const order = anOrder({ fills: [{ ...FIRST, shownFrom: ENTERED_AT + 5_000 }, LAST] });
    const [before] = activitiesAfter(order, 2_000);
    expect(activitiesAfter(order, 5_000)[1]?.activityId).toBe(before?.activityId);
  });
});

describe('a correction', () => {
  it.each([
    ['CORRECTED', '22.5', 22.5],
    ['BUSTED', null, 0],
  ] as const)('%s comes as a second activity of the same id, beside the first', (kind, price, told) => {
    const order = anOrder({ fills: [{ ...FIRST, correction: { at: ENTERED_AT + 3_000, kind, price } }, LAST] });
    expect(activitiesAfter(order, 2_999).map(({ executionType }) => executionType)).toEqual(['FILL', 'FILL']);
    const [original, correction, other] = activitiesAfter(order, 3_000);
    expect(original?.executionLegs?.[0]).toMatchObject({ price: 22.7299, quantity: 4 });
    expect(correction).toMatchObject({ executionType: kind, activityId: original?.activityId });
    expect(correction?.executionLegs).toEqual([{ ...original?.executionLegs?.[0], price: told }]);
    expect(other?.executionType).toBe('FILL');
  });

  it('takes a busted part off the filled quantity', () => {
    const correction = { at: ENTERED_AT + 3_000, kind: 'BUSTED', price: null } as const;
    const order = anOrder({ fills: [{ ...FIRST, correction }, LAST] });
    expect(reportAfter(order, 2_999)).toMatchObject({ status: 'FILLED', filledQuantity: 10 });
    expect(reportAfter(order, 3_000)).toMatchObject({ status: 'FILLED', filledQuantity: 6, remainingQuantity: 0 });
  });
});

describe('an order', () => {
  it('shows activities that are no trades, without legs', () => {
    const notice = { at: ENTERED_AT + 500, activityType: 'ORDER_ACTION', executionType: 'MARINATED' };
    expect(activitiesAfter(anOrder({ notices: [notice] }), 499)).toEqual([]);
    const [activity] = activitiesAfter(anOrder({ notices: [notice] }), 500);
    expect(activity).toMatchObject({ activityType: 'ORDER_ACTION', executionType: 'MARINATED', quantity: 0 });
    expect(activity?.executionLegs).toBeUndefined();
  });

  it.each([
    [null, 500, 'WORKING'],
    [null, 1_500, 'PENDING_CANCEL'],
    [null, 2_000, 'FILLED'],
    [ENTERED_AT + 5_000, 999, 'WORKING'],
    [ENTERED_AT + 5_000, 4_999, 'PENDING_CANCEL'],
    [ENTERED_AT + 5_000, 5_000, 'FILLED'],
  ])('can be under another word, until %s: %d ms after entry it reads %s', (until, afterMs, word) => {
    const phase = { at: ENTERED_AT + 1_000, until, status: 'PENDING_CANCEL' };
    expect(reportAfter(anOrder({ fills: [FIRST, LAST], phases: [phase] }), afterMs).status).toBe(word);
  });

  it('never has a negative remainder, however much more filled than was ordered', () => {
    const order = anOrder({ fills: [FIRST, { ...LAST, quantity: '9' }], ending: anEnding(60_000, 'FILLED') });
    expect(reportAfter(order, 3_000)).toMatchObject({ filledQuantity: 13, remainingQuantity: 0 });
    expect(reportAfter(order, 60_000)).toMatchObject({ filledQuantity: 13, remainingQuantity: 0 });
  });

  it('can claim another filled quantity than its fills have', () => {
    const order = anOrder({ fills: [FIRST], oddities: { claimedFilledQuantity: '5' } });
    expect(reportAfter(order, 999).filledQuantity).toBe(0);
    expect(reportAfter(order, 1_000).filledQuantity).toBe(5);
  });
});

describe('a multi-leg order', () => {
  const RATIO = aSpread({
    quantity: '3',
    legs: [
      { legId: '1', symbol: 'IREN', instruction: 'BUY', ratio: '100' },
      { legId: '2', symbol: 'IREN  250321C00045000', instruction: 'SELL_TO_OPEN', ratio: '1' },
    ],
    fills: [aSpreadFill(1_000, '1', ['44.2705', '1.21'], ['100', '1'])],
    ending: anEnding(2_000, 'CANCELED'),
  });

  it('has each leg in its ratio, shares beside options', () => {
    const legs = reportAfter(RATIO, 0).orderLegCollection;
    expect(legs.map(({ legId, orderLegType, quantity }) => [legId, orderLegType, quantity])).toEqual([
      [1, 'EQUITY', 300],
      [2, 'OPTION', 3],
    ]);
    expect(legs[1]?.instrument).toMatchObject({
      assetType: 'OPTION',
      putCall: 'CALL',
      underlyingSymbol: 'IREN',
      description: 'IREN 03/21/2025 $45 Call',
      optionDeliverables: [{ symbol: 'IREN', deliverableUnits: 100 }],
    });
  });

  it('counts its fills in spreads, one execution leg for each leg', () => {
    const [fill] = activitiesAfter(RATIO, 1_000);
    expect(fill).toMatchObject({ quantity: 1 });
    expect(fill?.executionLegs?.map(({ legId, quantity, price }) => [legId, quantity, price])).toEqual([
      [1, 100, 44.2705],
      [2, 1, 1.21],
    ]);
  });

  it('cancels every leg at price zero', () => {
    const cancel = activitiesAfter(RATIO, 2_000).at(-1);
    expect(cancel).toMatchObject({ executionType: 'CANCELED', quantity: 2 });
    expect(cancel?.executionLegs?.map(({ quantity, price }) => [quantity, price])).toEqual([
      [200, 0],
      [2, 0],
    ]);
  });
});
