import { type PollWindow, SECOND, splitWindow } from '@fill-tracker/domain';
import { SchwabError, type TransactionList } from '@fill-tracker/schwab-client';
import type { PolledAccount } from '../cycle/account-directory.ts';
import { within } from '../cycle/within.ts';
import type { Poller } from '../poller.ts';
import { type TranslatedTransactions, translateTransactions } from './translate-transactions.ts';

/** For one call, all tries together. */
const LIST_WITHIN_MS = 45 * SECOND;

type Rows = Pick<TransactionList, 'transactions' | 'odd'>;

/**
 * All trades that one account's history shows within a window; asked for in halves where one answer cannot hold them.
 *
 * @throws {SchwabError} when any part of it does not come: half of a history is no witness.
 */
export async function fetchTransactions(
  poller: Pick<Poller, 'client'>,
  account: PolledAccount,
  window: PollWindow,
  signal: AbortSignal,
): Promise<TranslatedTransactions> {
  const { transactions, odd } = await readWhole(poller, account, window, signal);
  const { trades, withoutOrder, unreadable } = translateTransactions(transactions);
  return { trades, withoutOrder, unreadable: [...unreadable, ...odd] };
}

async function readWhole(
  poller: Pick<Poller, 'client'>,
  { id, hash }: PolledAccount,
  window: PollWindow,
  signal: AbortSignal,
): Promise<Rows> {
  const query = { accountHash: hash, startDate: window.from, endDate: window.to, types: 'TRADE' } as const;
  const list = await within(poller.client, LIST_WITHIN_MS, signal, (limited) =>
    poller.client.listTransactions(query, { lane: 'rest', signal: limited }),
  );
  if (!list.isCutOff) return list;
  const halves = splitWindow(window);
  if (halves === null) {
    const at = new Date(window.from).toISOString();
    throw new SchwabError('shape', `list-transactions: account ${id} has more trades at ${at} than one answer holds`);
  }
  const [first, second] = [
    await readWhole(poller, { id, hash }, halves[0], signal),
    await readWhole(poller, { id, hash }, halves[1], signal),
  ];
  return { transactions: union(first.transactions, second.transactions), odd: union(first.odd, second.odd, textOf) };
}

/** The place of an odd one says only where it stood in its own answer. */
function textOf({ activityId, text }: TransactionList['odd'][number]): string {
  return JSON.stringify([activityId, text]);
}

/**
 * Both lists, what lies where they overlap once. Equal rows of one list are several trades: an activity has a row for
 * each of its executions, and two may be alike.
 */
function union<Row>(first: readonly Row[], second: readonly Row[], text: (row: Row) => string = JSON.stringify): Row[] {
  const left = new Map<string, number>();
  for (const row of first) left.set(text(row), (left.get(text(row)) ?? 0) + 1);
  const more = second.filter((row) => {
    const count = left.get(text(row)) ?? 0;
    left.set(text(row), count - 1);
    return count <= 0;
  });
  return [...first, ...more];
}
