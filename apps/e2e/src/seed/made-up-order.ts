import type { MadeUpOrder, OrderDraft, OrderTimes } from './order-draft.ts';
import { pickPlot } from './plots.ts';
import { type Random, seededRandom } from './random.ts';

/** Where each market starts, in ten-thousandths of a dollar, and what the broker calls the security. */
const SECURITIES = [
  { symbol: 'AAPL', assetType: 'EQUITY', ticks: 2_134_000 },
  { symbol: 'AMD', assetType: 'EQUITY', ticks: 1_627_300 },
  { symbol: 'AMZN', assetType: 'EQUITY', ticks: 2_212_500 },
  { symbol: 'GME', assetType: 'EQUITY', ticks: 227_300 },
  { symbol: 'IREN', assetType: 'EQUITY', ticks: 418_600 },
  { symbol: 'MSFT', assetType: 'EQUITY', ticks: 5_043_100 },
  { symbol: 'NVDA', assetType: 'EQUITY', ticks: 1_762_400 },
  { symbol: 'PLTR', assetType: 'EQUITY', ticks: 1_538_200 },
  { symbol: 'SOFI', assetType: 'EQUITY', ticks: 91_350 },
  { symbol: 'TSLA', assetType: 'EQUITY', ticks: 3_338_700 },
  { symbol: 'QQQ', assetType: 'COLLECTIVE_INVESTMENT', ticks: 5_704_000 },
  { symbol: 'SPY', assetType: 'COLLECTIVE_INVESTMENT', ticks: 6_450_500 },
] as const;

const SIZES = [1, 2, 5, 7, 10, 15, 25, 40, 50, 75, 100, 120, 200, 300, 500, 1_000] as const;
const FIRST_BROKER_ORDER_ID = 1_005_120_000_000;

/** Order number `index` of a seed: all of it follows from the seed, the index and its times. */
export function madeUpOrder(seed: number, index: number, timesOf: (random: Random) => OrderTimes): MadeUpOrder {
  const random = seededRandom(seed, 'order', index);
  const { symbol, assetType, ticks } = random.pick(SECURITIES);
  const draft: OrderDraft = {
    ...timesOf(random),
    random,
    brokerOrderId: String(FIRST_BROKER_ORDER_ID + index),
    symbol,
    assetType,
    buys: random.between(1, 100) <= 58,
    shares: random.pick(SIZES),
    // Within eight percent of where it started, to the ten-thousandth.
    ticks: ticks + Math.trunc((ticks * random.between(-8_000, 8_000)) / 100_000),
  };
  return pickPlot(random)(draft);
}
