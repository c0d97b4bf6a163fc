import { type Execution, executionsAt, type PlannedFill, showsLegs } from './planned-fill.ts';
import type { SimulatedOrder } from './simulated-order.ts';
import { hasTransaction } from './transactions.ts';

/** An execution leg for which the broker has given evidence. */
export interface ProvenExecution extends Execution {
  /** Epoch ms. */
  readonly at: number;
}

/**
 * The execution legs that a client can know of at `now` (epoch ms): those that the order's report shows as fills, with
 * their legs, and those that stand in the account's transactions, if these are read at all.
 */
export function provenExecutions(
  order: SimulatedOrder,
  now: number,
  { byTransactions }: { byTransactions: boolean },
): readonly ProvenExecution[] {
  return order.fills
    .filter((fill) => showsAsFill(fill, now) || (byTransactions && hasTransaction(order, fill, now)))
    .flatMap((fill) => executionsAt(fill, now).map((execution) => ({ ...execution, at: fill.at })));
}

function showsAsFill(fill: PlannedFill, now: number): boolean {
  return showsLegs(fill, now) && (fill.executionType ?? 'FILL') === 'FILL';
}
