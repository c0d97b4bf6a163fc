import { describe, expect, it } from 'vitest';
import { aFill, anEnding, anOrder, ENTERED_AT } from '../testing/order-builder.ts';
import { reportOrder } from './report-order.ts';
import { renderJson, type SchwabObject } from './schwab-json.ts';
import type { SimulatedOrder } from './simulated-order.ts';

interface ParsedReport {
  status: string;
  filledQuantity: number;
  remainingQuantity: number;
  cancelable: boolean;
  closeTime?: string;
  statusDescription?: string;
  orderActivityCollection?: {
    activityId?: number;
    executionType: string;
    orderRemainingQuantity: number;
    executionLegs: { price: number; quantity: number; time: string }[];
  }[];
}

/** The report `afterMs` after entry, as a client that does not care for digits reads it. */
function reportAfter(order: SimulatedOrder, afterMs: number): ParsedReport {
  return JSON.parse(textOf(reportOrder(order, ENTERED_AT + afterMs)));
}

function textOf(report: SchwabObject): string {
  return renderJson(report);
}

const LONG_AFTER = 100_000;
const PARTS = [aFill(1_000, '4', '22.7299'), aFill(2_500, '3', '22.7301')];
const ALL = [...PARTS, aFill(4_000, '3', '22.74')];

describe('reportOrder', () => {
  it.each([
    { ending: 'CANCELED', fills: [], filled: 0, cancelled: 10 },
    { ending: 'CANCELED', fills: PARTS, filled: 7, cancelled: 3 },
    { ending: 'CANCELED', fills: ALL, filled: 10, cancelled: null },
    { ending: 'EXPIRED', fills: [], filled: 0, cancelled: 10 },
    { ending: 'EXPIRED', fills: PARTS, filled: 7, cancelled: 3 },
    { ending: 'REPLACED', fills: [], filled: 0, cancelled: 10 },
    { ending: 'REPLACED', fills: PARTS, filled: 7, cancelled: 3 },
    { ending: 'REJECTED', fills: [], filled: 0, cancelled: null },
    { ending: 'REJECTED', fills: PARTS, filled: 7, cancelled: null },
    { ending: 'FILLED', fills: ALL, filled: 10, cancelled: null },
  ] as const)('$ending with $filled of 10 filled: zero-price cancel leg of $cancelled', (row) => {
    const report = reportAfter(anOrder({ fills: [...row.fills], ending: anEnding(5_000, row.ending) }), LONG_AFTER);
    expect(report).toMatchObject({
      status: row.ending,
      filledQuantity: row.filled,
      remainingQuantity: 0,
      cancelable: false,
      closeTime: '2025-08-29T17:15:22+0000',
    });
    const activities = report.orderActivityCollection ?? [];
    const cancels = activities.filter(({ executionType }) => executionType === 'CANCELED');
    expect(activities.length - cancels.length).toBe(row.fills.length);
    const cancelLegs = cancels.flatMap(({ executionLegs }) => executionLegs);
    expect(cancelLegs.map(({ price, quantity }) => ({ price, quantity }))).toEqual(
      row.cancelled === null ? [] : [{ price: 0, quantity: row.cancelled }],
    );
  });

  it('is WORKING while filled in part, since Schwab has no partial status', () => {
    const report = reportAfter(anOrder({ fills: ALL }), 2_500);
    expect(report).toMatchObject({ status: 'WORKING', filledQuantity: 7, remainingQuantity: 3, cancelable: true });
    expect(report.closeTime).toBeUndefined();
  });

  it('is FILLED, and closed, with the fill that completes it', () => {
    expect(reportAfter(anOrder({ fills: ALL }), 3_999).status).toBe('WORKING');
    expect(reportAfter(anOrder({ fills: ALL }), 4_000)).toMatchObject({
      status: 'FILLED',
      closeTime: '2025-08-29T17:15:21+0000',
    });
  });

  it('has no activities key while nothing has happened', () => {
    expect(reportAfter(anOrder({ fills: ALL }), 0)).not.toHaveProperty('orderActivityCollection');
  });

  it('says FILLED before the fills that prove it when scripted so', () => {
    const early = anOrder({ fills: ALL, ending: anEnding(500, 'FILLED') });
    expect(reportAfter(early, 600)).toMatchObject({ status: 'FILLED', filledQuantity: 10 });
    expect(reportAfter(early, 600)).not.toHaveProperty('orderActivityCollection');
  });

  it('reports a fill that comes late, and leaves the cancelled quantity as it was', () => {
    const late = anOrder({ fills: PARTS, ending: anEnding(1_500, 'CANCELED') });
    const report = reportAfter(late, 3_000);
    expect(report.filledQuantity).toBe(7);
    expect(report.orderActivityCollection?.at(-1)?.executionLegs[0]?.quantity).toBe(6);
  });

  it('counts down what remains after each fill', () => {
    const report = reportAfter(anOrder({ fills: ALL }), LONG_AFTER);
    expect(report.orderActivityCollection?.map((activity) => activity.orderRemainingQuantity)).toEqual([6, 3, 0]);
  });

  it('writes prices digit for digit, quantities as doubles and ids beyond 2^53', () => {
    const text = textOf(reportOrder(anOrder({ orderId: '9007199254740993', fills: PARTS }), ENTERED_AT + LONG_AFTER));
    expect(text).toContain('"price":22.7299,');
    expect(text).toContain('"quantity":10.0,');
    expect(text).toContain('"orderId":9007199254740993,');
  });

  it('gives the reason of a rejection', () => {
    const ending = { ...anEnding(1_000, 'REJECTED'), description: 'Not enough buying power.' };
    expect(reportAfter(anOrder({ ending }), LONG_AFTER).statusDescription).toBe('Not enough buying power.');
    expect(reportAfter(anOrder({ ending }), 999)).not.toHaveProperty('statusDescription');
  });
});

function filled(overrides: Parameters<typeof anOrder>[0]) {
  return anOrder({ fills: ALL, ...overrides });
}

describe('oddities of a report', () => {
  it('puts a status word nobody knows in the place of the true one', () => {
    expect(reportAfter(filled({ oddities: { statusText: 'BAFFLED' } }), LONG_AFTER).status).toBe('BAFFLED');
  });

  it('leaves fields out', () => {
    const report = reportAfter(filled({ oddities: { omitFields: ['filledQuantity', 'closeTime'] } }), LONG_AFTER);
    expect(Object.keys(report)).not.toContain('filledQuantity');
    expect(Object.keys(report)).not.toContain('closeTime');
    expect(report.status).toBe('FILLED');
  });

  it('mixes the activities, the same way each time', () => {
    const order = filled({ oddities: { shuffleActivities: true } });
    const remaining = () =>
      reportAfter(order, LONG_AFTER).orderActivityCollection?.map((activity) => activity.orderRemainingQuantity);
    expect(remaining()).toEqual([0, 6, 3]);
    expect(remaining()).toEqual(remaining());
  });

  it.each([
    ['from-start', 2_000, true],
    ['late', 2_000, false],
    ['late', LONG_AFTER, true],
    ['absent', LONG_AFTER, false],
  ] as const)('activity ids %s, %d ms after entry: present %s', (activityIds, afterMs, present) => {
    const report = reportAfter(filled({ oddities: { activityIds } }), afterMs);
    const ids = report.orderActivityCollection?.map(({ activityId }) => activityId) ?? [];
    expect(ids.length).toBeGreaterThan(0);
    expect(ids.every((id) => (id !== undefined) === present)).toBe(true);
    expect(new Set(ids).size).toBe(present ? ids.length : 1);
  });

  it.each(['+0000', '+00:00', 'Z'] as const)('writes times with %s', (timeForm) => {
    const report = reportAfter(filled({ oddities: { timeForm } }), LONG_AFTER);
    expect(report.closeTime).toBe(`2025-08-29T17:15:21${timeForm}`);
  });

  it.each([
    ['double', '"filledQuantity":10.0,'],
    ['integer', '"filledQuantity":10,'],
    ['string', '"filledQuantity":"10.0",'],
  ] as const)('writes numbers as %s', (numbersAs, expected) => {
    const text = textOf(reportOrder(filled({ oddities: { numbersAs } }), ENTERED_AT + LONG_AFTER));
    expect(text).toContain(expected);
  });
});
