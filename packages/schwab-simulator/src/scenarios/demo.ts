import { LISTED_SECURITIES } from '../broker/listed-securities.ts';
import type { ScriptedOrderInput } from '../broker/script-order.ts';
import { isBracket, isCoveredCall, isReplaced, isVertical } from './demo-combinations.ts';
import { awayFromMarket, type Draft, fillsOf, type Plot, wholeCents } from './demo-draft.ts';
import { marketTicks, priceOfTicks } from './market-walk.ts';
import { integerBetween, pickOne, type Random, seededRandom } from './seeded-random.ts';

/*
 * The demo's story: believable orders without end. Order number `index` is a pure function of the seed and the index, so
 * any part of the story can be told without telling what came before.
 */

const QUICK_PACE_MS = 4_000;
const QUICK_ORDERS = 75;
/** After five minutes the demo slows down: a day of it, with replacements, must stay below the 3,000 rows of a list. */
const STEADY_PACE_MS = 31_000;
const FIRST_ORDER_AFTER_MS = 500;

const SYMBOLS = Object.keys(LISTED_SECURITIES);
const SIZES = [1, 2, 5, 10, 15, 25, 40, 50, 75, 100, 120, 200, 300, 500] as const;
const REJECTIONS = [
  'You do not have enough available cash/buying power for this order.',
  'Your limit price is significantly away from the current market price. Please adjust your order.',
  'This order may result in an oversold/overbought position in your account. Please check your position quantity and/or open orders.',
] as const;

/**
 * When order `index` is entered, in ms after the start of the story.
 * @param everyMs a constant pace in place of the quick start
 */
export function demoEnteredAfterMs(seed: number, index: number, everyMs: number | null): number {
  const quickOrders = everyMs === null ? Math.min(index, QUICK_ORDERS) : 0;
  const pace = everyMs ?? (index < QUICK_ORDERS ? QUICK_PACE_MS : STEADY_PACE_MS);
  const slot = FIRST_ORDER_AFTER_MS + quickOrders * QUICK_PACE_MS + (index - quickOrders) * pace;
  return slot + integerBetween(seededRandom(seed, 'demo pace', index), 0, Math.floor(pace / 2));
}

/** What becomes of an order, and how often in a hundred orders. */
const PLOTS = [
  { share: 34, plot: fillsAtMarket },
  { share: 20, plot: fillsAtLimit },
  { share: 10, plot: partlyFillsThen('CANCELED') },
  { share: 8, plot: endsUnfilled('CANCELED') },
  { share: 6, plot: isRejected },
  { share: 5, plot: endsUnfilled('EXPIRED') },
  { share: 4, plot: partlyFillsThen('EXPIRED') },
  { share: 5, plot: restsForLong },
  { share: 2, plot: isReplaced },
  { share: 3, plot: isBracket },
  { share: 2, plot: isVertical },
  { share: 1, plot: isCoveredCall },
] as const;

/** Order number `index`, in ms from its own entry. */
export function demoOrder(seed: number, index: number, everyMs: number | null): ScriptedOrderInput {
  const random = seededRandom(seed, 'demo order', index);
  const symbol = pickOne(random, SYMBOLS);
  const buys = integerBetween(random, 0, 99) < 60;
  const draft: Draft = {
    random,
    symbol,
    buys,
    shares: pickOne(random, SIZES),
    ticks: marketTicks(seed, symbol, demoEnteredAfterMs(seed, index, everyMs)),
  };
  return { symbol, instruction: buys ? 'BUY' : 'SELL', quantity: String(draft.shares), ...pickPlot(random)(draft) };
}

function pickPlot(random: Random): Plot {
  let roll = integerBetween(random, 0, 99);
  const chosen = PLOTS.find(({ share }) => (roll -= share) < 0);
  return chosen?.plot ?? fillsAtMarket;
}

function fillsAtMarket(draft: Draft): ReturnType<Plot> {
  const parts = integerBetween(draft.random, 1, 4);
  return { orderType: 'MARKET', fills: fillsOf(draft, draft.shares, parts, { from: 400, to: 4_000 }) };
}

function fillsAtLimit(draft: Draft): ReturnType<Plot> {
  const limitTicks = wholeCents(draft.ticks);
  const parts = integerBetween(draft.random, 1, 5);
  return {
    orderType: 'LIMIT',
    limitPrice: priceOfTicks(limitTicks),
    fills: fillsOf({ ...draft, ticks: limitTicks }, draft.shares, parts, { from: 3_000, to: 25_000 }),
  };
}

function partlyFillsThen(status: 'CANCELED' | 'EXPIRED'): Plot {
  return (draft) => {
    const limitTicks = wholeCents(draft.ticks);
    const filled = Math.floor((draft.shares * integerBetween(draft.random, 20, 80)) / 100);
    const parts = integerBetween(draft.random, 1, 3);
    const fills =
      filled === 0 ? [] : fillsOf({ ...draft, ticks: limitTicks }, filled, parts, { from: 2_000, to: 15_000 });
    const afterMs = (fills.at(-1)?.afterMs ?? 0) + integerBetween(draft.random, 10_000, 60_000);
    return { orderType: 'LIMIT', limitPrice: priceOfTicks(limitTicks), fills, ending: { afterMs, status } };
  };
}

function endsUnfilled(status: 'CANCELED' | 'EXPIRED'): Plot {
  return (draft) => ({
    orderType: 'LIMIT',
    limitPrice: priceOfTicks(awayFromMarket(draft)),
    ending: { afterMs: integerBetween(draft.random, 15_000, 180_000), status },
  });
}

function isRejected(draft: Draft): ReturnType<Plot> {
  return {
    orderType: 'LIMIT',
    limitPrice: priceOfTicks(awayFromMarket(draft)),
    ending: {
      afterMs: integerBetween(draft.random, 600, 1_500),
      status: 'REJECTED',
      description: pickOne(draft.random, REJECTIONS),
    },
  };
}

/** Most of these stay in sight for long and then fill after all. */
function restsForLong(draft: Draft): ReturnType<Plot> {
  const limitTicks = awayFromMarket(draft);
  const window = { from: 1_200_000, to: 1_800_000 };
  return {
    orderType: 'LIMIT',
    duration: 'GOOD_TILL_CANCEL',
    limitPrice: priceOfTicks(limitTicks),
    fills: fillsOf({ ...draft, ticks: limitTicks }, draft.shares, 2, window),
  };
}
