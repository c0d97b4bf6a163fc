import type { OrderAsKnown } from '@fill-tracker/contract';
import { table } from './output.ts';

type Known = NonNullable<OrderAsKnown['known']>;

/** One order as it was known at an instant, as a page of text. */
export function describeOrderAsKnown(order: OrderAsKnown): string {
  const { id, account, brokerOrderId, asKnownAt, recordedSince, known } = order;
  const title = `Order ${id} (broker's ${brokerOrderId ?? '-'}, account ${account.id} ${account.maskedNumber}) as it was known at ${asKnownAt}`;
  if (known === null) return `${title}\n  Not in the record yet: it came into it at ${recordedSince}.`;
  return [title, ...knownLines(known)].join('\n');
}

function knownLines(known: Known): string[] {
  const { status, outcome, brokerStatus, filledQuantity, terms, fills } = known;
  const price = known.averagePrice ?? known.netPrice ?? '-';
  const sum = known.sum === null ? '' : `, sum ${known.sum}`;
  return [
    `  ${status}${outcome === null ? '' : `, ${outcome}`}; the broker had said ${brokerStatus ?? 'nothing yet'}`,
    `  filled ${filledQuantity ?? '0'}, average price ${price}${sum}`,
    ...termLines(terms),
    ...known.flags.map((flag) => `  ! ${flag}`),
    '',
    fills.length === 0 ? 'No fills then.' : table(FILL_HEAD, fills.map(fillRow), new Set([1, 2])),
  ];
}

function termLines(terms: Known['terms']): string[] {
  const told = Object.entries(terms).filter(([, value]) => value !== null && value !== '');
  return told.length === 0 ? [] : [`  ${told.map(([name, value]) => `${name}=${String(value)}`).join(' ')}`];
}

const FILL_HEAD = ['filled at (UTC)', 'quantity', 'price', 'leg', 'version', 'key'];

function fillRow({ occurredAt, quantity, price, legId, version, key }: Known['fills'][number]): string[] {
  return [occurredAt ?? '-', quantity, price, legId, String(version), key];
}
