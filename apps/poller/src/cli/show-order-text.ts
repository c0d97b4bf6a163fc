import type { FullOrder, Verification } from '@fill-tracker/contract';
import { BLIND_CAUSES, ORDER_FLAGS } from '@fill-tracker/domain';
import { sumText } from '../witness/sum-text.ts';
import { table } from './output.ts';
import { priceText } from './price-text.ts';
import { describeChain } from './show-order-chain.ts';

/** One order as a page of text. */
export function describeOrder(order: FullOrder): string {
  const meanings: Readonly<Record<string, string>> = ORDER_FLAGS;
  return [
    `Order ${order.id} (broker's ${order.brokerOrderId ?? '-'}, account ${order.account.id} ${order.account.maskedNumber})`,
    `  ${order.instruction ?? '?'} ${order.quantity ?? '?'} ${order.symbol ?? '?'} ${order.orderType ?? ''}${order.limitPrice === null ? '' : ` ${order.limitPrice}`}`,
    `  ${order.status}${order.outcome === null ? '' : `, ${order.outcome}`}; the broker says ${brokerWord(order)}${order.statusDescription === null ? '' : `: ${order.statusDescription}`}`,
    `  filled ${order.filledQuantity ?? '?'} of ${order.quantity ?? '?'}, average price ${priceText(order)}`,
    ...(order.resolution === null ? [] : [resolutionText(order.resolution)]),
    ...(order.verification === null ? [] : [verificationText(order.verification, order.symbol)]),
    ...order.flags.map((flag) => `  ! ${flag}: ${meanings[flag] ?? ''}`),
    ...(order.sum === null || order.fills.length === 0 ? [] : ['', `Why this price: ${arithmetic(order)}`]),
    '',
    order.fills.length === 0 ? 'No fills.' : table(FILL_HEAD, order.fills.map(fillRow), new Set([1, 2])),
    ...lateFills(order),
    ...(order.withdrawnFills.length === 0 ? [] : ['', WITHDRAWN, withdrawnTable(order)]),
    ...describeChain(order),
    '',
    table(AUDIT_HEAD, order.audit.map(auditRow), new Set([0])),
  ].join('\n');
}

function brokerWord({ brokerStatus, flags }: FullOrder): string {
  return brokerStatus ?? (flags.includes('REPORT_UNREADABLE') ? 'something that cannot be read' : 'nothing yet');
}

function resolutionText({ by, reason, at }: NonNullable<FullOrder['resolution']>): string {
  return `  closed by ${by} at ${at}: ${reason}`;
}

const VERDICTS: Readonly<Record<Verification['verdict'], string>> = {
  VERIFIED: "the account's transactions say the same",
  ONE_SOURCE: "only one of the two, the order's report and the account's transactions, shows anything",
  DISAGREE: "the account's transactions say something else",
  UNPRICED: 'a quantity has no price',
};

function verificationText(verification: Verification, symbol: string | null): string {
  const { verdict, recordQuantity, recordSum, transactionsQuantity, transactionsSum, fees, checkedAt } = verification;
  const feeText = fees === null ? 'unknown' : `${fees} USD`;
  return (
    `  ${verdict}: ${VERDICTS[verdict]}; record ${amount(recordQuantity, recordSum, symbol)}, ` +
    `transactions ${amount(transactionsQuantity, transactionsSum, symbol)}, fees ${feeText} (checked at ${checkedAt})`
  );
}

/** Orders of several legs have no common quantity and sum. */
function amount(quantity: string | null, sum: string | null, symbol: string | null): string {
  return quantity === null ? 'by leg' : `${quantity} for ${sum === null ? 'an unknown sum' : sumText(sum, symbol)}`;
}

/** Over the fills that count, and no others. */
function arithmetic(order: FullOrder): string {
  const terms = order.fills.map(({ quantity, price }) => `${quantity} x ${price}`).join(' + ');
  const quantity = order.legs[0]?.filledQuantity ?? '?';
  return `(${terms}) / ${quantity} = ${order.sum} / ${quantity}, which is ${order.averagePrice} to 8 places`;
}

const FILL_HEAD = ['filled at (UTC)', 'quantity', 'price', 'leg', 'seen at (UTC)', 'version', 'key'];

/** Fills that happened while the tracker could not see; nothing when there are none. */
function lateFills({ fills }: FullOrder): string[] {
  const late = fills.flatMap(({ key, foundLate }) => (foundLate === null ? [] : [{ key, ...foundLate }]));
  return late.map(({ key, id, cause }) => `  found late: ${key} (blind spot ${id}: ${BLIND_CAUSES[cause]})`);
}

function fillRow(fill: FullOrder['fills'][number]): string[] {
  const { occurredAt, quantity, price, legId, observedAt, version, key } = fill;
  return [occurredAt ?? '-', quantity, price, legId, observedAt, String(version), key];
}

const WITHDRAWN = 'Taken back, and not counted:';

function withdrawnTable({ withdrawnFills }: FullOrder): string {
  const rows = withdrawnFills.map((fill) => [...fillRow(fill), fill.withdrawnAt]);
  return table([...FILL_HEAD, 'taken back at (UTC)'], rows, new Set([1, 2]));
}

const AUDIT_HEAD = ['seq', 'recorded at (UTC)', 'what', 'before', 'after', 'why', 'who'];

function auditRow(entry: FullOrder['audit'][number]): string[] {
  const { seq, recordedAt, kind, before, after, reason, actor } = entry;
  return [String(seq), recordedAt, kind, values(before), values(after), reason, actor];
}

function values(record: Record<string, unknown> | null): string {
  if (record === null) return '-';
  return Object.entries(record)
    .filter(([, value]) => value !== null && value !== '')
    .map(([name, value]) => `${name}=${String(value)}`)
    .join(' ');
}
