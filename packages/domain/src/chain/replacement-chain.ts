import { type Decimal, sumOf } from '../decimal.ts';
import { averageOf } from '../execution/leg-summary.ts';
import { type ChainLeg, type ChainOrder, shapeOf, sortedLegs } from './chain-order.ts';
import { pathFrom, predecessors, type ReplacementLink, successors } from './replacement-link.ts';

/** What one leg traded over a whole chain. */
export interface ChainLegTotal {
  readonly symbol: string | null;
  readonly instruction: string | null;
  /** Shares or contracts. */
  readonly filledQuantity: Decimal;
  /** USD: the exact sum of price times quantity. */
  readonly sum: Decimal;
  /** USD per share, 8 places, half up; null when nothing filled. */
  readonly averagePrice: Decimal | null;
}

/** Orders that replaced one another, taken as the one order that they were to the person who placed it. */
export interface ReplacementChain {
  /** Oldest first. */
  readonly orders: readonly ChainOrder[];
  /** Units of the order, over all members, each counted once; null when some member's is not known. */
  readonly filledQuantity: Decimal | null;
  /** USD, exact; single-leg chains only. */
  readonly sum: Decimal | null;
  /** USD per share, 8 places, half up; single-leg chains only, and only when every share of it is priced. */
  readonly averagePrice: Decimal | null;
  /** Null when the members do not trade the same: a person may link such orders, and nothing adds up then. */
  readonly legs: readonly ChainLegTotal[] | null;
}

/**
 * The chain that an order belongs to, with its totals; a chain of one when nothing links it.
 *
 * @throws {RangeError} when the order is not among `orders`.
 */
export function chainOf(
  orderKey: string,
  orders: readonly ChainOrder[],
  links: readonly ReplacementLink[],
): ReplacementChain {
  const byKey = new Map(orders.map((order) => [order.key, order]));
  if (!byKey.has(orderKey)) throw new RangeError(`Order ${orderKey} is not among the ${orders.length} orders given`);
  const known = links.filter(({ from, to }) => byKey.has(from) && byKey.has(to));
  const oldest = pathFrom(predecessors(known), orderKey).at(-1) ?? orderKey;
  const members = pathFrom(successors(known), oldest).flatMap((key) => byKey.get(key) ?? []);
  return { orders: members, ...totalsOf(members) };
}

function totalsOf(members: readonly ChainOrder[]): Omit<ReplacementChain, 'orders'> {
  const legs = legTotalsOf(members);
  const filled = members.flatMap(({ filledQuantity }) => filledQuantity ?? []);
  const filledQuantity = legs !== null && filled.length === members.length ? sumOf(filled) : null;
  const only = legs?.length === 1 ? legs[0] : undefined;
  const isPriced = filledQuantity !== null && only?.filledQuantity.eq(filledQuantity) === true;
  return { filledQuantity, sum: only?.sum ?? null, averagePrice: isPriced ? only.averagePrice : null, legs };
}

/** Per leg, over all members. Legs are told apart by what they trade, because leg ids may change on the way. */
function legTotalsOf(members: readonly ChainOrder[]): readonly ChainLegTotal[] | null {
  const [first] = members;
  const isOneShape = members.every((member) => shapeOf(member) === (first && shapeOf(first)));
  if (first === undefined || !isOneShape || (members.length > 1 && shapeOf(first) === null)) return null;
  const rows = members.map((member) => sortedLegs(member.legs));
  return sortedLegs(first.legs).map((leg, i) =>
    legTotalOf(
      leg,
      rows.flatMap((row) => row[i] ?? []),
    ),
  );
}

function legTotalOf({ symbol, instruction }: ChainLeg, parts: readonly ChainLeg[]): ChainLegTotal {
  const filledQuantity = sumOf(parts.map((part) => part.filledQuantity));
  const sum = sumOf(parts.map((part) => part.sum));
  const averagePrice = averageOf(sum, filledQuantity);
  return { symbol, instruction, filledQuantity, sum, averagePrice };
}
