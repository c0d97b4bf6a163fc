import type { Command, OrderCommit, StoredOrder } from '@fill-tracker/db';
import { decimalText, SECOND } from '@fill-tracker/domain';
import { SchwabError } from '@fill-tracker/schwab-client';
import { askById } from '../cycle/ask-by-id.ts';
import { commitOfReport, newestOfEach } from '../cycle/reconcile-reports.ts';
import { within } from '../cycle/within.ts';
import type { Poller } from '../poller.ts';
import { explainCallFailure } from '../sign-in/explain-failure.ts';
import { done, type Effect, failed } from './effect.ts';
import { findOrder, storedOrderOf } from './find-order.ts';

/** Who asks for a re-poll waits some 10 s for it. */
const REPOLL_WITHIN_MS = 8 * SECOND;

/** Asks the broker about one order now. */
export async function repollOrder(poller: Poller, command: Command, signal: AbortSignal): Promise<Effect> {
  const detail = await findOrder(poller, command);
  if (detail === null || detail.known.brokerOrderId === '') {
    return failed(command, 'there is no such order in the record');
  }
  const stored = storedOrderOf(detail);
  const answer = await askNow(poller, stored, signal);
  if (answer.outcome === 'failed')
    return failed(command, explainCallFailure(answer.kind, answer.message), { errorKind: answer.kind });
  if (answer.outcome === 'no-order') return failed(command, NO_ORDER);
  // Only told, not counted: an absence counts beside a list that agrees, and here is none.
  if (answer.outcome === 'not-found') return done(command, { found: false, status: stored.known.state.status });
  const own = newestOfEach(answer.reports).find(({ order }) => order.brokerOrderId === stored.known.brokerOrderId);
  if (own === undefined) return failed(command, 'the answer was about another order');
  const commit = commitOfReport(stored, own, poller.clock.now());
  return done(command, foundOutcome(commit), { orders: [commit], before: [stored] });
}

const NO_ORDER =
  'This id only holds other orders together (OCO) and is none itself: track those, and close this one with `poller resolve`.';

function foundOutcome({ reconciliation }: OrderCommit): Record<string, unknown> {
  const { state, facts } = reconciliation.order;
  return {
    found: true,
    status: state.status,
    brokerStatus: facts?.brokerStatus ?? null,
    filledQuantity: state.filledQuantity && decimalText(state.filledQuantity),
    averagePrice: state.averagePrice && decimalText(state.averagePrice),
    newFills: reconciliation.newFills.length,
    changed: reconciliation.audit.length > 0,
  };
}

async function askNow(poller: Poller, stored: StoredOrder, signal: AbortSignal): ReturnType<typeof askById> {
  try {
    const accounts = await within(poller.client, REPOLL_WITHIN_MS, signal, (limited) =>
      poller.accounts.current(limited),
    );
    return await askById(poller, accounts, stored, { lane: 'command', signal, limitMs: REPOLL_WITHIN_MS });
  } catch (error) {
    if (!(error instanceof SchwabError)) throw error;
    return { outcome: 'failed', kind: error.kind, message: error.message, reports: [], unreadable: [] };
  }
}
