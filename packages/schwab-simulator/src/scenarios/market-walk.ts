import { parseDecimal, plainText } from '../broker/exact-decimal.ts';
import { LISTED_SECURITIES } from '../broker/listed-securities.ts';
import { integerBetween, seededRandom } from './seeded-random.ts';

/** Prices here are whole numbers of ticks, so that no price is ever a fraction in floating point. */
const TICK_PLACES = 4;

/** Slow, middling and quick moves: how long each lasts (ms) and how far it goes (millionths of the price). */
const SWINGS = [
  { period: 4 * 3_600_000, reach: 12_000 },
  { period: 600_000, reach: 3_000 },
  { period: 20_000, reach: 500 },
] as const;

/**
 * The symbol's market price in ticks of 0.0001 USD, `elapsed` ms into the story. Value noise in place of a step-by-step
 * random walk: any instant can be asked for directly, and moves of all speeds still look like a market.
 */
export function marketTicks(seed: number, symbol: string, elapsed: number): number {
  const base = LISTED_SECURITIES[symbol]?.basePriceTicks ?? inventedBasePrice(symbol);
  const millionths = SWINGS.map(({ period, reach }) => swingAt(seed, symbol, elapsed, period, reach));
  const moved = millionths.reduce((sum, swing) => sum + swing, 1_000_000);
  return Math.max(1, Math.trunc((base * moved) / 1_000_000));
}

/** The tick count as USD per share: `213.4091`. */
export function priceOfTicks(ticks: number): string {
  return plainText({ units: BigInt(ticks), places: TICK_PLACES });
}

/** USD per share as a tick count. Throws `RangeError` for a price finer than a tick. */
export function ticksOfPrice(price: string): number {
  const { units, places } = parseDecimal(price);
  if (places > TICK_PLACES) throw new RangeError(`${price} has more than ${TICK_PLACES} decimals`);
  return Number(units * 10n ** BigInt(TICK_PLACES - places));
}

function swingAt(seed: number, symbol: string, elapsed: number, period: number, reach: number): number {
  const step = Math.floor(elapsed / period);
  const knot = (index: number) => integerBetween(seededRandom(seed, 'market', symbol, period, index), -reach, reach);
  const from = knot(step);
  return from + Math.trunc(((knot(step + 1) - from) * (elapsed - step * period)) / period);
}

/** Between 5 and 400 USD, always the same for the same symbol. */
function inventedBasePrice(symbol: string): number {
  return integerBetween(seededRandom(0, 'base price', symbol), 50_000, 4_000_000);
}
