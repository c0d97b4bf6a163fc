import { compareDecimals, type ExactDecimal, minus, parseDecimal, times, ZERO } from './exact-decimal.ts';
import { orderAtInstant, type OrderAtInstant } from './order-at-instant.ts';
import { isGroup } from './order-tree.ts';
import { reportActivities } from './report-activities.ts';
import { formOf, type ReportForm } from './report-form.ts';
import { reportGroup } from './report-group.ts';
import { reportInstrument } from './report-instrument.ts';
import { NumberText, type SchwabObject } from './schwab-json.ts';
import { legsOf, type OrderLeg, type SimulatedNode, type SimulatedOrder } from './simulated-order.ts';

/**
 * What Schwab's order endpoints say of this order, or group of orders, at `now` (epoch ms): its field names and order of
 * fields, numbers as doubles, times in whole seconds, `orderActivityCollection` missing when nothing happened,
 * `closeTime` only once it is over, children inside their parent. Taken from captured responses, not from the OpenAPI
 * document, which differs.
 */
export function reportOrder(node: SimulatedNode, now: number): SchwabObject {
  const children = node.children.map((child) => reportOrder(child, now));
  const report = isGroup(node) ? reportGroup(node, now) : reportSingle(node, now);
  return { ...report, childOrderStrategies: children.length === 0 ? undefined : children };
}

function reportSingle(order: SimulatedOrder, now: number): SchwabObject {
  const state = orderAtInstant(order, now);
  const form = formOf(order.oddities);
  const activities = reportActivities(order, state, now);
  return without(order.oddities.omitFields, {
    session: order.session,
    duration: order.duration,
    orderType: order.orderType,
    complexOrderStrategyType: order.complexStrategy,
    quantity: form.number(parseDecimal(order.quantity)),
    filledQuantity: form.number(state.filledQuantity),
    remainingQuantity: form.number(remainingOf(order, state)),
    requestedDestination: 'AUTO',
    destinationLinkName: state.fills.length === 0 ? 'AutoRoute' : venueOf(order),
    price: order.limitPrice === null ? undefined : form.number(parseDecimal(order.limitPrice)),
    stopPrice: order.stopPrice === null ? undefined : form.number(parseDecimal(order.stopPrice)),
    stopType: order.stopPrice === null ? undefined : 'STANDARD',
    orderLegCollection: legsOf(order).map((leg) => reportOrderLeg(order, leg, form)),
    orderStrategyType: order.children.length === 0 ? 'SINGLE' : 'TRIGGER',
    orderId: new NumberText(order.orderId),
    cancelable: state.ended === null,
    editable: false,
    status: state.status,
    enteredTime: form.time(order.enteredAt),
    closeTime: state.ended === null ? undefined : form.time(state.ended.at),
    tag: 'TA_simulator',
    accountNumber: new NumberText(order.accountNumber),
    orderActivityCollection: activities.length === 0 ? undefined : activities,
    statusDescription: state.ended?.description ?? undefined,
  });
}

/** Drops to zero whatever the ending, so quantity is not always filled + remaining. */
function remainingOf(order: SimulatedOrder, { ended, filledQuantity }: OrderAtInstant): ExactDecimal {
  const open = minus(parseDecimal(order.quantity), filledQuantity);
  return ended === null && compareDecimals(open, ZERO) > 0 ? open : ZERO;
}

function reportOrderLeg(order: SimulatedOrder, leg: OrderLeg, form: ReportForm): SchwabObject {
  const instrument = reportInstrument(leg.symbol);
  return {
    orderLegType: instrument['assetType'] === 'OPTION' ? 'OPTION' : 'EQUITY',
    legId: new NumberText(leg.legId),
    instrument,
    instruction: leg.instruction,
    positionEffect: opens(leg) ? 'OPENING' : 'CLOSING',
    quantity: form.number(times(parseDecimal(order.quantity), parseDecimal(leg.ratio))),
  };
}

/** True when the leg makes a position rather than ending one. */
export function opens({ instruction }: OrderLeg): boolean {
  return instruction === 'BUY' || instruction === 'SELL_SHORT' || instruction.endsWith('_TO_OPEN');
}

const VENUES = ['CDRG', 'ETMM', 'HRTF', 'JNST', 'NITE', 'WEXM'] as const;

function venueOf(order: SimulatedOrder): string {
  return VENUES[Number(BigInt(order.orderId) % BigInt(VENUES.length))] ?? 'AutoRoute';
}

function without(fields: readonly string[], report: SchwabObject): SchwabObject {
  return Object.fromEntries(Object.entries(report).filter(([name]) => !fields.includes(name)));
}
