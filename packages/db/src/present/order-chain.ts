/** The replacement chain of an order: inferred whenever it is read, from what the record has now, and never stored. */
import {
  chainOf,
  type ChainOrder,
  chainOrderOf,
  inferReplacements,
  type ReplacementCorrection,
  summariseLegs,
} from '@fill-tracker/domain';
import type { FillDatabase } from '../fill-database.ts';
import type { OrderLink } from '../order-links.ts';
import type { OrderDetail, OrderView } from '../orders.ts';
import { type OrderChain, presentFullOrder, presentOrder } from './present-order.ts';

/** An order's chain, and what nobody can tell about it. */
export interface ChainOfOrder extends OrderChain {
  /** Replaced orders with several possible successors that this chain has part in. */
  readonly ambiguous: readonly { readonly from: OrderView; readonly candidates: readonly OrderView[] }[];
}

/** One order as JSON, with its chain: what `poller show` and the API answer. */
export async function readFullOrder(db: FillDatabase, detail: OrderDetail) {
  const [views, links, looks] = await Promise.all([
    db.loadChainCandidates(detail.id),
    db.loadOrderLinks(detail.accountId),
    db.readLooks(),
  ]);
  const chain = chainOfOrder(detail, views, links);
  return {
    ...presentFullOrder(detail, looks, chain),
    chainAmbiguous: chain.ambiguous.map(({ from, candidates }) => ({
      from: presentOrder(from, looks),
      candidates: candidates.map((view) => presentOrder(view, looks)),
    })),
  };
}

/**
 * The chain that an order belongs to.
 *
 * @param views the orders that may belong to it
 * @param links what people said of replacements, oldest first
 */
export function chainOfOrder(order: OrderView, views: readonly OrderView[], links: readonly OrderLink[]): ChainOfOrder {
  const orders = chainOrdersOf(views);
  const own = chainKey(order.id);
  // Nothing is known yet of an order that the broker never told of.
  if (!orders.some(({ key }) => key === own)) return { orders: [order], links: [], totals: null, ambiguous: [] };
  const replacements = inferReplacements(orders, correctionsOf(links));
  const chain = chainOf(own, orders, replacements.links);
  const viewOf = new Map(views.map((view) => [chainKey(view.id), view]));
  const members = new Set(chain.orders.map(({ key }) => key));
  const viewsOf = (keys: readonly string[]): OrderView[] => keys.flatMap((key) => viewOf.get(key) ?? []);
  return {
    orders: viewsOf([...members]),
    links: replacements.links
      .filter(({ from, to }) => members.has(from) && members.has(to))
      .map(({ from, to, basis }) => ({ from: Number(from), to: Number(to), basis })),
    totals: members.size > 1 && chain.legs !== null ? chain : null,
    ambiguous: replacements.ambiguous
      .filter(({ from, candidates }) => [from, ...candidates].some((key) => members.has(key)))
      .flatMap(({ from, candidates }) =>
        viewsOf([from]).map((view) => ({ from: view, candidates: viewsOf(candidates) })),
      ),
  };
}

/** Orders as a chain sees them, under `chainKey`; those of which the broker told nothing are left out. */
export function chainOrdersOf(views: readonly OrderView[]): readonly ChainOrder[] {
  return views.flatMap(({ id, known: { facts, fills } }) =>
    facts === null ? [] : [chainOrderOf(chainKey(id), facts, summariseLegs(facts, fills))],
  );
}

/** What people said, under `chainKey`. */
export function correctionsOf(links: readonly OrderLink[]): readonly ReplacementCorrection[] {
  return links.map(({ orderId, replacesOrderId }) => ({
    to: chainKey(orderId),
    from: replacesOrderId === null ? null : chainKey(replacesOrderId),
  }));
}

/** The name of an order among those of a chain: our id. */
export function chainKey(orderId: number): string {
  return String(orderId);
}
