import { type ListedOrder, ORDER_FLAGS, orderFlag } from '@fill-tracker/contract';
import type { Tone } from '../components/ui/badge.tsx';
import { dollars } from './decimal-text.ts';
import { symbolText } from './symbol-text.ts';
import { wordsOf } from './words.ts';

/** A server that is newer than this page may know more flags: they are shown by their names. */
export function flagMeaning(flag: string): string {
  const known = orderFlag.safeParse(flag);
  return known.success ? ORDER_FLAGS[known.data] : 'A flag that this page does not know.';
}

type Standing = Pick<ListedOrder, 'status' | 'outcome' | 'filledQuantity'> & { readonly flags: readonly string[] };

interface StandingWord {
  readonly word: string;
  readonly tone: Tone;
}

const STANDINGS = {
  PENDING: ({ filledQuantity, flags }) => {
    if (isUnreadable({ flags })) return { word: 'Unreadable', tone: 'warn' };
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

/** True when the broker's last answer about the order cannot be read: what is known of it is older, or nothing. */
export function isUnreadable({ flags }: { readonly flags: readonly string[] }): boolean {
  return flags.includes('REPORT_UNREADABLE');
}

/** The broker's own word for how an order stands, or why there is none. */
export function brokerWord(order: { readonly brokerStatus: string | null; readonly flags: readonly string[] }): string {
  return order.brokerStatus ?? (isUnreadable(order) ? 'unreadable' : 'not seen yet');
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

type Named = Pick<ListedOrder, 'instruction' | 'quantity' | 'symbol' | 'legCount'> &
  Partial<Pick<ListedOrder, 'flags'>>;

/** `Buy 100 GME`. */
export function orderName(order: Named): string {
  const more = order.legCount > 1 ? `and ${order.legCount - 1} more` : '';
  const instruction = order.instruction === null ? '' : wordsOf(order.instruction);
  const name = [instruction, order.quantity ?? '', order.symbol === null ? '' : symbolText(order.symbol), more]
    .filter((part) => part !== '')
    .join(' ');
  if (name !== '') return name;
  return isUnreadable({ flags: order.flags ?? [] }) ? 'Order that cannot be read' : 'Order not seen at the broker yet';
}
