import { ORDER_FLAGS, type OrderFlag } from '../order/order-flag.ts';

/** Something the core refuses to guess, raised now; it stays visible as a flag of the order until it is resolved. */
export interface Discrepancy {
  readonly flag: OrderFlag;
  readonly explanation: string;
}

/** The flags that are there now and were not before. */
export function newDiscrepancies(before: readonly OrderFlag[], after: readonly OrderFlag[]): readonly Discrepancy[] {
  return after.filter((flag) => !before.includes(flag)).map((flag) => ({ flag, explanation: ORDER_FLAGS[flag] }));
}
