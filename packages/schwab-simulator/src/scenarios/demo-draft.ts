import type { ScriptedOrderInput } from '../broker/script-order.ts';
import { priceOfTicks } from './market-walk.ts';
import { integerBetween, type Random } from './seeded-random.ts';
import { splitShares } from './split-shares.ts';

/** An order of the demo before it is decided what becomes of it. */
export interface Draft {
  readonly random: Random;
  readonly symbol: string;
  readonly buys: boolean;
  readonly shares: number;
  /** The symbol's market price at entry. */
  readonly ticks: number;
}

/** Symbol, instruction and quantity are the draft's unless the plot has its own. */
export type Plot = (draft: Draft) => Partial<ScriptedOrderInput> & Pick<ScriptedOrderInput, 'orderType'>;
export type Fills = NonNullable<ScriptedOrderInput['fills']>;

/** Fills at the draft's price or a little better, one after the other with a pause of `from` to `to` ms before each. */
export function fillsOf(draft: Draft, shares: number, parts: number, pause: { from: number; to: number }): Fills {
  let afterMs = 0;
  return splitShares(draft.random, shares, parts).map((part) => {
    afterMs += integerBetween(draft.random, pause.from, pause.to);
    const improvement = integerBetween(draft.random, 0, Math.floor(draft.ticks / 20_000));
    const ticks = draft.ticks + (draft.buys ? -improvement : improvement);
    return { afterMs, quantity: String(part), price: priceOfTicks(ticks) };
  });
}

/** Half a percent to two percent away, on the side that does not fill. */
export function awayFromMarket({ random, ticks, buys }: Draft): number {
  const distance = Math.floor((ticks * integerBetween(random, 50, 200)) / 10_000);
  return wholeCents(ticks + (buys ? -distance : distance));
}

/** Limit prices from a dollar up take no more than two decimals. */
export function wholeCents(ticks: number): number {
  return Math.round(ticks / 100) * 100;
}
