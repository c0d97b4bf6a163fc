import { ticksOfPrice } from '../scenarios/market-walk.ts';
import { LISTED_SECURITIES } from './listed-securities.ts';
import { candlesOf, type CoveredTrade, type MinuteCandle } from './minute-candles.ts';
import { executionsOf } from './planned-fill.ts';
import { legsOf, type SimulatedOrder } from './simulated-order.ts';

/** The simulated market, and the orders that traded in it. */
export interface MarketTape {
  /** Epoch ms. Nothing later is told. */
  readonly now: number;
  /** The market price in ticks of 0.0001 USD. */
  readonly ticksAt: (symbol: string, at: number) => number;
  readonly orders: readonly SimulatedOrder[];
}

/**
 * The candles of a symbol that begin within `from` to `to` (epoch ms), so that each covers the fills of its time; null
 * for a symbol that is neither listed nor was ever ordered. Fills of orders scripted to stand apart are not covered.
 */
export function candlesOfSymbol(
  { now, ticksAt, orders }: MarketTape,
  symbol: string,
  range: { from: number; to: number; minutes: number },
): MinuteCandle[] | null {
  const traded = orders.filter((order) => legsOf(order).some((leg) => leg.symbol === symbol));
  if (traded.length === 0 && LISTED_SECURITIES[symbol] === undefined) return null;
  const trades = traded
    .filter(({ oddities }) => oddities.candles === 'cover-fills')
    .flatMap((order) => tradesOf(order, symbol))
    .filter(({ at }) => at <= now);
  return candlesOf({ ticksAt: (at) => ticksAt(symbol, at), trades }, { ...range, to: Math.min(range.to, now) });
}

function tradesOf(order: SimulatedOrder, symbol: string): CoveredTrade[] {
  const legIds = new Set(legsOf(order).flatMap((leg) => (leg.symbol === symbol ? [leg.legId] : [])));
  return order.fills.flatMap((fill) =>
    executionsOf(fill)
      .filter(({ legId }) => legIds.has(legId))
      .map(({ price }) => ({ at: fill.at, ...ticksAround(price) })),
  );
}

/** The ticks just below and just above a price that may be finer than a tick. */
function ticksAround(price: string): { lowTicks: number; highTicks: number } {
  const [whole = '', fraction = ''] = price.split('.');
  const lowTicks = ticksOfPrice(`${whole}.${fraction.padEnd(4, '0').slice(0, 4)}`);
  return { lowTicks, highTicks: /[1-9]/.test(fraction.slice(4)) ? lowTicks + 1 : lowTicks };
}
