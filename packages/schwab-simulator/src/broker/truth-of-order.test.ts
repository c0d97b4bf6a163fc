import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aFill, anEnding, anOrder, anyOrder, aSpread, aSpreadFill, ENTERED_AT } from '../testing/order-builder.ts';
import { executionsOf } from './planned-fill.ts';
import { NOTHING_FURTHER } from './simulated-order.ts';
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

describe('what the transactions add', () => {
  const hidden = { ...aFill(1_000, '4', '22.7299'), shownFrom: 'never' as const };
  const shown = aFill(2_500, '6', '22.7301');

  it('completes an order whose report never does, and says what the report alone proves', () => {
    const { byOrdersAlone, ...truth } = truthOfOrder(anOrder({ fills: [hidden, shown] }), LONG_AFTER);
    expect(truth).toMatchObject({ status: 'COMPLETED', filledQuantity: '10', averagePrice: '22.73002' });
    expect(byOrdersAlone).toMatchObject({ status: 'PENDING', filledQuantity: '10', averagePrice: '22.7301' });
    expect(byOrdersAlone?.fills).toEqual([{ price: '22.7301', quantity: '6', occurredAt: '2025-08-29T17:15:19.500Z' }]);
  });

  it.each([
    ['there are none', { missing: true }],
    ['they have not come yet', { delayMs: 10 ** 9 }],
  ])('is nothing when %s', (_why, change) => {
    const transactions = { ...NOTHING_FURTHER.transactions, ...change };
    const truth = truthOfOrder(anOrder({ fills: [hidden, shown], transactions }), LONG_AFTER);
    expect(truth).toMatchObject({ status: 'PENDING', averagePrice: '22.7301' });
    expect(truth.byOrdersAlone).toBeUndefined();
  });

  it('gives a fill under an unknown word its meaning', () => {
    const fills = [{ ...aFill(1_000, '10', '22.7299'), executionType: 'MYSTERY' }];
    expect(truthOfOrder(anOrder({ fills }), LONG_AFTER)).toMatchObject({
      status: 'COMPLETED',
      byOrdersAlone: { status: 'PENDING', averagePrice: null, fills: [] },
    });
  });

  it('sums up the fees of what was sold', () => {
    const order = anOrder({ instruction: 'SELL', fills: PARTS });
    expect(truthOfOrder(order, LONG_AFTER).fees).toBe('0.02');
    expect(truthOfOrder({ ...order, instruction: 'BUY' }, LONG_AFTER).fees).toBeUndefined();
  });
});

describe('the truth of a correction', () => {
  const corrected = (kind: 'CORRECTED' | 'BUSTED', price: string | null) =>
    anOrder({
      fills: [
        { ...aFill(1_000, '4', '22.7299'), correction: { at: ENTERED_AT + 5_000, kind, price } },
        aFill(2_000, '6', '22.7301'),
      ],
    });

  it('is the new price, at the time of the trade', () => {
    const order = corrected('CORRECTED', '22.5');
    expect(truthOfOrder(order, ENTERED_AT + 4_999).averagePrice).toBe('22.73002');
    expect(truthOfOrder(order, ENTERED_AT + 5_000)).toMatchObject({
      status: 'COMPLETED',
      filledQuantity: '10',
      averagePrice: '22.63806',
      fills: [{ price: '22.5', quantity: '4', occurredAt: '2025-08-29T17:15:18.000Z' }, { price: '22.7301' }],
    });
  });

  it('is what is left of a bust', () => {
    const left = truthOfOrder(corrected('BUSTED', null), LONG_AFTER);
    expect(left).toMatchObject({ status: 'COMPLETED', filledQuantity: '6', averagePrice: '22.7301' });
    expect(left.fills).toHaveLength(1);
  });
});

describe('the truth of a multi-leg order', () => {
  it('has averages by leg and a net price, and none over all legs', () => {
    const fills = [aSpreadFill(1_000, '4', ['2.06', '0.86']), aSpreadFill(2_000, '6', ['2.07', '0.8601'])];
    expect(truthOfOrder(aSpread({ fills }), LONG_AFTER)).toMatchObject({
      status: 'COMPLETED',
      filledQuantity: '10',
      averagePrice: null,
      legs: [
        { legId: '1', instruction: 'SELL_TO_OPEN', quantity: '10', filledQuantity: '10', averagePrice: '2.066' },
        { legId: '2', instruction: 'BUY_TO_OPEN', quantity: '10', filledQuantity: '10', averagePrice: '0.86006' },
      ],
      netPrice: { amount: '1.20594', effect: 'CREDIT' },
      fills: [{ legId: '1' }, { legId: '2' }, { legId: '1' }, { legId: '2' }],
    });
  });

  it('has no net price until every leg adds up', () => {
    const [sold] = executionsOf(aSpreadFill(1_000, '10', ['2.06', '0.86']));
    const fills = sold === undefined ? [] : [{ at: ENTERED_AT + 1_000, quantity: '10', executions: [sold] }];
    expect(truthOfOrder(aSpread({ fills }), LONG_AFTER)).toMatchObject({ status: 'PENDING', netPrice: null });
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
