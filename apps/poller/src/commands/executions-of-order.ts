import {
  type Fill,
  type KnownOrder,
  type OrderLeg,
  type Refusal,
  symbolKey,
  type TradeTransaction,
} from '@fill-tracker/domain';

/**
 * The executions that the account's transactions show of an order, by leg. Transactions name no leg, so they are told
 * apart by symbol. What leaves a doubt is refused: nothing is accepted in part.
 *
 * @param transactions those of this order, and of no other
 */
export function executionsOfOrder(
  { facts, fills }: Pick<KnownOrder, 'facts' | 'fills'>,
  transactions: readonly TradeTransaction[],
): readonly Fill[] | Refusal {
  const executions: Fill[] = [];
  for (const transaction of transactions) {
    const { activityId, price, quantity } = transaction;
    if (!quantity.gt(0)) continue;
    const leg = legOf(facts?.legs ?? [], transaction);
    if ('problem' in leg) return leg;
    if (price === null || !price.gt(0)) {
      return {
        problem: `A transaction of ${nameOf(transaction)} has no price. Wait until the account's books show it.`,
      };
    }
    // The books may time a trade otherwise than the order's own report: that alone makes it no other trade.
    const known = fills.find((fill) => activityId !== null && fill.activityId === activityId);
    const occurredAt = known === undefined ? transaction.occurredAt : known.occurredAt;
    executions.push({ legId: leg.legId, price, quantity, occurredAt, activityId, remainingAfter: null });
  }
  return executions;
}

function legOf(legs: readonly OrderLeg[], transaction: TradeTransaction): OrderLeg | Refusal {
  const alike = legs.filter((leg) => symbolKey(leg.symbol) === symbolKey(transaction.symbol));
  const [leg, another] = transaction.symbol === null ? legs : alike;
  if (leg === undefined) {
    return { problem: `A transaction of ${nameOf(transaction)} fits no leg of the order. Compare both at the broker.` };
  }
  if (another !== undefined) {
    return { problem: `A transaction of ${nameOf(transaction)} fits several legs of the order: nothing tells which.` };
  }
  return leg;
}

function nameOf({ symbol, activityId }: TradeTransaction): string {
  return `${symbol ?? 'an unnamed security'} (activity ${activityId ?? 'unknown'})`;
}
