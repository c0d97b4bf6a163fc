import {
  decimalFromRecord,
  decimalText,
  type KnownOrder,
  type LegSummary,
  type OrderLeg,
  summariseLegs,
} from '@fill-tracker/domain';
import type { Prisma } from '../generated/client.ts';
import type { OrderLegModel } from '../generated/models.ts';
import { decimalFromTextOrNull, decimalTextOrNull } from './decimal-text.ts';

/** The legs of an order with what each traded; none before the first report. */
export function legsOf(order: KnownOrder): readonly LegSummary[] {
  return order.facts === null ? [] : summariseLegs(order.facts, order.fills);
}

/** Legs in the broker's order, then those that only a fill names: position keeps the order, isListed the difference. */
export function legsToRows(orderId: number, order: KnownOrder) {
  const listed = order.facts?.legs.length ?? 0;
  return legsOf(order).map((leg, position) => legToRow(orderId, leg, position, position < listed));
}

function legToRow(orderId: number, leg: LegSummary, position: number, isListed: boolean) {
  return {
    orderId,
    position,
    isListed,
    legId: leg.legId,
    instruction: leg.instruction,
    symbol: leg.symbol,
    assetType: leg.assetType,
    quantity: decimalTextOrNull(leg.quantity),
    filledQuantity: decimalText(leg.filledQuantity),
    sumPriceQuantity: decimalText(leg.sum),
    averagePrice: decimalTextOrNull(leg.averagePrice),
  } satisfies Required<Prisma.OrderLegCreateManyInput>;
}

/** The legs that the broker listed. */
export function legsFromRows(rows: readonly OrderLegModel[]): readonly OrderLeg[] {
  return rows.filter((row) => row.isListed).map(legFromRow);
}

function legFromRow(row: OrderLegModel): OrderLeg {
  return {
    legId: row.legId,
    instruction: row.instruction,
    symbol: row.symbol,
    assetType: row.assetType,
    quantity: decimalFromTextOrNull(row.quantity),
  };
}

export function legSummaryFromRow(row: OrderLegModel): LegSummary {
  return {
    ...legFromRow(row),
    filledQuantity: decimalFromRecord(row.filledQuantity),
    sum: decimalFromRecord(row.sumPriceQuantity),
    averagePrice: decimalFromTextOrNull(row.averagePrice),
  };
}
