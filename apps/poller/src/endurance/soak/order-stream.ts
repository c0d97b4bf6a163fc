import type { ScriptedOrderInput } from '@fill-tracker/schwab-simulator';

/** How long an order works, ms: most for some minutes, some for an hour. */
const SHORTEST_MS = 20_000;
const LONGEST_MS = 20 * 60_000;

/** Orders come and go for so long, and then none does for as long: what grows with them is told from what grows with time. */
const SPELL_MS = 3 * 60_000;

/** Orders that keep a number of them working: one for each that ends. */
export interface OrderStream {
  /** The orders to be placed within the next stretch, for as many as end in it. */
  next(stretchMs: number): readonly ScriptedOrderInput[];
}

/** @param working how many orders are to work at any time */
export function orderStream(working: number, random: () => number): OrderStream {
  let now = 0;
  /** When each working order ends. */
  let ends: number[] = [];
  return {
    next(stretchMs) {
      const until = now + stretchMs;
      const orders: ScriptedOrderInput[] = [];
      const place = (at: number): void => {
        const meant = Math.floor(SHORTEST_MS + random() * (LONGEST_MS - SHORTEST_MS));
        const lifeMs = inBusySpell(at + meant, random) - at;
        ends.push(at + lifeMs);
        orders.push(orderOf(at - now, at - now + lifeMs, random));
      };
      while (ends.length < working) place(now);
      for (let first = earliest(ends); first < until; first = earliest(ends)) {
        ends = without(ends, first);
        place(first);
      }
      now = until;
      return orders;
    },
  };
}

/** The same instant in a busy spell; else one of the next busy spell. */
function inBusySpell(instant: number, random: () => number): number {
  const spell = Math.floor(instant / SPELL_MS);
  return spell % 2 === 0 ? instant : Math.floor((spell + 1 + random()) * SPELL_MS);
}

/** Half of them fill at once, a third in two parts, the rest are canceled with a part filled. */
function orderOf(enteredAfterMs: number, endAfterMs: number, random: () => number): ScriptedOrderInput {
  const plain = { symbol: 'GME', instruction: 'BUY', orderType: 'MARKET', quantity: '10', enteredAfterMs } as const;
  const price = `22.${String(1_000 + Math.floor(random() * 9_000))}`;
  const half = Math.floor((enteredAfterMs + endAfterMs) / 2);
  const kind = random();
  if (kind < 0.5) return { ...plain, fills: [{ afterMs: endAfterMs, quantity: '10', price }] };
  const part = { afterMs: half, quantity: '4', price: '22.7299' };
  if (kind < 0.83) return { ...plain, fills: [part, { afterMs: endAfterMs, quantity: '6', price }] };
  return { ...plain, fills: [part], ending: { afterMs: endAfterMs, status: 'CANCELED' } };
}

function earliest(instants: readonly number[]): number {
  return instants.reduce((least, each) => Math.min(least, each), Infinity);
}

function without(instants: readonly number[], one: number): number[] {
  const index = instants.indexOf(one);
  return instants.filter((_, i) => i !== index);
}
