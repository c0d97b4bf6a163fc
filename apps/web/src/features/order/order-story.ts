import type { FullFill, FullOrder } from '@fill-tracker/contract';
import { dollars, groupedDecimal } from '../../lib/decimal-text.ts';
import { isUnreadable, orderName, standingOf, termsOf } from '../../lib/order-words.ts';
import { symbolText } from '../../lib/symbol-text.ts';
import { everyFill } from './every-fill.ts';

/** Something that happened to an order. */
export interface StoryEvent {
  readonly key: string;
  readonly kind: 'entered' | 'fill' | 'withdrawn' | 'closed' | 'open';
  readonly text: string;
  /** ISO 8601; null when nobody knows. */
  readonly at: string | null;
}

/** What happened to an order from its entry to its end, in order of time. */
export function orderStory(order: FullOrder): readonly StoryEvent[] {
  const { enteredAt, closedAt, status } = order;
  const terms = termsOf(order);
  const fills = everyFill(order).map(({ fill, fate }) => ({
    key: `${fill.key} ${fill.version}`,
    kind: 'fill' as const,
    text: `${traded(order, fill)}${fate === null ? '' : ', no longer counted'}`,
    at: fill.occurredAt,
  }));
  const end: StoryEvent =
    status === 'PENDING'
      ? { key: 'open', kind: 'open', text: openText(order), at: null }
      : { key: 'closed', kind: 'closed', text: standingOf(order).word, at: closedAt };
  const start =
    enteredAt === null ? [] : [{ key: 'entered', kind: 'entered' as const, text: name(order, terms), at: enteredAt }];
  return order.withdrawnFills.reduce(withWithdrawal(order), [...start, ...fills, end]);
}

type Withdrawal = FullOrder['withdrawnFills'][number];

/** Puts a withdrawal after all that happened before it: it may come long after the end. */
function withWithdrawal(order: FullOrder): (story: readonly StoryEvent[], fill: Withdrawal) => readonly StoryEvent[] {
  return (story, fill) => {
    const { key, version, withdrawnAt } = fill;
    const after = story.findLastIndex(({ at }) => at !== null && at <= withdrawnAt) + 1;
    const text = `${traded(order, fill)} counts no longer`;
    return story.toSpliced(after, 0, { key: `withdrawn ${key} ${version}`, kind: 'withdrawn', text, at: withdrawnAt });
  };
}

function traded(order: FullOrder, { quantity, price, legId }: FullFill): string {
  return `${groupedDecimal(quantity)} at ${dollars(price)}${legText(order, legId)}`;
}

function openText(order: FullOrder): string {
  const { brokerStatus, flags } = order;
  if (isUnreadable(order)) return 'What the broker says now cannot be read';
  if (brokerStatus === null) return 'Not seen at the broker yet';
  return flags.includes('UNPRICED') ? 'Waiting for the broker to name the price' : 'Still open';
}

function name(order: FullOrder, terms: string): string {
  return terms === '' ? orderName(order) : `${orderName(order)}, ${terms}`;
}

function legText({ legs }: FullOrder, legId: string): string {
  if (legs.length < 2) return '';
  const symbol = legs.find((leg) => leg.legId === legId)?.symbol ?? null;
  return `, ${symbol === null ? `leg ${legId}` : symbolText(symbol)}`;
}
