import { readEnteredTime } from './order-window.ts';

const YEAR_MS = 366 * 24 * 3_600_000;

/** Instants are epoch ms, both included. */
export interface TransactionWindow {
  readonly from: number;
  readonly to: number;
  readonly types: readonly string[];
  readonly symbol: string | null;
}

/** Reads the query of a call for transactions, or gives the message of its 400. All but the symbol is required. */
export function readTransactionWindow(query: URLSearchParams): TransactionWindow | string {
  const from = readEnteredTime(query.get('startDate'));
  const to = readEnteredTime(query.get('endDate'));
  const types = query.getAll('types').flatMap((names) => names.split(','));
  if (from === null) return 'startDate is missing or is not a valid date';
  if (to === null) return 'endDate is missing or is not a valid date';
  if (from > to) return 'startDate must be before endDate';
  if (to - from > YEAR_MS) return 'startDate and endDate must be within one year';
  if (types.length === 0 || types.includes('')) return 'types is missing';
  return { from, to, types, symbol: query.get('symbol') };
}
