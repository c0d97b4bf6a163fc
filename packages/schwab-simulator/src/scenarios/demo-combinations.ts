import { awayFromMarket, type Draft, fillsOf, type Plot, wholeCents } from './demo-draft.ts';
import { priceOfTicks } from './market-walk.ts';
import { integerBetween } from './seeded-random.ts';

/** The expiration of the demo's options, years ahead. */
const EXPIRATION = '281215';
const STRIKE_STEP_DOLLARS = 5;
const TICKS_PER_DOLLAR = 10_000;

/** Fills in part, and then its owner moves the limit on another screen: the rest lives on under another id. */
export function isReplaced(draft: Draft): ReturnType<Plot> {
  const shares = Math.max(2, draft.shares);
  const filled = Math.max(1, Math.floor((shares * integerBetween(draft.random, 20, 80)) / 100));
  const limitTicks = wholeCents(draft.ticks);
  const fills = fillsOf({ ...draft, ticks: limitTicks }, filled, 2, { from: 2_000, to: 8_000 });
  const afterMs = (fills.at(-1)?.afterMs ?? 0) + integerBetween(draft.random, 4_000, 20_000);
  const enteredAfterMs = afterMs + integerBetween(draft.random, 200, 900);
  const nextLimit = wholeCents(limitTicks + (draft.buys ? 1 : -1) * Math.floor(limitTicks / 2_000));
  const rest = fillsOf({ ...draft, ticks: nextLimit }, shares - filled, 2, { from: 2_000, to: 8_000 });
  return {
    orderType: 'LIMIT',
    quantity: String(shares),
    limitPrice: priceOfTicks(limitTicks),
    fills,
    replacedBy: {
      afterMs,
      enteredAfterMs,
      limitPrice: priceOfTicks(nextLimit),
      fills: rest.map((fill) => ({ ...fill, afterMs: fill.afterMs + enteredAfterMs })),
    },
  };
}

/** Bought, and then sold at a target or at a stop, whichever comes first. */
export function isBracket(draft: Draft): ReturnType<Plot> {
  const buying = { ...draft, buys: true, ticks: wholeCents(draft.ticks) };
  const fills = fillsOf(buying, draft.shares, 2, { from: 2_000, to: 8_000 });
  const filledAfterMs = fills.at(-1)?.afterMs ?? 0;
  const soldAfterMs = filledAfterMs + integerBetween(draft.random, 20_000, 90_000);
  const winsTarget = integerBetween(draft.random, 0, 99) < 60;
  const targetTicks = awayFromMarket({ ...draft, buys: false });
  const stopTicks = awayFromMarket({ ...draft, buys: true });
  const soldAt = (ticks: number) => [
    { afterMs: soldAfterMs, quantity: String(draft.shares), price: priceOfTicks(ticks) },
  ];
  const sale = {
    symbol: draft.symbol,
    instruction: 'SELL',
    quantity: String(draft.shares),
    duration: 'GOOD_TILL_CANCEL',
  } as const;
  const slip = integerBetween(draft.random, 0, Math.floor(stopTicks / 10_000));
  return {
    orderType: 'LIMIT',
    instruction: 'BUY',
    limitPrice: priceOfTicks(buying.ticks),
    fills,
    triggers: [
      {
        oco: [
          {
            ...sale,
            orderType: 'LIMIT',
            limitPrice: priceOfTicks(targetTicks),
            fills: winsTarget ? soldAt(targetTicks) : [],
          },
          {
            ...sale,
            orderType: 'STOP',
            stopPrice: priceOfTicks(stopTicks),
            fills: winsTarget ? [] : soldAt(stopTicks - slip),
          },
        ],
      },
    ],
  };
}

/** A call sold against a dearer one. */
export function isVertical(draft: Draft): ReturnType<Plot> {
  const near = optionTicks(draft, 200);
  const far = optionTicks(draft, 90);
  return spread(draft, {
    complexOrderStrategyType: 'VERTICAL',
    orderType: 'NET_CREDIT',
    limitPrice: priceOfTicks(near - far),
    legs: [
      { symbol: callOf(draft, 0), instruction: 'SELL_TO_OPEN' },
      { symbol: callOf(draft, 1), instruction: 'BUY_TO_OPEN' },
    ],
    legTicks: [near, far],
  });
}

/** A hundred shares bought with each call sold. */
export function isCoveredCall(draft: Draft): ReturnType<Plot> {
  const shares = wholeCents(draft.ticks);
  const call = optionTicks(draft, 150);
  return spread(draft, {
    complexOrderStrategyType: 'COVERED',
    orderType: 'NET_DEBIT',
    limitPrice: priceOfTicks(shares - call),
    legs: [
      { symbol: draft.symbol, instruction: 'BUY', ratio: '100' },
      { symbol: callOf(draft, 1), instruction: 'SELL_TO_OPEN' },
    ],
    legTicks: [shares, call],
  });
}

/** An order of several legs that fills in one or two parts at these prices. */
function spread(
  { random }: Draft,
  { legTicks, ...order }: ReturnType<Plot> & { legTicks: readonly number[] },
): ReturnType<Plot> {
  const units = integerBetween(random, 1, 6);
  const first = Math.ceil(units / 2);
  const legPrices = legTicks.map(priceOfTicks);
  const afterMs = integerBetween(random, 1_500, 9_000);
  const parts = [first, units - first].filter((part) => part > 0);
  return {
    ...order,
    symbol: null,
    instruction: null,
    quantity: String(units),
    fills: parts.map((part, index) => ({ afterMs: afterMs * (index + 1), quantity: String(part), legPrices })),
  };
}

/** About so many ten-thousandths of the share's price, in whole cents. */
function optionTicks({ random, ticks }: Draft, share: number): number {
  const middle = Math.floor((ticks * share) / 10_000);
  return Math.max(100, wholeCents(middle + integerBetween(random, 0, Math.floor(middle / 10))));
}

/** The call whose strike lies so many steps above the market. */
function callOf({ symbol, ticks }: Draft, steps: number): string {
  const strike = (Math.round(ticks / TICKS_PER_DOLLAR / STRIKE_STEP_DOLLARS) + 1 + steps) * STRIKE_STEP_DOLLARS;
  return `${symbol.padEnd(6)}${EXPIRATION}C${String(strike * 1_000).padStart(8, '0')}`;
}
