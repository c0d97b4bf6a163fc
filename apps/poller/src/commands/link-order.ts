import type { ResolveOutcome } from '@fill-tracker/contract';
import { chainKey, chainOrdersOf, correctionsOf, type OrderDetail, type OrderLink } from '@fill-tracker/db';
import {
  type AuditEntry,
  type ChainOrder,
  checkCorrection,
  inferReplacements,
  type Reconciliation,
  type ReplacementLink,
} from '@fill-tracker/domain';
import type { Poller } from '../poller.ts';
import { done, type Effect, failed } from './effect.ts';
import { commitOfDecision, standingOf, unchanged } from './resolve-outcome.ts';
import type { Resolving } from './resolving.ts';

/**
 * Keeps a person's word on whose place an order took: it stands before whatever is inferred.
 *
 * @param replaces our id of that order; null: it is no replacement
 */
export async function linkOrder(poller: Poller, resolving: Resolving, replaces: number | null): Promise<Effect> {
  const { command, detail } = resolving;
  const [other] = replaces === null ? [] : await poller.db.findOrder({ id: replaces });
  const problem = whyNotLinkable(detail, replaces, other);
  if (problem !== null) return failed(command, problem);
  const links = await poller.db.loadOrderLinks(detail.accountId);
  const said = links.find(({ orderId }) => orderId === detail.id);
  if (said !== undefined && said.replacesOrderId === replaces) return unchanged(resolving, { replaces });
  const orders = await neighboursOf(poller, other === undefined ? [detail] : [detail, other]);
  const corrections = correctionsOf(links);
  const correction = { to: chainKey(detail.id), from: replaces === null ? null : chainKey(replaces) };
  const refusal = checkCorrection(correction, orders, corrections);
  if (refusal !== null) return failed(command, refusal.message, { code: refusal.code });
  const { links: former } = inferReplacements(orders, corrections);
  return linked(poller, resolving, replaces, former.find(({ to }) => to === correction.to) ?? null);
}

function whyNotLinkable(detail: OrderDetail, replaces: number | null, other: OrderDetail | undefined): string | null {
  if (replaces !== null && other === undefined) return `There is no order ${replaces} in the record. Track it first.`;
  if (other !== undefined && other.accountId !== detail.accountId) {
    return `Order ${other.id} is of account ${other.accountId}, and ${detail.id} of ${detail.accountId}: an order replaces one of its own account.`;
  }
  const untold = [detail, ...(other === undefined ? [] : [other])].find(({ known }) => known.facts === null);
  return untold === undefined ? null : `The broker has told nothing of order ${untold.id} yet. Ask it again first.`;
}

/** All orders that may be in a chain with one of these. */
async function neighboursOf(poller: Poller, orders: readonly OrderDetail[]): Promise<readonly ChainOrder[]> {
  const views = (await Promise.all(orders.map(({ id }) => poller.db.loadChainCandidates(id)))).flat();
  return chainOrdersOf([...new Map(views.map((view) => [view.id, view])).values()]);
}

function linked(poller: Poller, resolving: Resolving, replaces: number | null, former: ReplacementLink | null): Effect {
  const { command, detail, request, decision } = resolving;
  const link: OrderLink = { orderId: detail.id, replacesOrderId: replaces, ...decision, at: poller.clock.now() };
  const formerly = former === null ? null : Number(former.from);
  const standing = standingOf(detail.known);
  const outcome: ResolveOutcome = {
    action: request.action,
    changed: true,
    before: { ...standing, replaces: formerly },
    after: { ...standing, replaces },
    fillsAdded: 0,
    fillsWithdrawn: 0,
  };
  const entry: AuditEntry = {
    kind: 'RESOLUTION_CHANGED',
    before: { replaces: formerly, basis: former?.basis ?? null },
    after: { replaces, basis: 'OPERATOR', by: decision.by, reason: decision.reason },
    reason: `${replaces === null ? 'said to be no replacement' : 'linked'} by ${decision.by}: ${decision.reason}`,
  };
  return done(command, outcome, {
    orders: [commitOfDecision(resolving, onlyTold(detail, entry))],
    notes: { links: [link] },
  });
}

/** The order stays as it is; its trail gets a line. */
function onlyTold({ known }: OrderDetail, entry: AuditEntry): Reconciliation {
  return {
    order: known,
    isChanged: true,
    newFills: [],
    identifiedFills: [],
    withdrawnFills: [],
    audit: [entry],
    discrepancies: [],
  };
}
