import type { FillEvidence } from '../execution/fill-evidence.ts';
import { type BrokerStatusClass, brokerStatusRow, isKnownBrokerStatus } from '../order/broker-status.ts';
import type { OrderFlag } from '../order/order-flag.ts';
import type { OrderOutcome, OrderStatus } from '../order/order-status.ts';

/** What an order's status comes to. */
export interface StatusDecision {
  readonly status: OrderStatus;
  /** Null while PENDING. */
  readonly outcome: OrderOutcome | null;
  readonly flags: readonly OrderFlag[];
}

/** A cell of the rule; `word` stands for the outcome that the broker's own word names. */
interface Cell {
  readonly status: OrderStatus;
  readonly outcome: OrderOutcome | 'word' | null;
  readonly flags: readonly OrderFlag[];
}

const pending = (...flags: OrderFlag[]): Cell => ({ status: 'PENDING', outcome: null, flags });
const completed = (outcome: OrderOutcome, ...flags: OrderFlag[]): Cell => ({ status: 'COMPLETED', outcome, flags });
const failed: Cell = { status: 'FAILED', outcome: 'word', flags: [] };

/**
 * The status rule, whole: what the broker's word means (row) and how far the fills prove it (column). An order
 * leaves PENDING only when its word ends it and its fills prove the quantity; a price is never filled in.
 */
export const STATUS_RULE: Readonly<Record<BrokerStatusClass, Readonly<Record<FillEvidence, Cell>>>> = {
  live: {
    none: pending(),
    unpriced: pending('UNPRICED'),
    unsummed: pending('FILLS_DO_NOT_SUM'),
    part: pending(),
    whole: pending(),
  },
  filled: {
    none: pending('UNPRICED'),
    unpriced: pending('UNPRICED'),
    unsummed: pending('FILLS_DO_NOT_SUM'),
    part: completed('FILLED'),
    whole: completed('FILLED'),
  },
  ended: {
    none: failed,
    unpriced: pending('UNPRICED'),
    unsummed: pending('FILLS_DO_NOT_SUM'),
    part: completed('PARTIALLY_FILLED'),
    whole: completed('FILLED'),
  },
  rejected: {
    none: failed,
    unpriced: pending('UNPRICED', 'REJECTED_WITH_FILLS'),
    unsummed: pending('FILLS_DO_NOT_SUM', 'REJECTED_WITH_FILLS'),
    part: completed('PARTIALLY_FILLED', 'REJECTED_WITH_FILLS'),
    whole: completed('FILLED', 'REJECTED_WITH_FILLS'),
  },
};

/** Looks the decision up, and marks words that nobody knows. */
export function decideStatus(brokerStatus: string, evidence: FillEvidence): StatusDecision {
  const row = brokerStatusRow(brokerStatus);
  const cell = STATUS_RULE[row.class][evidence];
  const flags = isKnownBrokerStatus(brokerStatus) ? cell.flags : ['UNKNOWN_STATUS' as const, ...cell.flags];
  return { status: cell.status, outcome: cell.outcome === 'word' ? row.outcome : cell.outcome, flags };
}
