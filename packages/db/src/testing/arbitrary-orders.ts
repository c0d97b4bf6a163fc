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
  summariseLegs,
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

const fills = fc
  .array(fill, { maxLength: 4 })
  .map((some) => some.map((one, n): RecordedFill => ({ ...one, key: `${one.legId}/#${n}` })).sort(byTime));

const facts: fc.Arbitrary<OrderFacts> = fc.record({
  brokerOrderId: fc.constant(ANY_ID),
  brokerStatus: word,
  statusDescription: nullable(fc.string({ unit: 'grapheme' })),
  orderType: nullable(word),
  orderSession: nullable(word),
  duration: nullable(word),
  quantity: nullable(quantity),
  filledQuantity: nullable(quantity),
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
    outcome: fc.constantFrom('FILLED' as const, 'PARTIALLY_FILLED' as const),
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
    outcome: fc.constantFrom('CANCELED' as const, 'EXPIRED' as const, 'REPLACED' as const, 'REJECTED' as const),
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

function orderWith(someFills: readonly RecordedFill[]): fc.Arbitrary<KnownOrder> {
  return nullable(facts).chain((someFacts) => {
    const legCount = someFacts === null ? 0 : summariseLegs(someFacts, someFills).length;
    return fc.record({
      brokerOrderId: fc.constant(ANY_ID),
      source: fc.constantFrom('TRACKED' as const, 'DISCOVERED' as const, 'IMPORTED' as const),
      firstSeenAt: instant,
      facts: fc.constant(someFacts),
      reportedAt: nullable(instant),
      fills: fc.constant(someFills),
      state: state(legCount, someFills.length > 0),
      absence: nullable(fc.record({ count: fc.integer({ min: 1, max: 9 }), since: instant })),
    });
  });
}

/** Two states of one order, with the same fills and nothing else in common. */
export const arbitraryChange: fc.Arbitrary<readonly [KnownOrder, KnownOrder]> = fills.chain((someFills) =>
  fc.tuple(orderWith(someFills), orderWith(someFills)),
);

/** The order under another broker id. */
export function renamed(order: KnownOrder, brokerOrderId: string): KnownOrder {
  return { ...order, brokerOrderId, facts: order.facts && { ...order.facts, brokerOrderId } };
}
