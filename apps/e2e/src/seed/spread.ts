import { decimal, type OrderLeg, type ReportedActivity } from '@fill-tracker/domain';
import { enteredOrder, fillTime, type MadeUpOrder, type OrderDraft, priceOf } from './order-draft.ts';

/** A call spread for a credit: two legs, each with a price of its own, and a net price for the whole. */
export function spread(draft: OrderDraft): MadeUpOrder {
  const contracts = draft.random.between(1, 10);
  const quantity = decimal(String(contracts));
  const strike = Math.ceil(draft.ticks / 50_000) * 5;
  const legs: readonly OrderLeg[] = [
    { legId: '1', instruction: 'SELL_TO_OPEN', symbol: optionSymbol(draft, strike), assetType: 'OPTION', quantity },
    { legId: '2', instruction: 'BUY_TO_OPEN', symbol: optionSymbol(draft, strike + 10), assetType: 'OPTION', quantity },
  ];
  const sold = draft.random.between(30, 50) * 1_000;
  const bought = draft.random.between(10, 25) * 1_000;
  const first = {
    ...enteredOrder({ ...draft, shares: contracts }, sold - bought - 500),
    orderType: 'NET_CREDIT',
    legs,
  };
  const activity: ReportedActivity = {
    activityType: 'EXECUTION',
    executionType: 'FILL',
    activityId: `${draft.brokerOrderId}1`,
    remainingAfter: decimal('0'),
    legs: [
      { legId: '1', price: priceOf(sold), quantity, occurredAt: fillTime(draft, 1) },
      { legId: '2', price: priceOf(bought), quantity, occurredAt: fillTime(draft, 1) },
    ],
  };
  const closeTime = fillTime(draft, 1);
  const second = { ...first, brokerStatus: 'FILLED', filledQuantity: quantity, closeTime, activities: [activity] };
  return { first, second };
}

/** The usual 21 characters: symbol, expiry, right, strike in thousandths of a dollar. */
function optionSymbol({ symbol, enteredAt }: OrderDraft, strike: number): string {
  const expiry = new Date(enteredAt + 28 * 86_400_000).toISOString().slice(2, 10).replaceAll('-', '');
  return `${symbol.padEnd(6)}${expiry}C${String(strike * 1_000).padStart(8, '0')}`;
}
