/** Any order that the record may hold, also such as no broker would report. */
import {
  byTime,
  decimal,
  type Decimal,
  type KnownOrder,
  type OrderFacts,
  type OrderFlag,
  type OrderLeg,
  type OrderState,
  orderedFlags,
  type RecordedFill,
  type Resolution,
  summariseLegs,
  type WithdrawnFill,
} from '@fill-tracker/domain';
import fc from 'fast-check';

/** Replaced by `renamed`: a broker id is unique in the record, and fast-check repeats what it made. */
const ANY_ID = '1';

const digits = fc.bigInt({ min: 0n, max: 10n ** 12n });

/** At least zero, up to 10^12, with up to 12 places. */
const quantity: fc.Arbitrary<Decimal> = fc
  .tuple(digits, fc.integer({ min: 0, max: 12 }))
  .map(([value, places]) => decimal(`${value}e-${places}`));

const positive = quantity.filter((value) => value.gt(0));
const signed = fc
  .tuple(quantity, fc.boolean())
  .map(([value, isNegative]) => (isNegative ? value.neg() : value))
  .map(withoutNegativeZero);
const instant = fc.integer({ min: 0, max: Date.UTC(9999, 11, 31) });
const word = fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme' });
const nullable = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(arbitrary, { nil: null });

function withoutNegativeZero(value: Decimal): Decimal {
  return value.isZero() ? decimal('0') : value;
}

const leg: fc.Arbitrary<OrderLeg> = fc.record({
  legId: fc.constantFrom('1', '2', '3'),
  instruction: nullable(fc.constantFrom('BUY', 'SELL_TO_OPEN', 'EXCHANGE')),
  symbol: nullable(word),
  assetType: nullable(fc.constantFrom('EQUITY', 'OPTION')),
  quantity: nullable(quantity),
});

const fill: fc.Arbitrary<Omit<RecordedFill, 'key'>> = fc.record({
  legId: fc.constantFrom('1', '2', '?'),
  price: positive,
  quantity: positive,
  occurredAt: nullable(instant),
  activityId: nullable(word),
  remainingAfter: nullable(signed),
  observedAt: instant,
  version: fc.integer({ min: 1, max: 3 }),
});

/** When a fill stops counting: never, by the second of two states, or before the record had it. */
const fate = fc.constantFrom('counts' as const, 'counts' as const, 'taken back' as const, 'never counted' as const);

interface FillWithFate {
  readonly fill: RecordedFill;
  readonly fate: 'counts' | 'taken back' | 'never counted';
  readonly withdrawnAt: number;
}

/** Several versions of one fill share its key; at most one of them counts. In the order of their versions. */
const fills: fc.Arbitrary<readonly FillWithFate[]> = fc
  .array(fc.record({ fill, fate, withdrawnAt: instant, sameAsBefore: fc.boolean() }), { maxLength: 5 })
  .map((some) => {
    const named: FillWithFate[] = [];
    for (const { fill: one, sameAsBefore, ...rest } of some) {
      const before = named.at(-1);
      const isNext = sameAsBefore && before !== undefined && before.fate !== 'counts';
      const key = isNext ? before.fill.key : `${one.legId}/#${named.length}`;
      const version = isNext ? before.fill.version + 1 : one.version;
      named.push({ fill: { ...one, key, version }, ...rest });
    }
    return named.sort((a, b) => a.fill.version - b.fill.version);
  });

/** The fills of an order in its first, or second, state. */
function standing(some: readonly FillWithFate[], isSecond: boolean): Pick<KnownOrder, 'fills' | 'withdrawn'> {
  const isGone = ({ fate: its }: FillWithFate): boolean =>
    its === 'never counted' || (isSecond && its === 'taken back');
  const withdrawn = some.filter(isGone).map(({ fill: one, withdrawnAt }): WithdrawnFill => ({ ...one, withdrawnAt }));
  return {
    fills: some
      .filter((one) => !isGone(one))
      .map((one) => one.fill)
      .sort(byTime),
    withdrawn: withdrawn.sort(byTime),
  };
}

const facts: fc.Arbitrary<OrderFacts> = fc.record({
  brokerOrderId: fc.constant(ANY_ID),
  brokerStatus: word,
  statusDescription: nullable(fc.string({ unit: 'grapheme' })),
  orderType: nullable(word),
  orderSession: nullable(word),
  duration: nullable(word),
  quantity: nullable(quantity),
  filledQuantity: nullable(quantity),
  leastFilledQuantity: nullable(quantity),
  limitPrice: nullable(signed),
  stopPrice: nullable(signed),
  enteredAt: nullable(instant),
  closeTime: nullable(instant),
  legs: fc.uniqueArray(leg, { maxLength: 3, selector: ({ legId }) => legId }),
});

const SOME_FLAGS: OrderFlag[] = ['UNPRICED', 'FILLS_DO_NOT_SUM', 'UNKNOWN_STATUS', 'OVERFILLED', 'NOT_FOUND'];
const flags = fc.subarray(SOME_FLAGS).map((some) => orderedFlags(some));

/** A state that the record's own rules admit. */
const state = (legCount: number, hasFills: boolean): fc.Arbitrary<OrderState> => {
  const single = legCount === 1;
  const none = fc.constant(null);
  const closed = fc.constant('CLOSED_BY_OPERATOR' as const);
  const pending = fc.record({
    status: fc.constant('PENDING' as const),
    outcome: none,
    filledQuantity: nullable(quantity),
    sum: legCount > 1 ? none : nullable(quantity),
    averagePrice: legCount > 1 ? none : nullable(quantity),
    priceCents: legCount > 1 ? none : nullable(fc.maxSafeNat()),
    netPrice: nullable(netPrice),
    flags,
    closedAt: none,
  });
  const completed = fc.record({
    status: fc.constant('COMPLETED' as const),
    outcome: fc.oneof(closed, fc.constantFrom('FILLED' as const, 'PARTIALLY_FILLED' as const)),
    filledQuantity: positive,
    sum: single ? positive : none,
    averagePrice: single ? quantity : none,
    priceCents: single ? fc.maxSafeNat() : none,
    netPrice: single ? none : netPrice,
    flags,
    closedAt: instant,
  });
  const failed = fc.record({
    status: fc.constant('FAILED' as const),
    outcome: fc.oneof(
      closed,
      fc.constantFrom('CANCELED' as const, 'EXPIRED' as const, 'REPLACED' as const, 'REJECTED' as const),
    ),
    filledQuantity: fc.constantFrom(null, decimal('0')),
    sum: none,
    averagePrice: none,
    priceCents: none,
    netPrice: none,
    flags,
    closedAt: instant,
  });
  return fc.oneof(pending, ...(legCount > 0 ? [completed] : []), ...(hasFills ? [] : [failed]));
};

const netPrice = fc.record({
  amount: quantity,
  effect: fc.constantFrom('CREDIT' as const, 'DEBIT' as const, 'EVEN' as const),
});

const resolution: fc.Arbitrary<Resolution> = fc.record({
  by: word,
  reason: fc.string({ minLength: 1, unit: 'grapheme' }),
  at: instant,
  brokerStatus: nullable(word),
});

function orderWith({ fills: someFills, withdrawn }: Pick<KnownOrder, 'fills' | 'withdrawn'>): fc.Arbitrary<KnownOrder> {
  return fc.tuple(nullable(facts), resolution).chain(([someFacts, someResolution]) => {
    const legCount = someFacts === null ? 0 : summariseLegs(someFacts, someFills).length;
    const order = fc.record({
      brokerOrderId: fc.constant(ANY_ID),
      source: fc.constantFrom('TRACKED' as const, 'DISCOVERED' as const, 'IMPORTED' as const),
      firstSeenAt: instant,
      facts: fc.constant(someFacts),
      reportedAt: nullable(instant),
      fills: fc.constant(someFills),
      withdrawn: fc.constant(withdrawn),
      state: state(legCount, someFills.length > 0),
      absence: nullable(fc.record({ count: fc.integer({ min: 1, max: 9 }), since: instant })),
    });
    return order.map((one) => ({
      ...one,
      resolution: one.state.outcome === 'CLOSED_BY_OPERATOR' ? someResolution : null,
    }));
  });
}

/** Two states of one order, with the same fills, of which some stop counting, and nothing else in common. */
export const arbitraryChange: fc.Arbitrary<readonly [KnownOrder, KnownOrder]> = fills.chain((some) =>
  fc.tuple(orderWith(standing(some, false)), orderWith(standing(some, true))),
);

/** The order under another broker id. */
export function renamed(order: KnownOrder, brokerOrderId: string): KnownOrder {
  return { ...order, brokerOrderId, facts: order.facts && { ...order.facts, brokerOrderId } };
}
