import type { ScriptedOrderInput } from '@fill-tracker/schwab-simulator';

const PLAIN = { symbol: 'GME', instruction: 'BUY', orderType: 'MARKET', quantity: '10' } as const;

/** Ms from the start of the story. */
export interface OutageTimes {
  readonly from: number;
  readonly to: number;
  /** When all orders of the story have ended. */
  readonly end: number;
}

/** How long the broker is well before the outage and after it, at the least. */
const BEFORE_MS = 30_000;
const AFTER_MS = 40_000;

export function timesOf(outageMs: number): OutageTimes {
  return { from: BEFORE_MS, to: BEFORE_MS + outageMs, end: BEFORE_MS + outageMs + AFTER_MS };
}

/** Orders that fill before, during and after; some are placed, filled and over while nobody could look. */
export function ordersAround({ from, to, end }: OutageTimes): readonly ScriptedOrderInput[] {
  const during = (share: number): number => Math.round(from + (to - from) * share);
  const after = (share: number): number => Math.round(to + (end - to) * share);
  const fill = (afterMs: number, quantity = '10', price = '22.7299') => ({ afterMs, quantity, price });
  return [
    { ...PLAIN, fills: [fill(8_000)] },
    { ...PLAIN, fills: [fill(9_000, '3'), fill(during(0.5), '3', '22.74'), fill(after(0.5), '4', '22.7501')] },
    { ...PLAIN, fills: [fill(during(0.4))] },
    { ...PLAIN, ending: { afterMs: during(0.6), status: 'CANCELED' } },
    { ...PLAIN, fills: [fill(during(0.3), '4')], ending: { afterMs: during(0.7), status: 'CANCELED' } },
    { ...PLAIN, enteredAfterMs: during(0.2), fills: [fill(during(0.5), '6'), fill(during(0.8), '4', '22.71')] },
    { ...PLAIN, enteredAfterMs: during(0.5), fills: [fill(after(0.25))] },
    { ...PLAIN, enteredAfterMs: during(0.9), ending: { afterMs: after(0.4), status: 'EXPIRED' } },
    { ...PLAIN, enteredAfterMs: after(0.3), fills: [fill(after(0.6))] },
  ];
}
