import { z } from 'zod';
import { candlesOfSymbol, type MarketTape } from '../broker/market-tape.ts';
import type { MinuteCandle } from '../broker/minute-candles.ts';
import { NumberText, renderJson, type SchwabObject } from '../broker/schwab-json.ts';
import { priceOfTicks } from '../scenarios/market-walk.ts';
import { jsonAnswer, type SchwabAnswer } from './schwab-answer.ts';
import { badRequest } from './market-routes.ts';
import type { SchwabCall, SchwabRoute } from './schwab-route.ts';

const DAY_MS = 24 * 3_600_000;
const MINUTES = ['1', '5', '10', '15', '30'] as const;

/** Enough for ten days of minutes; more would only be slow. */
const LONGEST_MS = 10 * DAY_MS;

const milliseconds = z
  .string()
  .regex(/^\d{1,15}$/)
  .transform(Number)
  .optional();

const querySchema = z.object({
  symbol: z.string().min(1),
  periodType: z.literal('day').default('day'),
  period: z.enum(['1', '2', '3', '4', '5', '10']).default('10'),
  frequencyType: z.literal('minute').default('minute'),
  frequency: z.enum(MINUTES).default('1'),
  startDate: milliseconds,
  endDate: milliseconds,
});

/** Schwab's price history, in minutes alone. The simulated market has a price at night too. */
export function priceHistoryRoute(market: () => MarketTape, newId: () => string): SchwabRoute {
  return { method: 'GET', path: '/marketdata/v1/pricehistory', answer: (call) => history(call, market(), newId) };
}

function history({ query }: SchwabCall, market: MarketTape, newId: () => string): SchwabAnswer {
  const parsed = querySchema.safeParse(Object.fromEntries(query));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return badRequest(newId(), issue?.path.join('.') ?? '', issue?.message ?? '');
  }
  const { symbol, period, frequency, endDate: to = market.now } = parsed.data;
  const { startDate = to - Number(period) * DAY_MS } = parsed.data;
  const range = { from: Math.max(startDate, to - LONGEST_MS), to, minutes: Number(frequency) };
  const candles = candlesOfSymbol(market, symbol, range) ?? [];
  return jsonAnswer(200, renderJson({ candles: candles.map(reportCandle), symbol, empty: candles.length === 0 }));
}

function reportCandle({ at, open, high, low, close, volume }: MinuteCandle): SchwabObject {
  return {
    open: new NumberText(priceOfTicks(open)),
    high: new NumberText(priceOfTicks(high)),
    low: new NumberText(priceOfTicks(low)),
    close: new NumberText(priceOfTicks(close)),
    volume: new NumberText(String(volume)),
    datetime: new NumberText(String(at)),
  };
}
