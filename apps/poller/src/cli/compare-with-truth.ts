import type { OrderView } from '@fill-tracker/db';
import { decimalText, type Instant, type LegSummary, type NetPrice, summariseLegs } from '@fill-tracker/domain';
import type { TruthOrder, TruthVerdict } from '@fill-tracker/schwab-simulator';

/** One order on which record and truth differ. */
export interface Difference {
  readonly brokerOrderId: string;
  readonly recorded: string;
  readonly truth: string;
}

/**
 * Holds the record against the simulator's own truth, over the union of their order ids: against what the orders' own
 * reports prove, where the account's transactions prove more.
 */
export function differencesFromTruth(
  record: readonly OrderView[],
  truth: readonly TruthOrder[],
): readonly Difference[] {
  const recorded = new Map(record.map((order) => [order.known.brokerOrderId, textOfRecord(order)]));
  const proved = new Map(truth.map((order) => [order.brokerOrderId, textOfTruth(order)]));
  return [...new Set([...recorded.keys(), ...proved.keys()])].flatMap((brokerOrderId) => {
    const ours = recorded.get(brokerOrderId) ?? 'not in the record';
    const theirs = proved.get(brokerOrderId) ?? 'unknown to the broker';
    return ours === theirs ? [] : [{ brokerOrderId, recorded: ours, truth: theirs }];
  });
}

function textOfRecord({ known: { facts, state, fills } }: OrderView): string {
  const legs = facts === null ? [] : summariseLegs(facts, fills);
  return text(
    facts?.brokerStatus ?? '?',
    state.status,
    state.filledQuantity === null ? '0' : decimalText(state.filledQuantity),
    legs.length > 1 ? spreadText(state.netPrice, legs) : state.averagePrice && decimalText(state.averagePrice),
    fills.map(({ price, quantity, occurredAt }) => fillText(decimalText(price), decimalText(quantity), occurredAt)),
  );
}

function textOfTruth(order: TruthOrder): string {
  const { status, filledQuantity, averagePrice, fills, legs, netPrice }: TruthVerdict = order.byOrdersAlone ?? order;
  const parts = fills.map((fill) => fillText(fill.price, fill.quantity, Date.parse(fill.occurredAt)));
  const prices = legs?.map((leg) => `${leg.legId} ${leg.averagePrice ?? '-'}`);
  const price = prices === undefined ? averagePrice : spread(netPrice ?? null, prices);
  return text(order.brokerStatus, status, filledQuantity, price, parts);
}

function spreadText(netPrice: NetPrice | null, legs: readonly LegSummary[]): string {
  const net = netPrice && { amount: decimalText(netPrice.amount), effect: netPrice.effect };
  const prices = legs.map((leg) => `${leg.legId} ${leg.averagePrice === null ? '-' : decimalText(leg.averagePrice)}`);
  return spread(net, prices);
}

function spread(net: { readonly amount: string; readonly effect: string } | null, legs: readonly string[]): string {
  return `${net === null ? '-' : `${net.amount} ${net.effect}`} (${[...legs].sort().join(', ')})`;
}

/** The broker reports whole seconds, while its truth knows better. */
function fillText(price: string, quantity: string, occurredAt: Instant | null): string {
  const time = occurredAt === null ? '?' : new Date(occurredAt).toISOString().slice(11, 19);
  return `${quantity}@${price} ${time}`;
}

/** Fills of one second have no order among them in the broker's report, so they are compared as a set. */
function text(word: string, status: string, filled: string, average: string | null, fills: readonly string[]): string {
  return `${word} ${status} ${filled} at ${average ?? '-'} [${[...fills].sort().join(', ')}]`;
}
