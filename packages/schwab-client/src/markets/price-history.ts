import { z } from 'zod';

import type { Authorised, CallOptions } from '../authorised.ts';
import { SchwabError, ShapeError } from '../errors.ts';
import { schwabUrl } from '../http/request.ts';
import type { SchwabRequest } from '../http/request.ts';
import { parseJson } from '../lossless.ts';
import { decimalText } from '../number-texts.ts';
import { describeIssue } from '../read-elements.ts';
import { readingAnswer } from '../reading-answer.ts';
import type { AnswerFacts } from '../reading-answer.ts';
import { assertSpanOfTime } from '../span-of-time.ts';
import type { SpanOfTime } from '../span-of-time.ts';
import { assertSymbol } from '../symbol-text.ts';

/** What a symbol traded at within some minutes. Prices in USD per share, as Schwab wrote them. */
export interface Candle {
  readonly open: string;
  readonly high: string;
  readonly low: string;
  readonly close: string;
  /** Shares. */
  readonly volume: string;
  /** When the candle begins, ms since epoch. */
  readonly datetime: number;
}

export interface OddCandle {
  /** Place in the list, from 0. */
  readonly index: number;
  /** What is wrong and where, without quoting a value. */
  readonly problem: string;
}

export interface Candles {
  /** As the answer names it; null when it does not. */
  readonly symbol: string | null;
  readonly candles: readonly Candle[];
  /** Candles that cannot be read. */
  readonly odd: readonly OddCandle[];
  /** No candles came, odd ones neither. Nothing was traded, or Schwab was asked too often: it says both this way. */
  readonly isEmpty: boolean;
}

export interface PriceHistory extends Candles, AnswerFacts {}

const MINUTES = [1, 5, 10, 15, 30] as const;

export interface PriceHistoryQuery extends SpanOfTime {
  readonly symbol: string;
  /** Minutes of one candle. Candles of minutes reach back some weeks only; what lies before is just not in the answer. */
  readonly frequency: (typeof MINUTES)[number];
}

/** `GET /marketdata/v1/pricehistory`: candles of some minutes, trading before and after hours included. */
export async function getPriceHistory(
  { baseUrl, authorised }: { baseUrl: string; authorised: Authorised },
  { symbol, startDate, endDate, frequency }: PriceHistoryQuery,
  call: CallOptions,
): Promise<PriceHistory> {
  const operation = 'get-price-history';
  assertSymbol(symbol, operation);
  assertSpanOfTime({ startDate, endDate }, operation);
  if (!MINUTES.includes(frequency)) {
    throw new SchwabError(
      'bad-request',
      `${operation}: the minutes must be one of ${MINUTES.join(', ')} (nothing was sent)`,
      { operation },
    );
  }
  // Candles of minutes exist for the period type `day` only; with two dates, no period may be given beside it.
  const url = schwabUrl(baseUrl, '/marketdata/v1/pricehistory', {
    symbol,
    periodType: 'day',
    frequencyType: 'minute',
    frequency: String(frequency),
    startDate: String(startDate),
    endDate: String(endDate),
    needExtendedHoursData: 'true',
  });
  const request: SchwabRequest = { operation, method: 'GET', url, secrets: [] };
  return readingAnswer(await authorised.read(request, call), request, parseCandles);
}

const instantText = z.string('must be ms').regex(/^\d{1,15}$/, 'must be ms');

const candleSchema = z.object(
  {
    open: decimalText,
    high: decimalText,
    low: decimalText,
    close: decimalText,
    volume: decimalText,
    datetime: instantText.transform(Number),
  },
  'must be an object',
);

const answerSchema = z.object({
  symbol: z.string().optional(),
  candles: z.array(z.unknown()).optional(),
  empty: z.boolean().optional(),
});

/**
 * Reads an answer to a call for candles. None at all is an answer too.
 *
 * @throws {ShapeError} when there is no list of candles, and no word that it is empty.
 */
export function parseCandles(text: string): Candles {
  const body = answerSchema.safeParse(parseJson(text));
  if (!body.success) throw new ShapeError(body.error.issues[0]?.path.join('.') || '$', 'not what candles come in');
  const { symbol = null, candles, empty = false } = body.data;
  if (candles === undefined && !empty) throw new ShapeError('candles', 'missing from the answer');
  const read = (candles ?? []).map((candle) => candleSchema.safeParse(candle));
  return {
    symbol,
    candles: read.flatMap(({ data }) => (data === undefined ? [] : [data])),
    odd: read.flatMap(({ error }, index) => {
      const issue = error?.issues[0];
      return issue === undefined ? [] : [{ index, problem: describeIssue(issue.path, issue.message) }];
    }),
    isEmpty: read.length === 0,
  };
}
