import { priceOfTicks, ticksOfPrice } from '../scenarios/market-walk.ts';
import { integerBetween, type Random } from '../scenarios/seeded-random.ts';
import { splitShares } from '../scenarios/split-shares.ts';
import { parseDecimal, plainText } from './exact-decimal.ts';
import type { PlaceOrderRequest } from './place-order-request.ts';
import type { PlannedFill } from './planned-fill.ts';
import { NO_ODDITIES, NOTHING_FURTHER, type SimulatedOrder } from './simulated-order.ts';

/** About when the parts of an order fill, in ms after it was entered. */
const FILLS_AFTER_MS = [700, 1_600, 2_600] as const;

/** A real 201 is no acceptance: a refusal shows about this long afterwards. */
const REJECTED_AFTER_MS = 1_000;

const TOO_MANY_DECIMALS =
  'Orders above $1 can be entered in no more than two decimals; orders below $1, no more than four decimals.';

/**
 * Writes the script of an order that a client placed. Market and limit orders fill in up to three parts within a few
 * seconds: at about the market, or at the limit or better. Every other type rests until it is cancelled.
 */
export function planPlacedOrder(
  request: PlaceOrderRequest,
  placed: { orderId: string; accountNumber: string; now: number; marketTicks: number; random: Random },
): SimulatedOrder {
  const { orderId, accountNumber, now } = placed;
  const refused = hasTooManyDecimals(request.limitPrice);
  return {
    ...NOTHING_FURTHER,
    orderId,
    accountNumber,
    symbol: request.symbol,
    instruction: request.instruction,
    orderType: request.orderType,
    duration: request.duration,
    session: request.session,
    quantity: String(request.shares),
    limitPrice: request.limitPrice,
    stopPrice: request.stopPrice,
    enteredAt: now,
    fills: refused ? [] : planFills(request, placed),
    ending: refused ? { at: now + REJECTED_AFTER_MS, status: 'REJECTED', description: TOO_MANY_DECIMALS } : null,
    oddities: NO_ODDITIES,
  };
}

function planFills(
  request: PlaceOrderRequest,
  { now, marketTicks, random }: { now: number; marketTicks: number; random: Random },
): PlannedFill[] {
  if (request.orderType !== 'MARKET' && request.orderType !== 'LIMIT') return [];
  const mostParts = request.duration === 'FILL_OR_KILL' ? 1 : FILLS_AFTER_MS.length;
  return splitShares(random, request.shares, mostParts).map((shares, part) => ({
    at: now + (FILLS_AFTER_MS[part] ?? 0) + integerBetween(random, 0, 150),
    quantity: String(shares),
    price: priceOfTicks(fillTicks(request, marketTicks, random)),
  }));
}

function fillTicks({ instruction, limitPrice }: PlaceOrderRequest, marketTicks: number, random: Random): number {
  const buys = instruction.startsWith('BUY');
  const best = limitPrice === null ? marketTicks : (buys ? Math.min : Math.max)(marketTicks, ticksOfPrice(limitPrice));
  // Up to a hundredth of a percent: to the client's favour under a limit, to the market's favour without one.
  const step = integerBetween(random, 0, Math.max(1, Math.floor(best / 10_000)));
  const up = limitPrice === null ? buys : !buys;
  return Math.max(1, up ? best + step : best - step);
}

function hasTooManyDecimals(limitPrice: string | null): boolean {
  if (limitPrice === null) return false;
  const decimals = plainText(parseDecimal(limitPrice)).split('.')[1]?.length ?? 0;
  return decimals > (limitPrice.startsWith('0') ? 4 : 2);
}
