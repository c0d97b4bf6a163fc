import { type ListedOrder, type OrderFlag, orderFlag } from '@fill-tracker/contract';
import type { Tone } from '../components/ui/badge.tsx';
import { dollars } from './decimal-text.ts';
import { symbolText } from './symbol-text.ts';
import { wordsOf } from './words.ts';

/** What each flag tells a person. */
const FLAG_MEANINGS = {
  UNPRICED: 'The broker says that something filled and reports no priced leg. The price is unknown, not zero.',
  FILLS_DO_NOT_SUM: 'The priced legs do not add up to the filled quantity.',
  REJECTED_WITH_FILLS: 'Rejected, and yet something traded. The fills are kept.',
  UNKNOWN_STATUS: 'The broker uses a status word that it never documented. Treated as live.',
  UNKNOWN_EXECUTION_TYPE: 'The report holds an execution of a kind that is not understood. It is not counted.',
  OVERFILLED: 'More traded than was ordered.',
  PRICE_OUTSIDE_LIMIT: "Bought above, or sold below, the order's own limit.",
  FILL_BEFORE_ENTRY: 'A fill carries a time before the order was entered.',
  REPORT_BEHIND_RECORD: 'A later report lacks what an earlier one proved. The record keeps it.',
  FILLS_CONTRADICT_RECORD: 'A complete report replaces recorded fills by others without saying that it corrects them.',
  FILLS_AMENDED: 'A recorded fill was corrected or taken back. Both versions are kept; the last one counts.',
  PRICE_OUTSIDE_MARKET: "A fill's price lies outside what the market traded at in that minute.",
  FILL_OUTSIDE_SESSION: 'A fill carries a time at which no session was open.',
  TRANSACTIONS_DISAGREE: "The account's transactions show other executions than the order's own report.",
  NOT_BACKFILLED: 'Taken over from an older record. The broker has not confirmed its price yet.',
  NOT_FOUND: 'The broker keeps answering that it does not know this order.',
} as const satisfies Record<OrderFlag, string>;

/** A server that is newer than this page may know more flags: they are shown by their names. */
export function flagMeaning(flag: string): string {
  const known = orderFlag.safeParse(flag);
  return known.success ? FLAG_MEANINGS[known.data] : 'A flag that this page does not know.';
}

type Standing = Pick<ListedOrder, 'status' | 'outcome' | 'filledQuantity'> & { readonly flags: readonly string[] };

interface StandingWord {
  readonly word: string;
  readonly tone: Tone;
}

const STANDINGS = {
  PENDING: ({ filledQuantity, flags }) => {
    if (flags.includes('UNPRICED')) return { word: 'Unpriced', tone: 'warn' };
    return { word: isNothing(filledQuantity) ? 'Pending' : 'Filling', tone: 'accent' };
  },
  COMPLETED: ({ outcome }) => {
    if (outcome === 'FILLED') return { word: 'Filled', tone: 'good' };
    return { word: outcome === 'PARTIALLY_FILLED' ? 'Partly filled' : wordsOf(outcome ?? 'completed'), tone: 'warn' };
  },
  FAILED: ({ outcome }) => ({ word: wordsOf(outcome ?? 'ended'), tone: outcome === 'REJECTED' ? 'bad' : 'neutral' }),
} as const satisfies Record<ListedOrder['status'], (order: Standing) => StandingWord>;

/** Our word for how an order stands. The broker's own word is shown beside it. */
export function standingOf(order: Standing): StandingWord {
  return STANDINGS[order.status](order);
}

function isNothing(quantity: string | null): boolean {
  return quantity === null || quantity === '0';
}

type Terms = Pick<ListedOrder, 'orderType' | 'limitPrice' | 'stopPrice'>;

/** `Limit 22.80`, `Stop limit 21.00 / 20.50`, `Market`. */
export function termsOf({ orderType, limitPrice, stopPrice }: Terms): string {
  const prices = [stopPrice, limitPrice].filter((price) => price !== null).map(dollars);
  return [orderType === null ? '' : wordsOf(orderType), prices.join(' / ')].filter((part) => part !== '').join(' ');
}

/** `Buy 100 GME`. */
export function orderName(order: Pick<ListedOrder, 'instruction' | 'quantity' | 'symbol' | 'legCount'>): string {
  const more = order.legCount > 1 ? `and ${order.legCount - 1} more` : '';
  const instruction = order.instruction === null ? '' : wordsOf(order.instruction);
  const name = [instruction, order.quantity ?? '', order.symbol === null ? '' : symbolText(order.symbol), more]
    .filter((part) => part !== '')
    .join(' ');
  return name === '' ? 'Order not seen at the broker yet' : name;
}
