import {
  acceptExecutions,
  HOUR,
  hearWitness,
  type Instant,
  type KnownOrder,
  type PollWindow,
  type Reconciliation,
  SECOND,
  type TradeTransaction,
} from '@fill-tracker/domain';
import { SchwabError } from '@fill-tracker/schwab-client';
import { within } from '../cycle/within.ts';
import type { Poller } from '../poller.ts';
import { fetchTransactions } from '../witness/fetch-transactions.ts';
import { hearTransactions } from '../witness/hear-transactions.ts';
import { type Effect, failed } from './effect.ts';
import { executionsOfOrder } from './executions-of-order.ts';
import { storedOrderOf } from './find-order.ts';
import { resolved } from './resolve-outcome.ts';
import type { Resolving } from './resolving.ts';

/** Who decides waits some 10 s for it. */
const FETCH_WITHIN_MS = 8 * SECOND;

/**
 * Takes, on a person's word, what the account's transactions show of an order for its fills. The transactions are
 * asked for now: what is accepted is what the books say at this moment.
 */
export async function acceptTransactions(poller: Poller, resolving: Resolving, signal: AbortSignal): Promise<Effect> {
  const { command, detail, decision } = resolving;
  const { known } = detail;
  if (known.brokerOrderId === '') return failed(command, 'The order has no id at the broker: no transaction names it.');
  const trades = await tradesOf(poller, resolving, signal);
  if ('problem' in trades) return failed(command, trades.problem, trades.more);
  const executions = executionsOfOrder(known, trades);
  if ('problem' in executions) return failed(command, executions.problem);
  const now = poller.clock.now();
  const accepted = acceptExecutions(known, executions, decision, now);
  if ('problem' in accepted) return failed(command, accepted.problem);
  const reconciliation = withoutContradiction(accepted);
  const stored = { ...storedOrderOf(detail), known: reconciliation.order };
  const verifications = hearTransactions([stored], trades, now).flatMap(({ verification }) => verification ?? []);
  return resolved(resolving, reconciliation, { verifications });
}

/** What was accepted contradicts the record no longer. */
function withoutContradiction(accepted: Reconciliation): Reconciliation {
  const heard = hearWitness(accepted.order, 'TRANSACTIONS_DISAGREE', false, 'the transactions were accepted');
  return { ...accepted, order: heard.order, audit: [...accepted.audit, ...heard.audit] };
}

interface Failure {
  readonly problem: string;
  readonly more?: Record<string, unknown>;
}

/** The trades of one order; a problem when any transaction of that time is missing or cannot be read. */
async function tradesOf(
  poller: Poller,
  { detail: { accountId, known } }: Resolving,
  signal: AbortSignal,
): Promise<readonly TradeTransaction[] | Failure> {
  try {
    const { trades, unreadable } = await within(poller.client, FETCH_WITHIN_MS, signal, async (limited) => {
      const account = (await poller.accounts.current(limited)).find(({ id }) => id === accountId);
      if (account === undefined) {
        throw new SchwabError('forbidden', `account ${accountId} is not among the accounts of this login`);
      }
      return await fetchTransactions(asAsked(poller), account, windowOf(known, poller.clock.now()), limited);
    });
    const [odd] = unreadable;
    if (odd === undefined) return trades.filter(({ orderId }) => orderId === known.brokerOrderId);
    return { problem: `A transaction of that time cannot be read (${odd.problem}), and may be of this order.` };
  } catch (error) {
    if (!(error instanceof SchwabError)) throw error;
    return { problem: error.message, more: { errorKind: error.kind } };
  }
}

/** A person waits: ahead of all that polling asks for. */
function asAsked({ client }: Poller): Pick<Poller, 'client'> {
  return {
    client: {
      ...client,
      listTransactions: (query, call) => client.listTransactions(query, { ...call, lane: 'command' }),
    },
  };
}

const DAY_MS = 24 * HOUR;
/** Trades are booked, and corrected, some days after they happened. */
const BOOKED_WITHIN_MS = 4 * DAY_MS;
/** The broker tells of a year at most. */
const LONGEST_MS = 364 * DAY_MS;

/** The time in which an order's trades are told: a day before it was entered, until some days after it ended. */
function windowOf({ facts, fills, firstSeenAt, state }: KnownOrder, now: Instant): PollWindow {
  const traded = fills.flatMap(({ occurredAt }) => occurredAt ?? []);
  const begins = Math.min(facts?.enteredAt ?? firstSeenAt, firstSeenAt, ...traded);
  const to = state.closedAt === null ? now : Math.min(now, Math.max(state.closedAt, ...traded) + BOOKED_WITHIN_MS);
  return { from: Math.max(begins - DAY_MS, to - LONGEST_MS), to };
}
