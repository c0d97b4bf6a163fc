import type { FullOrder } from '@fill-tracker/contract';

/** How often an open page asks for the verdict, ms. */
const LOOK_AGAIN_MS = 15_000;

/**
 * No live change tells of what the second witness said: an order that traded and was not held against the transactions,
 * or of which they do not tell yet, is looked at again. Of an order that is not loaded nothing is awaited.
 */
export function verdictInterval(order: Pick<FullOrder, 'fills' | 'verification'> | undefined): number | false {
  if (order === undefined || order.fills.length === 0) return false;
  const { verification } = order;
  return verification === null || verification.verdict === 'ONE_SOURCE' ? LOOK_AGAIN_MS : false;
}
