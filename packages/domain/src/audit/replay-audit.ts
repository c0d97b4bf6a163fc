import type { AuditEntry, AuditValues } from './audit-entry.ts';

/** One order as its audit trail tells it: what was known at some moment. Values as the trail has them, plain text. */
export interface OrderAsKnown {
  readonly status: string;
  readonly outcome: string | null;
  /** The broker's own word; null before its first report. */
  readonly brokerStatus: string | null;
  readonly filledQuantity: string | null;
  /** USD, exact; single-leg orders only. */
  readonly sum: string | null;
  /** USD per share, 8 places; single-leg orders only. */
  readonly averagePrice: string | null;
  readonly priceCents: number | null;
  /** Such as `2.15 CREDIT`; multi-leg orders only. */
  readonly netPrice: string | null;
  readonly flags: readonly string[];
  /** Quantity, limit and other terms; empty before the broker's first report. */
  readonly terms: AuditValues;
  /** The fills that counted, in the order in which they came into the record. */
  readonly fills: readonly AuditValues[];
}

const NOTHING_KNOWN: OrderAsKnown = {
  status: 'PENDING',
  outcome: null,
  brokerStatus: null,
  filledQuantity: null,
  sum: null,
  averagePrice: null,
  priceCents: null,
  netPrice: null,
  flags: [],
  terms: {},
  fills: [],
};

/**
 * What the record held after these entries of one order, oldest first. Cut the trail at an instant, and this is the
 * order as it was known then; take all of it, and it is the order as it stands.
 */
export function replayAudit(trail: readonly AuditEntry[]): OrderAsKnown {
  return trail.reduce(replayEntry, NOTHING_KNOWN);
}

function replayEntry(order: OrderAsKnown, { kind, before, after }: AuditEntry): OrderAsKnown {
  switch (kind) {
    case 'STATUS_CHANGED':
      return { ...order, status: textOf(after, 'status') ?? order.status, outcome: textOf(after, 'outcome') };
    case 'PRICE_CHANGED':
      return { ...order, ...pricesIn(after) };
    case 'BROKER_STATUS_CHANGED':
      return { ...order, brokerStatus: textOf(after, 'brokerStatus') };
    case 'DETAILS_CHANGED':
      return { ...order, terms: after ?? {} };
    case 'FLAGS_CHANGED':
      return { ...order, flags: (textOf(after, 'flags') ?? '').split(' ').filter(Boolean) };
    case 'NOT_FOUND':
      return { ...order, flags: [...order.flags.filter((flag) => flag !== 'REPORT_UNREADABLE'), 'NOT_FOUND'] };
    case 'FILL_RECORDED':
      return { ...order, fills: [...order.fills, ...(after === null ? [] : [after])] };
    case 'FILL_IDENTIFIED':
      return { ...order, fills: order.fills.map((fill) => (sameKey(fill, before) ? { ...fill, ...after } : fill)) };
    case 'FILL_WITHDRAWN':
      return { ...order, fills: order.fills.filter((fill) => !(sameKey(fill, before) && sameVersion(fill, before))) };
    case 'ORDER_ADDED':
    case 'RESOLUTION_CHANGED':
    case 'VERIFIED':
      break;
  }
  // Who decided, who was heard: what follows from it has entries of its own.
  return order;
}

function pricesIn(values: AuditValues | null): Partial<OrderAsKnown> {
  const cents = values?.['priceCents'] ?? null;
  return {
    filledQuantity: textOf(values, 'filledQuantity'),
    sum: textOf(values, 'sum'),
    averagePrice: textOf(values, 'averagePrice'),
    priceCents: cents === null ? null : Number(cents),
    netPrice: textOf(values, 'netPrice'),
  };
}

function textOf(values: AuditValues | null, name: string): string | null {
  const value = values?.[name] ?? null;
  return value === null ? null : String(value);
}

function sameKey(fill: AuditValues, other: AuditValues | null): boolean {
  return fill['key'] === other?.['key'];
}

/** Trails from before versions were written know the first version alone. */
function sameVersion(fill: AuditValues, other: AuditValues | null): boolean {
  return (fill['version'] ?? 1) === (other?.['version'] ?? 1);
}
