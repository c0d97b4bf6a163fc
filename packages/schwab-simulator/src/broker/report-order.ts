import { doubleText, type ExactDecimal, minus, parseDecimal, plainText, ZERO } from './exact-decimal.ts';
import { LISTED_SECURITIES } from './listed-securities.ts';
import { orderAtInstant, type OrderAtInstant } from './order-at-instant.ts';
import { NumberText, type SchwabJson, type SchwabObject } from './schwab-json.ts';
import type { PlannedFill, SimulatedOrder } from './simulated-order.ts';

/**
 * What Schwab's order endpoints say of this order at `now` (epoch ms): its field names and order of fields, numbers as
 * doubles, times in whole seconds, `orderActivityCollection` missing when nothing happened, `closeTime` only once it is
 * over. Taken from captured responses, not from the OpenAPI document, which differs.
 */
export function reportOrder(order: SimulatedOrder, now: number): SchwabObject {
  const state = orderAtInstant(order, now);
  const form = formOf(order);
  const quantity = parseDecimal(order.quantity);
  const activities = reportActivities(order, state);
  return without(order.oddities.omitFields, {
    session: order.session,
    duration: order.duration,
    orderType: order.orderType,
    complexOrderStrategyType: 'NONE',
    quantity: form.number(quantity),
    filledQuantity: form.number(state.filledQuantity),
    // Drops to zero whatever the ending, so quantity is not always filled + remaining.
    remainingQuantity: form.number(state.ended === null ? minus(quantity, state.filledQuantity) : ZERO),
    requestedDestination: 'AUTO',
    destinationLinkName: state.fills.length === 0 ? 'AutoRoute' : venueOf(order),
    price: order.limitPrice === null ? undefined : form.number(parseDecimal(order.limitPrice)),
    stopPrice: order.stopPrice === null ? undefined : form.number(parseDecimal(order.stopPrice)),
    stopType: order.stopPrice === null ? undefined : 'STANDARD',
    orderLegCollection: [reportOrderLeg(order)],
    orderStrategyType: 'SINGLE',
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

function reportOrderLeg(order: SimulatedOrder): SchwabObject {
  const security = LISTED_SECURITIES[order.symbol];
  return {
    orderLegType: 'EQUITY',
    legId: new NumberText('1'),
    instrument: {
      assetType: security?.assetType ?? 'EQUITY',
      cusip: security?.cusip,
      symbol: order.symbol,
      description: security?.description,
      instrumentId: instrumentIdOf(order),
      type: security?.assetType === 'COLLECTIVE_INVESTMENT' ? 'EXCHANGE_TRADED_FUND' : undefined,
    },
    instruction: order.instruction,
    positionEffect: order.instruction === 'BUY' || order.instruction === 'SELL_SHORT' ? 'OPENING' : 'CLOSING',
    quantity: formOf(order).number(parseDecimal(order.quantity)),
  };
}

function reportActivities(order: SimulatedOrder, state: OrderAtInstant): SchwabJson[] {
  let open = parseDecimal(order.quantity);
  const activities = state.fills.map((fill, index) => {
    open = minus(open, parseDecimal(fill.quantity));
    return reportActivity(order, state, index, { ...fill, executionType: 'FILL', remaining: open });
  });
  if (leavesCancelActivity(state)) {
    const { ended, unfilledAtEnd } = state;
    const cancel = { at: ended.at, quantity: plainText(unfilledAtEnd), price: '0', executionType: 'CANCELED' } as const;
    activities.push(reportActivity(order, state, order.fills.length, { ...cancel, remaining: ZERO }));
  }
  return order.oddities.shuffleActivities ? interleavedFromTheEnd(activities) : activities;
}

/**
 * Real cancels and replacements add an EXECUTION activity of type CANCELED whose leg carries the open quantity at price
 * 0.0: the trap for every average over all legs. Real rejections add none. No real expiry was ever captured; it is taken
 * to look like a cancel, the harder case for a client.
 */
function leavesCancelActivity(
  state: OrderAtInstant,
): state is OrderAtInstant & { ended: NonNullable<OrderAtInstant['ended']> } {
  const byCancel = ['CANCELED', 'EXPIRED', 'REPLACED'].includes(state.ended?.status ?? '');
  return byCancel && state.unfilledAtEnd.units > 0n;
}

interface Activity extends PlannedFill {
  readonly executionType: 'FILL' | 'CANCELED';
  readonly remaining: ExactDecimal;
}

function reportActivity(order: SimulatedOrder, state: OrderAtInstant, index: number, activity: Activity): SchwabObject {
  const form = formOf(order);
  return {
    activityType: 'EXECUTION',
    activityId: showsActivityIds(order, state) ? activityIdOf(order, index) : undefined,
    executionType: activity.executionType,
    quantity: form.number(parseDecimal(activity.quantity)),
    orderRemainingQuantity: form.number(activity.remaining),
    executionLegs: [
      {
        legId: new NumberText('1'),
        quantity: form.number(parseDecimal(activity.quantity)),
        mismarkedQuantity: form.number(ZERO),
        price: form.number(parseDecimal(activity.price)),
        time: form.time(activity.at),
        instrumentId: instrumentIdOf(order),
      },
    ],
  };
}

function showsActivityIds(order: SimulatedOrder, state: OrderAtInstant): boolean {
  const { activityIds } = order.oddities;
  return activityIds === 'from-start' || (activityIds === 'late' && state.ended !== null);
}

/** Unique while no order has a thousand activities. */
function activityIdOf(order: SimulatedOrder, index: number): NumberText {
  return new NumberText((BigInt(order.orderId) * 1000n + BigInt(index)).toString());
}

function instrumentIdOf(order: SimulatedOrder): NumberText | undefined {
  const security = LISTED_SECURITIES[order.symbol];
  return security === undefined ? undefined : new NumberText(security.instrumentId);
}

const VENUES = ['CDRG', 'ETMM', 'HRTF', 'JNST', 'NITE', 'WEXM'] as const;

function venueOf(order: SimulatedOrder): string {
  return VENUES[Number(BigInt(order.orderId) % BigInt(VENUES.length))] ?? 'AutoRoute';
}

/** How this order's report writes numbers and times. */
function formOf({ oddities }: SimulatedOrder): {
  number(value: ExactDecimal): SchwabJson;
  time(at: number): string;
} {
  return {
    number(value) {
      if (oddities.numbersAs === 'string') return doubleText(value);
      return new NumberText(oddities.numbersAs === 'integer' ? plainText(value) : doubleText(value));
    },
    // Schwab's times are UTC in whole seconds; the part of a second is cut off, not rounded.
    time: (at) => new Date(at).toISOString().slice(0, 19) + oddities.timeForm,
  };
}

/** Last, first, last but one, second ...: never by time, and the same for every report of the same activities. */
function interleavedFromTheEnd<Item>(items: readonly Item[]): Item[] {
  const rest = [...items];
  const shuffled: Item[] = [];
  for (let takeLast = true; rest.length > 0; takeLast = !takeLast) {
    shuffled.push(...(takeLast ? rest.splice(-1) : rest.splice(0, 1)));
  }
  return shuffled;
}

function without(fields: readonly string[], report: SchwabObject): SchwabObject {
  return Object.fromEntries(Object.entries(report).filter(([name]) => !fields.includes(name)));
}
