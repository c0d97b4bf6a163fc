import type { MarketDay, MarketDays } from '../broker/market-days.ts';
import { isMarketName, type MarketName, marketHours, newYorkDate } from '../broker/market-hours.ts';
import { jsonAnswer, type SchwabAnswer } from './schwab-answer.ts';
import type { SchwabCall, SchwabRoute } from './schwab-route.ts';

/** Schwab's market hours, for equities and options. */
export function marketRoutes(now: () => number, days: MarketDays, newId: () => string): SchwabRoute[] {
  const answer = (call: SchwabCall, markets: readonly string[]) => {
    const date = call.query.get('date') ?? newYorkDate(now());
    if (!isDate(date)) return badRequest(newId(), 'date', 'date should be in the format yyyy-MM-dd');
    if (markets.length === 0 || !markets.every(isMarketName)) {
      return badRequest(newId(), 'markets', 'valid markets are equity, option');
    }
    return hoursAnswer(markets, date, days.find(date));
  };
  return [
    {
      method: 'GET',
      path: '/marketdata/v1/markets',
      answer: (call) =>
        answer(
          call,
          call.query.getAll('markets').flatMap((names) => names.split(',')),
        ),
    },
    {
      method: 'GET',
      path: '/marketdata/v1/markets/:market',
      answer: (call) => answer(call, [call.params['market'] ?? '']),
    },
  ];
}

function hoursAnswer(markets: readonly MarketName[], date: string, day: MarketDay | null): SchwabAnswer {
  return jsonAnswer(
    200,
    JSON.stringify(Object.fromEntries(markets.map((market) => [market, marketHours(market, date, day)]))),
  );
}

/** The 400 of the market data API. */
export function badRequest(id: string, parameter: string, detail: string): SchwabAnswer {
  return jsonAnswer(
    400,
    JSON.stringify({ errors: [{ id, status: 400, title: 'Bad Request', detail, source: { parameter } }] }),
  );
}

function isDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));
}
