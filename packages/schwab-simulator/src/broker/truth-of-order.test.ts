import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aFill, anEnding, anOrder, anyOrder, ENTERED_AT } from '../testing/order-builder.ts';
import { truthOfOrder } from './truth-of-order.ts';
import { renderJson } from './schwab-json.ts';
import { reportOrder } from './report-order.ts';
import type { SimulatedOrder } from './simulated-order.ts';

const LONG_AFTER = ENTERED_AT + 100_000;
const PARTS = [aFill(1_000, '4', '22.7299'), aFill(2_500, '3', '22.7301')];
const ALL = [...PARTS, aFill(4_000, '3', '22.74')];

describe('truthOfOrder', () => {
  it.each([
    { ending: null, fills: [], status: 'PENDING' },
    { ending: null, fills: PARTS, status: 'PENDING' },
    { ending: null, fills: ALL, status: 'COMPLETED' },
    { ending: 'FILLED', fills: ALL, status: 'COMPLETED' },
    { ending: 'FILLED', fills: PARTS, status: 'PENDING' },
    { ending: 'FILLED', fills: [], status: 'PENDING' },
    { ending: 'CANCELED', fills: [], status: 'FAILED' },
    { ending: 'CANCELED', fills: PARTS, status: 'COMPLETED' },
    { ending: 'CANCELED', fills: ALL, status: 'COMPLETED' },
    { ending: 'EXPIRED', fills: [], status: 'FAILED' },
    { ending: 'EXPIRED', fills: PARTS, status: 'COMPLETED' },
    { ending: 'REPLACED', fills: [], status: 'FAILED' },
    { ending: 'REPLACED', fills: PARTS, status: 'COMPLETED' },
    { ending: 'REJECTED', fills: [], status: 'FAILED' },
    { ending: 'REJECTED', fills: PARTS, status: 'COMPLETED' },
  ] as const)('$ending with $fills.length fills is $status', ({ ending, fills, status }) => {
    const order = anOrder({ fills: [...fills], ending: ending === null ? null : anEnding(5_000, ending) });
    expect(truthOfOrder(order, LONG_AFTER).status).toBe(status);
  });

  it('is PENDING under a word nobody knows, whatever has filled', () => {
    const order = anOrder({ fills: ALL, oddities: { statusText: 'BAFFLED' } });
    expect(truthOfOrder(order, LONG_AFTER)).toMatchObject({ brokerStatus: 'BAFFLED', status: 'PENDING' });
  });

  it('keeps the milliseconds that the report cuts off', () => {
    const order = anOrder({ fills: [aFill(1_234, '10', '22.7299')] });
    expect(truthOfOrder(order, LONG_AFTER)).toEqual({
      brokerOrderId: '1004055538153',
      brokerStatus: 'FILLED',
      status: 'COMPLETED',
      filledQuantity: '10',
      averagePrice: '22.7299',
      fills: [{ price: '22.7299', quantity: '10', occurredAt: '2025-08-29T17:15:18.234Z' }],
    });
  });

  it('weighs the average by quantity and rounds it half up to eight places', () => {
    expect(truthOfOrder(anOrder({ fills: PARTS }), LONG_AFTER).averagePrice).toBe('22.72998571');
    expect(truthOfOrder(anOrder(), LONG_AFTER).averagePrice).toBeNull();
  });

  it('has the average that rational arithmetic gives, whatever the fills', () => {
    fc.assert(
      fc.property(anyOrder, fc.nat(15_000), (order, afterMs) => {
        const { averagePrice, fills } = truthOfOrder(order, ENTERED_AT + afterMs);
        const shares = fills.reduce((sum, fill) => sum + BigInt(fill.quantity), 0n);
        const paid = fills.reduce((sum, fill) => sum + scaled(fill.price, 8) * BigInt(fill.quantity), 0n);
        expect(averagePrice === null).toBe(shares === 0n);
        // |average x shares - paid| <= half of the eighth place x shares, in units of the eighth place.
        const error = scaled(averagePrice ?? '0', 8) * shares - paid;
        expect(2n * (error < 0n ? -error : error) <= shares).toBe(true);
      }),
    );
  });
});

describe('report and truth', () => {
  it('agree with each other at every instant: activities add up to the filled quantity', () => {
    fc.assert(
      fc.property(anyOrder, fc.nat(15_000), (order, afterMs) => {
        // An order that says FILLED too early claims more than it can show; that is what it is for.
        fc.pre(order.ending?.status !== 'FILLED');
        const now = ENTERED_AT + afterMs;
        const report = parsedReport(order, now);
        const filled = (report.orderActivityCollection ?? [])
          .filter(({ executionType }) => executionType === 'FILL')
          .flatMap(({ executionLegs }) => executionLegs)
          .reduce((sum, leg) => sum + leg.quantity, 0);
        const truth = truthOfOrder(order, now);
        expect(report.filledQuantity).toBe(filled);
        expect(truth.filledQuantity).toBe(String(filled));
        expect(truth.brokerStatus).toBe(report.status);
      }),
    );
  });

  it('never take a fill back as time passes', () => {
    fc.assert(
      fc.property(anyOrder, fc.nat(15_000), fc.nat(15_000), (order, oneMs, otherMs) => {
        const [earlier, later] = [oneMs, otherMs].sort((left, right) => left - right);
        const before = truthOfOrder(order, ENTERED_AT + (earlier ?? 0)).fills;
        const after = truthOfOrder(order, ENTERED_AT + (later ?? 0)).fills;
        expect(after.slice(0, before.length)).toEqual(before);
      }),
    );
  });
});

function parsedReport(
  order: SimulatedOrder,
  now: number,
): {
  status: string;
  filledQuantity: number;
  orderActivityCollection?: { executionType: string; executionLegs: { quantity: number }[] }[];
} {
  return JSON.parse(renderJson(reportOrder(order, now)));
}

/** The price in units of its last place. */
function scaled(price: string, places: number): bigint {
  const [whole = '', fraction = ''] = price.split('.');
  return BigInt(whole + fraction.padEnd(places, '0'));
}
