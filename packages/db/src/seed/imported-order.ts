import {
  type AuditEntry,
  type AuditKind,
  type AuditValues,
  decimal,
  decimalText,
  type Instant,
  type KnownOrder,
  newlyKnownOrder,
  type OrderFlag,
  type OrderState,
  type Reconciliation,
} from '@fill-tracker/domain';
import { decimalTextOrNull } from '../rows/decimal-text.ts';
import type { SeedRow } from './seed-row.ts';

/** Stands for the broker's word, which the older record did not keep. */
export const IMPORTED_STATUS = 'IMPORTED';

const REASON = 'taken over from an older database';

/** A row of the older bot as an order of the record, with its trail. */
export function importOf(row: SeedRow, now: Instant): Reconciliation {
  const order = importedOrder(row, now);
  return {
    order,
    isChanged: true,
    newFills: [],
    identifiedFills: [],
    withdrawnFills: [],
    audit: trailOf(order),
    discrepancies: [],
  };
}

/** The bot traded shares of stocks and funds only, one leg to an order. Nothing else is said of the order than it told. */
function importedOrder(row: SeedRow, now: Instant): KnownOrder {
  const brokerOrderId = row.orderId ?? '';
  const known = newlyKnownOrder(brokerOrderId, 'IMPORTED', now);
  const quantity = decimal(String(row.shares));
  return {
    ...known,
    facts: {
      brokerOrderId,
      brokerStatus: IMPORTED_STATUS,
      statusDescription: null,
      orderType: null,
      orderSession: null,
      duration: null,
      quantity,
      filledQuantity: null,
      leastFilledQuantity: null,
      limitPrice: null,
      stopPrice: null,
      enteredAt: null,
      closeTime: null,
      legs: [{ legId: '1', instruction: row.direction, symbol: row.symbol, assetType: 'EQUITY', quantity }],
    },
    state: { ...known.state, ...stateOf(row), flags: flagsOf(row), closedAt: row.executedAt },
  };
}

function stateOf({ status, shares, priceCents }: SeedRow): Pick<OrderState, 'status'> & Partial<OrderState> {
  // The bot wrote FAILED when its order did not come to anything, mostly because placing it was refused, and not why.
  if (status === 'FAILED') return { status, outcome: 'REJECTED', filledQuantity: decimal('0') };
  if (status === 'PENDING') return { status };
  const filledQuantity = decimal(String(shares));
  const filled = { status, outcome: 'FILLED', filledQuantity } as const;
  if (priceCents === null) return { ...filled, priceCents: 0 };
  const averagePrice = decimal(`${priceCents}e-2`);
  return { ...filled, sum: averagePrice.times(filledQuantity), averagePrice, priceCents };
}

/**
 * What the broker has not confirmed: a price in whole cents; that an order it knows came to nothing, as the bot took
 * a part that had filled for nothing; and an order without an id, of which nobody can be asked and which a person
 * has to look at.
 */
function flagsOf({ status, orderId }: SeedRow): readonly OrderFlag[] {
  const isOpen = status === 'PENDING' ? orderId === null : status === 'COMPLETED' || orderId !== null;
  return isOpen ? ['NOT_BACKFILLED'] : [];
}

/** As a report would have left it, so that the trail tells all of the order. */
function trailOf({ facts, state }: KnownOrder): readonly AuditEntry[] {
  const [leg] = facts?.legs ?? [];
  const quantity = decimalTextOrNull(facts?.quantity ?? null);
  const entries: readonly (AuditEntry | false)[] = [
    entry('BROKER_STATUS_CHANGED', { brokerStatus: IMPORTED_STATUS, statusDescription: null }),
    entry('DETAILS_CHANGED', {
      quantity,
      legs: [leg?.legId, leg?.instruction, quantity, leg?.symbol].join(' '),
    }),
    state.status !== 'PENDING' && entry('STATUS_CHANGED', { status: state.status, outcome: state.outcome }),
    state.filledQuantity !== null &&
      entry('PRICE_CHANGED', {
        filledQuantity: decimalText(state.filledQuantity),
        sum: decimalTextOrNull(state.sum),
        averagePrice: decimalTextOrNull(state.averagePrice),
        priceCents: state.priceCents,
        netPrice: null,
      }),
    state.flags.length > 0 && entry('FLAGS_CHANGED', { flags: state.flags.join(' ') }),
  ];
  return entries.filter((each) => each !== false);
}

function entry(kind: AuditKind, after: AuditValues): AuditEntry {
  return { kind, before: null, after, reason: REASON };
}
