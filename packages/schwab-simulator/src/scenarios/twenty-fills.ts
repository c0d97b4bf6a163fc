import type { ScriptedOrderInput } from '../broker/script-order.ts';
import { LISTED_SECURITIES } from '../broker/listed-securities.ts';
import { marketTicks, priceOfTicks } from './market-walk.ts';
import { integerBetween, pickOne, seededRandom } from './seeded-random.ts';

/**
 * `count` market orders that are entered now and fill whole, one in each of `count` equal slices of `spreadMs`: fills at
 * known instants that no polling rhythm can line up with, to measure how soon they are noticed.
 */
export function twentyFillsScenario(
  seed: number,
  { count = 20, spreadMs = 60_000 }: { count?: number | undefined; spreadMs?: number | undefined } = {},
): ScriptedOrderInput[] {
  const slice = spreadMs / count;
  return Array.from({ length: count }, (_, index) => {
    const random = seededRandom(seed, 'twenty fills', index);
    const symbol = pickOne(random, Object.keys(LISTED_SECURITIES));
    const afterMs = Math.floor(index * slice) + integerBetween(random, 0, Math.max(0, Math.floor(slice) - 1));
    const quantity = String(integerBetween(random, 1, 100));
    const price = priceOfTicks(marketTicks(seed, symbol, afterMs));
    return { symbol, instruction: 'BUY', orderType: 'MARKET', quantity, fills: [{ afterMs, quantity, price }] };
  });
}
