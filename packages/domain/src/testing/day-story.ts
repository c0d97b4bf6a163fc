/**
 * A day's orders as they truly traded, made up by fast-check, with what the record and the broker's books hold of
 * them. Prices and quantities are few, so that twins are common.
 */
import * as fc from 'fast-check';
import { decimal, ZERO } from '../decimal.ts';
import type { OrderFacts } from '../order/reported-order.ts';
import type { OrderOnRecord } from '../verification/compare-with-transactions.ts';
import type { TradeTransaction } from '../verification/trade-transaction.ts';
import { fillOf, legOf, orderOf } from './builders.ts';

export interface TrueFill {
  readonly legId: '1' | '2';
  /** In 10^-4 USD. */
  readonly price: number;
  /** Whole shares or contracts. */
  readonly quantity: number;
  readonly activityId: string | null;
}

export interface TrueOrder {
  readonly accountId: string;
  readonly brokerOrderId: string;
  /** One leg of shares, or two of options. */
  readonly kind: 'shares' | 'spread';
  readonly fills: readonly TrueFill[];
}

const SYMBOLS = {
  shares: ['GME'],
  spread: ['GME   260116C00025000', 'GME   260116C00030000'],
} as const;

const anyPrice = fc.constantFrom(227_299, 227_300, 62_798);

const anyActivities = fc.array(
  fc.record({
    prices: fc.tuple(anyPrice, anyPrice),
    quantity: fc.constantFrom(1, 1, 2, 7),
    hasActivityId: fc.boolean(),
  }),
  { maxLength: 4 },
);

export const anyDay: fc.Arbitrary<readonly TrueOrder[]> = fc
  .array(fc.record({ kind: fc.constantFrom('shares' as const, 'spread' as const), activities: anyActivities }), {
    minLength: 1,
    maxLength: 4,
  })
  .map((orders) =>
    orders.map(({ kind, activities }, i) => ({
      accountId: `A${(i % 2) + 1}`,
      brokerOrderId: `${1_000_000_000_000 + i}`,
      kind,
      fills: activities.flatMap(({ prices, quantity, hasActivityId }, n) =>
        // Every activity of a spread trades both of its legs.
        SYMBOLS[kind].map((_, leg) => ({
          legId: leg === 0 ? ('1' as const) : ('2' as const),
          price: prices[leg] ?? prices[0],
          quantity,
          activityId: hasActivityId ? `${i}${n}` : null,
        })),
      ),
    })),
  );

export function priceOf({ price }: TrueFill): string {
  return `${Math.floor(price / 10_000)}.${String(price % 10_000).padStart(4, '0')}`;
}

export function quantityOf(fills: readonly TrueFill[]): number {
  return fills.reduce((sum, { quantity }) => sum + quantity, 0);
}

function factsOf({ kind }: TrueOrder): OrderFacts {
  const assetType = kind === 'shares' ? 'EQUITY' : 'OPTION';
  const legs = SYMBOLS[kind].map((symbol, i) => legOf({ legId: `${i + 1}`, symbol, assetType, quantity: null }));
  return orderOf({ legs, quantity: null, filledQuantity: null });
}

/** What the record holds when it has these fills of the order. */
export function onRecord(order: TrueOrder, fills: readonly TrueFill[] = order.fills): OrderOnRecord {
  const recorded = fills.map((fill) =>
    fillOf({ ...fill, price: priceOf(fill), quantity: `${fill.quantity}`, activityId: fill.activityId }),
  );
  return { facts: factsOf(order), fills: recorded };
}

/** What the books hold: with the activity id even where the record has none, at 0.01 USD of fees each. */
export function transactionsOf(order: TrueOrder): readonly TradeTransaction[] {
  return order.fills.map((fill, i) => ({
    activityId: fill.activityId ?? `books-${i}`,
    orderId: order.brokerOrderId,
    symbol: SYMBOLS[order.kind][Number(fill.legId) - 1] ?? null,
    price: decimal(priceOf(fill)),
    quantity: decimal(`${fill.quantity}`),
    cost: decimal(priceOf(fill)).times(fill.quantity),
    fees: decimal('0.01'),
    occurredAt: null,
  }));
}

/** The books of a broker that splits every trade into single shares. */
export function splitIntoUnits(transactions: readonly TradeTransaction[]): readonly TradeTransaction[] {
  return transactions.flatMap((transaction) =>
    Array.from({ length: transaction.quantity.toNumber() }, (_, i) => ({
      ...transaction,
      activityId: `unit-${transaction.activityId}-${i}`,
      quantity: decimal('1'),
      cost: transaction.price,
      fees: i === 0 ? transaction.fees : ZERO,
    })),
  );
}
