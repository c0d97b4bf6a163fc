import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { marketTicks, ticksOfPrice } from '../scenarios/market-walk.ts';
import { aFill, anOrder, anyOrder, aSpread, aSpreadFill, ENTERED_AT } from '../testing/order-builder.ts';
import { candlesOfSymbol, type MarketTape } from './market-tape.ts';
import { executionsOf } from './planned-fill.ts';
import type { SimulatedOrder } from './simulated-order.ts';

const MINUTE_MS = 60_000;
const RANGE = { from: ENTERED_AT - 5 * MINUTE_MS, to: ENTERED_AT + 5 * MINUTE_MS, minutes: 1 };

function tapeOf(orders: readonly SimulatedOrder[], now = ENTERED_AT + 10 * MINUTE_MS): MarketTape {
  return { now, orders, ticksAt: (symbol, at) => marketTicks(1, symbol, at - ENTERED_AT) };
}

describe('the candles of a symbol', () => {
  it('cover every fill of their minute, whatever the fills', () => {
    fc.assert(
      fc.property(anyOrder, (order) => {
        const candles = candlesOfSymbol(tapeOf([order]), 'GME', RANGE) ?? [];
        for (const fill of order.fills) {
          const candle = candles.find(({ at }) => at <= fill.at && fill.at < at + MINUTE_MS);
          const [execution] = executionsOf(fill);
          const price = Number(execution?.price);
          expect((candle?.low ?? Infinity) / 10_000).toBeLessThanOrEqual(price);
          expect((candle?.high ?? 0) / 10_000).toBeGreaterThanOrEqual(price);
        }
      }),
    );
  });

  it('follow the market, one after the other', () => {
    const candles = candlesOfSymbol(tapeOf([]), 'GME', RANGE) ?? [];
    expect(candles).toHaveLength(10);
    for (const { at, open, high, low, close } of candles) {
      expect(open).toBe(marketTicks(1, 'GME', at - ENTERED_AT));
      expect(low).toBeLessThanOrEqual(Math.min(open, close));
      expect(high).toBeGreaterThanOrEqual(Math.max(open, close));
    }
  });

  it('take no notice of an order that stands apart', () => {
    const apart = anOrder({ fills: [aFill(1_000, '10', '31.41')], oddities: { candles: 'apart' } });
    expect(candlesOfSymbol(tapeOf([apart]), 'GME', RANGE)).toEqual(candlesOfSymbol(tapeOf([]), 'GME', RANGE));
    const covered = candlesOfSymbol(tapeOf([{ ...apart, oddities: anOrder().oddities }]), 'GME', RANGE) ?? [];
    expect(Math.max(...covered.map(({ high }) => high))).toBe(ticksOfPrice('31.41'));
  });

  it('tell nothing of what is still to come', () => {
    const order = anOrder({ fills: [aFill(30_000, '10', '31.41')] });
    const highest = (now: number) =>
      Math.max(...(candlesOfSymbol(tapeOf([order], now), 'GME', RANGE) ?? []).map(({ high }) => high));
    expect(highest(ENTERED_AT + 29_999)).toBeLessThan(ticksOfPrice('31.41'));
    expect(highest(ENTERED_AT + 30_000)).toBe(ticksOfPrice('31.41'));
  });

  it('exist for an option that was traded, by the leg', () => {
    const order = aSpread({ fills: [aSpreadFill(1_000, '10', ['2000.5', '0.86'])] });
    const candles = candlesOfSymbol(tapeOf([order]), 'MRVL  250321C00155000', RANGE) ?? [];
    expect(Math.max(...candles.map(({ high }) => high))).toBe(ticksOfPrice('2000.5'));
  });

  it('are null for a symbol that nobody knows', () => {
    expect(candlesOfSymbol(tapeOf([]), 'ZZZZ', RANGE)).toBeNull();
  });
});
