import { z } from 'zod';

import type { Authorised, CallOptions } from '../authorised.ts';
import { SchwabError, ShapeError } from '../errors.ts';
import { schwabUrl } from '../http/request.ts';
import type { SchwabRequest } from '../http/request.ts';
import { parseJson } from '../lossless.ts';
import { readingAnswer } from '../reading-answer.ts';
import type { AnswerFacts } from '../reading-answer.ts';

/** Start and end as Schwab writes them: `2025-07-21T09:30:00-04:00`. */
export interface SessionSpan {
  readonly start: string;
  readonly end: string;
}

export interface MarketDay {
  /** `yyyy-MM-dd`, as the answer says; null when it does not. */
  readonly date: string | null;
  readonly isOpen: boolean;
  /** `EQ`, `EQO`, ...; on a closed day the market's own name. */
  readonly product: string | null;
  /** Null on a closed day. Options have a regular session only. */
  readonly sessionHours: {
    readonly preMarket: readonly SessionSpan[];
    readonly regularMarket: readonly SessionSpan[];
    readonly postMarket: readonly SessionSpan[];
  } | null;
}

export interface MarketHours extends MarketDay, AnswerFacts {}

export interface MarketHoursQuery {
  readonly market: 'equity' | 'option';
  /** `yyyy-MM-dd` in New York, from today to a year ahead. */
  readonly date: string;
}

const spans = z.array(z.looseObject({ start: z.string(), end: z.string() })).default([]);

const daySchema = z.looseObject({
  date: z.string().optional(),
  product: z.string().optional(),
  isOpen: z.boolean(),
  sessionHours: z.looseObject({ preMarket: spans, regularMarket: spans, postMarket: spans }).optional(),
});

/** `GET /marketdata/v1/markets`: one market on one date. */
export async function getMarketHours(
  { baseUrl, authorised }: { baseUrl: string; authorised: Authorised },
  { market, date }: MarketHoursQuery,
  call: CallOptions,
): Promise<MarketHours> {
  const operation = 'get-market-hours';
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) {
    throw new SchwabError('bad-request', `${operation}: the date must be yyyy-MM-dd (nothing was sent)`, { operation });
  }
  const url = schwabUrl(baseUrl, '/marketdata/v1/markets', { markets: market, date });
  const request: SchwabRequest = { operation, method: 'GET', url, secrets: [] };
  return readingAnswer(await authorised.read(request, call), request, (text) => parseMarketDay(text, market));
}

/**
 * Reads the FIRST product of a market, whatever its key: `EQ` on an open day is `equity` on a closed one.
 *
 * @throws {ShapeError} when there is none, or it does not say whether it is open.
 */
export function parseMarketDay(text: string, market: string): MarketDay {
  const body = z.looseObject({ [market]: z.record(z.string(), z.unknown()) }).safeParse(parseJson(text));
  if (!body.success) throw new ShapeError(market, 'no such market in the answer');
  const [product] = Object.values(body.data[market] ?? {});
  const result = daySchema.safeParse(product);
  if (!result.success) {
    throw new ShapeError(
      [market, ...(result.error.issues[0]?.path ?? [])].join('.'),
      'not what market hours must hold',
    );
  }
  const { date = null, product: name = null, isOpen, sessionHours } = result.data;
  if (isOpen && (sessionHours?.regularMarket ?? []).length === 0) {
    throw new ShapeError(`${market}.sessionHours`, 'an open day without hours');
  }
  return { date, isOpen, product: name, sessionHours: sessionHours === undefined ? null : hoursOf(sessionHours) };
}

function hoursOf({ preMarket, regularMarket, postMarket }: NonNullable<MarketDay['sessionHours']>) {
  return { preMarket: preMarket.map(span), regularMarket: regularMarket.map(span), postMarket: postMarket.map(span) };
}

function span({ start, end }: SessionSpan): SessionSpan {
  return { start, end };
}
