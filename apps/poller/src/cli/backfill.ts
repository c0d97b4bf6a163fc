import type { BackfillSummary, ImportedOrder } from '@fill-tracker/contract';
import type { StoredOrder } from '@fill-tracker/db';
import { decimalText } from '@fill-tracker/domain';
import { type Backfilled, backfillOrders } from '../backfill/backfill-orders.ts';
import { ordersWithoutId } from '../backfill/orders-without-id.ts';
import { underLease } from '../backfill/under-lease.ts';
import type { Poller } from '../poller.ts';
import { EXIT } from './command-error.ts';
import type { Output } from './output.ts';
import { chosenAccounts } from './verify.ts';

export const BACKFILL_HELP = `
Asks Schwab, by id, about every imported order whose price or end it has not confirmed, and records what it says: the
audit trail shows the price before and after. Stopped and started again, it goes on where it was. Orders that Schwab
does not know any more, and those that came without an id, are named and stay as they are.
Exit status 0 when every order was asked about, 1 when something failed or was left. Stop the poller first: one
process writes the record.
`;

export interface BackfillOptions {
  /** Our short id; all accounts when left out. */
  readonly account?: string;
  readonly isJson: boolean;
}

const TELL_EVERY = 10;

export async function backfill(
  poller: Poller,
  options: BackfillOptions,
  signal: AbortSignal,
  output: Output,
): Promise<number> {
  const summary = await underLease(poller, 'The backfill', async ({ fencing, lost }) => {
    const accounts = await chosenAccounts(poller, options.account, signal);
    const lists = await Promise.all(accounts.map(({ id }) => poller.db.loadToBackfill(id)));
    const orders = lists.flat();
    const total = orders.length;
    const progress = (done: number): void => {
      if (done % TELL_EVERY === 0 || done === total) output.note(`backfilled ${done} of ${total} …`);
    };
    const run = { fencing, signal: AbortSignal.any([signal, lost]), progress };
    const backfilled = await backfillOrders(poller, accounts, orders, run);
    const without = await Promise.all(accounts.map(({ id }) => ordersWithoutId(poller.db, id)));
    const ids = accounts.map(({ id }) => id);
    return presentBackfill(ids, total, backfilled, without.flat());
  });
  if (options.isJson) output.json(summary);
  else output.line(backfillText(summary));
  return summary.failed.length === 0 && summary.stoppedBy === null ? EXIT.fine : EXIT.problem;
}

function presentBackfill(
  accounts: string[],
  found: number,
  { backfilled, unreachable, failed, left, stoppedBy }: Backfilled,
  withoutId: readonly StoredOrder[],
): BackfillSummary {
  return {
    accounts,
    found,
    backfilled,
    unreachable: unreachable.map(presentImported),
    withoutOrderId: withoutId.map(presentImported),
    failed: failed.map(({ order, problem }) => ({ ...presentImported(order), problem })),
    left,
    stoppedBy,
  };
}

function presentImported({ id, accountId, known: { brokerOrderId, facts, state } }: StoredOrder): ImportedOrder {
  return {
    id,
    account: accountId,
    brokerOrderId: brokerOrderId === '' ? null : brokerOrderId,
    symbol: facts?.legs[0]?.symbol ?? null,
    quantity: facts?.quantity ? decimalText(facts.quantity) : null,
    closedAt: state.closedAt === null ? null : new Date(state.closedAt).toISOString(),
  };
}

function backfillText(summary: BackfillSummary): string {
  const { found, backfilled, unreachable, withoutOrderId, failed, left, stoppedBy } = summary;
  return [
    `${backfilled} of ${found} imported orders confirmed or corrected by the broker`,
    ...section('the broker does not know (any more)', unreachable.map(importedText)),
    ...section('without an order id: nobody can be asked', withoutOrderId.map(importedText)),
    ...section(
      'failed',
      failed.map(({ problem, ...order }) => `${importedText(order)}: ${problem}`),
    ),
    ...(stoppedBy === null ? [] : [`ended early (${stoppedBy}), ${left} left: run it again to go on`]),
  ].join('\n');
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [`${lines.length} ${title}:`, ...lines.map((line) => `  ${line}`)];
}

function importedText({ id, account, brokerOrderId, symbol, quantity, closedAt }: ImportedOrder): string {
  const day = closedAt === null ? 'not ended' : `ended ${closedAt.slice(0, 10)}`;
  return `order ${id} (${account}, ${brokerOrderId ?? 'no id'}): ${quantity ?? '?'} ${symbol ?? '?'}, ${day}`;
}
