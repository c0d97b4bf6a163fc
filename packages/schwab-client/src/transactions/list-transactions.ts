import { accountPath } from '../accounts/account-path.ts';
import type { Authorised, CallOptions } from '../authorised.ts';
import { schwabUrl } from '../http/request.ts';
import type { SchwabRequest } from '../http/request.ts';
import { readingAnswer } from '../reading-answer.ts';
import type { AnswerFacts } from '../reading-answer.ts';
import { assertSpanOfTime } from '../span-of-time.ts';
import type { SpanOfTime } from '../span-of-time.ts';
import { assertSymbol } from '../symbol-text.ts';
import { parseTransactionList } from './parse-transactions.ts';
import type { ParsedTransactionList } from './parse-transactions.ts';

/** "Maximum date range is 1 year", says the document of the Trader API; a leap year's last day is not risked. */
const MAX_DAYS = 365;

/** What happened in an account between two instants, at most 365 days apart. */
export interface TransactionQuery extends SpanOfTime {
  readonly accountHash: string;
  readonly types: 'TRADE';
  /** One symbol only; all when left out. */
  readonly symbol?: string;
}

export interface TransactionList extends ParsedTransactionList, AnswerFacts {}

/** `GET /accounts/{hash}/transactions`: what an order cost, fees and all, once it has been booked. */
export async function listTransactions(
  { baseUrl, authorised }: { baseUrl: string; authorised: Authorised },
  { accountHash, startDate, endDate, types, symbol }: TransactionQuery,
  call: CallOptions,
): Promise<TransactionList> {
  const operation = 'list-transactions';
  const path = `${accountPath(accountHash, operation)}/transactions`;
  assertSpanOfTime({ startDate, endDate }, operation, MAX_DAYS);
  if (symbol !== undefined) assertSymbol(symbol, operation);
  const url = schwabUrl(baseUrl, path, {
    startDate: new Date(startDate).toISOString(),
    endDate: new Date(endDate).toISOString(),
    types,
    ...(symbol !== undefined && { symbol }),
  });
  const request: SchwabRequest = { operation, method: 'GET', url, secrets: [accountHash] };
  return readingAnswer(await authorised.read(request, call), request, parseTransactionList);
}
