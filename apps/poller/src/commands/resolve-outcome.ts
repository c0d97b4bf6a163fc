import type { OrderStanding, ResolveOutcome } from '@fill-tracker/contract';
import type { CommitNotes, OrderCommit } from '@fill-tracker/db';
import { decimalText, type KnownOrder, type Reconciliation } from '@fill-tracker/domain';
import { done, type Effect } from './effect.ts';
import { storedOrderOf } from './find-order.ts';
import type { Resolving } from './resolving.ts';

/** A decision that changes the order itself. */
export function resolved(resolving: Resolving, reconciliation: Reconciliation, notes: CommitNotes = {}): Effect {
  const { command, detail, request } = resolving;
  const outcome: ResolveOutcome = {
    action: request.action,
    changed: reconciliation.isChanged,
    before: standingOf(detail.known),
    after: standingOf(reconciliation.order),
    fillsAdded: reconciliation.newFills.length,
    fillsWithdrawn: reconciliation.withdrawnFills.length,
  };
  const commit = commitOfDecision(resolving, reconciliation);
  return done(command, outcome, { orders: [commit], notes, before: [storedOrderOf(detail)] });
}

/** The record says so already: nothing to write. */
export function unchanged({ command, detail, request }: Resolving, more: Partial<OrderStanding> = {}): Effect {
  const standing = { ...standingOf(detail.known), ...more };
  const outcome: ResolveOutcome = {
    action: request.action,
    changed: false,
    before: standing,
    after: standing,
    fillsAdded: 0,
    fillsWithdrawn: 0,
  };
  return done(command, outcome);
}

/** The trail names who decided, not the poller that carried it out. */
export function commitOfDecision({ detail, decision }: Resolving, reconciliation: Reconciliation): OrderCommit {
  return { id: detail.id, accountId: detail.accountId, reconciliation, evidence: null, actor: decision.by };
}

export function standingOf({ state }: KnownOrder): OrderStanding {
  return {
    status: state.status,
    outcome: state.outcome,
    filledQuantity: state.filledQuantity && decimalText(state.filledQuantity),
    averagePrice: state.averagePrice && decimalText(state.averagePrice),
    netPrice: state.netPrice && { amount: decimalText(state.netPrice.amount), effect: state.netPrice.effect },
    flags: [...state.flags],
  };
}
