import type { AmbiguousReplacement, FullOrder } from '@fill-tracker/contract';
import { table } from './output.ts';
import { priceText } from './price-text.ts';

/** The orders that replaced one another, and what nobody can tell about them; nothing for an order on its own. */
export function describeChain(order: FullOrder): string[] {
  const chain = order.chain.length < 2 ? [] : ['', ...chainLines(order)];
  const ambiguous = order.chainAmbiguous.flatMap(ambiguousLines);
  return ambiguous.length === 0 ? chain : [...chain, '', ...ambiguous];
}

function chainLines(order: FullOrder): string[] {
  const rows = order.chain.map((member) => [
    `${member.id === order.id ? '>' : ' '} ${member.id}`,
    member.brokerOrderId ?? '-',
    member.enteredAt ?? '-',
    `${member.filledQuantity ?? '0'}/${member.quantity ?? '?'}`,
    priceText(member),
    member.outcome ?? member.brokerStatus ?? member.status,
    basisOf(order, member.id),
  ]);
  return ['Replacement chain, oldest first:', table(CHAIN_HEAD, rows, new Set([3, 4])), totalText(order)];
}

const CHAIN_HEAD = ['order', 'broker id', 'entered (UTC)', 'filled', 'average', 'status', 'linked'];

function basisOf({ chainLinks }: FullOrder, id: number): string {
  const link = chainLinks.find(({ to }) => to === id);
  if (link === undefined) return '';
  return link.basis === 'OPERATOR' ? 'by a person' : 'inferred';
}

function totalText({ chainTotals, chain }: FullOrder): string {
  if (chainTotals === null) return 'These orders do not trade the same: they have no common total.';
  const { filledQuantity, sum, averagePrice } = chainTotals;
  return `Over all ${chain.length} orders: filled ${filledQuantity ?? '?'}, sum ${sum ?? '-'}, average ${averagePrice ?? '-'}`;
}

/** Each with what a person would say to settle it. */
function ambiguousLines({ from, candidates }: AmbiguousReplacement): string[] {
  const ids = candidates.map(({ id }) => id);
  return [
    `! Order ${from.id} was replaced by one of ${ids.join(', ')}, and nothing tells which. To say so:`,
    ...ids.map((id) => `    poller resolve ${id} --replaces ${from.id} --reason ...`),
  ];
}
