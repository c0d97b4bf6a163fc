import type { FullOrder, ListedOrder, ResolveOutcome, ResolveRequest } from '@fill-tracker/contract';
import { dollars, groupedDecimal } from '../../lib/decimal-text.ts';
import { standingOf } from '../../lib/order-words.ts';
import { counted } from '../../lib/words.ts';

export type ResolveAction = ResolveRequest['action'];

/** What a person can decide of an order, in the words of the dialog. */
export interface ResolveChoice {
  readonly action: ResolveAction;
  readonly title: string;
  readonly explanation: string;
}

/** Flags that only a person can settle. */
const DECIDABLE: ReadonlySet<string> = new Set([
  'UNPRICED',
  'FILLS_DO_NOT_SUM',
  'UNKNOWN_STATUS',
  'REPORT_UNREADABLE',
  'NOT_FOUND',
  'NOT_BACKFILLED',
  'FILLS_CONTRADICT_RECORD',
  'REPORT_BEHIND_RECORD',
  'TRANSACTIONS_DISAGREE',
]);

/** Whether the reports leave something open that a person can decide. */
export function isDecidable({ flags, chainAmbiguous }: Pick<FullOrder, 'flags' | 'chainAmbiguous'>): boolean {
  return chainAmbiguous.length > 0 || flags.some((flag) => DECIDABLE.has(flag));
}

type Order = Pick<FullOrder, 'id' | 'flags' | 'status' | 'brokerOrderId' | 'chainLinks'>;

/** What can be decided of this order as it stands. The poller has the last word. */
export function choicesFor(order: Order): readonly ResolveChoice[] {
  const { id, flags, status, brokerOrderId, chainLinks } = order;
  const isOpen = status === 'PENDING' && flags.some((flag) => DECIDABLE.has(flag));
  return [
    // First what proves a price: closing settles for what is there.
    ...(brokerOrderId === null ? [] : [ACCEPT]),
    ...(isOpen ? [CLOSE] : []),
    LINK,
    ...(chainLinks.some(({ to }) => to === id) ? [UNLINK] : []),
  ];
}

const CLOSE: ResolveChoice = {
  action: 'close',
  title: 'Close it with the fills it has',
  explanation:
    'For an order that is over at the broker while its reports never say so. Nothing is made up: an order without fills on record ends as one that did not trade. It cancels nothing at the broker.',
};
const ACCEPT: ResolveChoice = {
  action: 'accept-transactions',
  title: 'Accept the executions of the account’s transactions',
  explanation:
    'The poller reads the transactions now and takes their executions for this order’s fills. Fills that they do not show stay in the record, struck out.',
};
const LINK: ResolveChoice = {
  action: 'link',
  title: 'This order replaces another one',
  explanation:
    'Both are then one chain, with one filled quantity and one average. Your word goes before what is inferred.',
};
const UNLINK: ResolveChoice = {
  action: 'unlink',
  title: 'This order replaces no other one',
  explanation: 'Takes it out of its chain. Your word goes before what is inferred.',
};

/** Orders whose place this one may have taken, and nothing tells which. */
export function possiblePredecessors({
  id,
  chainAmbiguous,
}: Pick<FullOrder, 'id' | 'chainAmbiguous'>): readonly ListedOrder[] {
  return chainAmbiguous.filter(({ candidates }) => candidates.some((order) => order.id === id)).map(({ from }) => from);
}

/** The number of an order in what a person typed or pasted: `7`, or the address of its page. Null when there is none. */
export function orderNumberIn(text: string): number | null {
  const [, digits] = /^(?:#|.*\/orders\/)?([1-9]\d{0,14})$/.exec(text.trim()) ?? [];
  return digits === undefined ? null : Number(digits);
}

/** What came of a decision, in one line. */
export function resolvedSentence({ action, changed, after, fillsAdded, fillsWithdrawn }: ResolveOutcome): string {
  if (!changed) return 'The record said so already: nothing changed.';
  if (action === 'link') return `Kept: it took the place of order ${after.replaces ?? '?'}.`;
  if (action === 'unlink') return 'Kept: it replaced no other order.';
  const filled = `${groupedDecimal(after.filledQuantity ?? '0')} filled`;
  const price = after.averagePrice === null ? '' : ` at ${dollars(after.averagePrice)}`;
  const fills = [
    ...(fillsAdded > 0 ? [`${counted(fillsAdded, 'fill')} added`] : []),
    ...(fillsWithdrawn > 0 ? [`${counted(fillsWithdrawn, 'fill')} withdrawn`] : []),
  ];
  return `${[`Now ${standingOf(after).word.toLowerCase()}, ${filled}${price}`, ...fills].join('; ')}.`;
}
