import { decimal, type ReportedOrder } from '@fill-tracker/domain';
import {
  enteredOrder,
  fillsOf,
  fillTime,
  type MadeUpOrder,
  type OrderDraft,
  priceOf,
  type Ticks,
  wholeCents,
} from './order-draft.ts';
import type { Random } from './random.ts';
import { spread } from './spread.ts';

type Plot = (draft: OrderDraft) => MadeUpOrder;

/** What becomes of an order, and how often in a thousand. */
const PLOTS: readonly { readonly share: number; readonly plot: Plot }[] = [
  { share: 420, plot: fillsAtMarket },
  { share: 255, plot: fillsAtLimit },
  { share: 60, plot: partlyFillsThen('CANCELED') },
  { share: 30, plot: partlyFillsThen('EXPIRED') },
  { share: 90, plot: endsUnfilled('CANCELED') },
  { share: 45, plot: endsUnfilled('EXPIRED') },
  { share: 50, plot: isRejected },
  { share: 15, plot: spread },
  { share: 13, plot: keepsWorking },
  { share: 10, plot: keepsWorkingInPart },
  { share: 3, plot: isFilledWithoutPrice },
  { share: 3, plot: isRejectedWithFills },
  { share: 3, plot: fillsOutsideLimit },
  { share: 3, plot: hasUnknownStatus },
];

/** Picks a plot by its share. */
export function pickPlot(random: Random): Plot {
  let roll = random.between(0, 999);
  return PLOTS.find(({ share }) => (roll -= share) < 0)?.plot ?? fillsAtMarket;
}

function fillsAtMarket(draft: OrderDraft): MadeUpOrder {
  const first = enteredOrder(draft, null);
  return { first, second: filled(draft, first, draft.random.between(1, 5)) };
}

function fillsAtLimit(draft: OrderDraft): MadeUpOrder {
  const limit = wholeCents(draft.ticks);
  const first = enteredOrder(draft, limit);
  return { first, second: filled({ ...draft, ticks: limit }, first, draft.random.between(1, 7)) };
}

function partlyFillsThen(brokerStatus: 'CANCELED' | 'EXPIRED'): Plot {
  return (draft) => {
    const { first, second } = fillsInPart(draft);
    return { first, second: { ...second, brokerStatus, closeTime: fillTime(draft, 0) } };
  };
}

function endsUnfilled(brokerStatus: 'CANCELED' | 'EXPIRED'): Plot {
  return (draft) => {
    const first = enteredOrder(draft, awayFromMarket(draft));
    return { first, second: { ...first, brokerStatus, closeTime: fillTime(draft, 1) } };
  };
}

const REJECTIONS = [
  'You do not have enough available cash/buying power for this order.',
  'Your limit price is significantly away from the current market price. Please adjust your order.',
] as const;

function isRejected(draft: OrderDraft): MadeUpOrder {
  const first = { ...enteredOrder(draft, awayFromMarket(draft)), brokerStatus: 'PENDING_ACKNOWLEDGEMENT' };
  const statusDescription = draft.random.pick(REJECTIONS);
  return { first, second: { ...first, brokerStatus: 'REJECTED', statusDescription, closeTime: fillTime(draft, 1) } };
}

function keepsWorking(draft: OrderDraft): MadeUpOrder {
  const first = { ...enteredOrder(draft, awayFromMarket(draft)), duration: 'GOOD_TILL_CANCEL' };
  return { first, second: first };
}

function keepsWorkingInPart(draft: OrderDraft): MadeUpOrder {
  const { first, second } = fillsInPart(draft);
  const duration = 'GOOD_TILL_CANCEL';
  return { first: { ...first, duration }, second: { ...second, duration } };
}

function fillsInPart(draft: OrderDraft): MadeUpOrder {
  const limit = wholeCents(draft.ticks);
  const shares = Math.max(2, draft.shares);
  const whole = { ...draft, shares, ticks: limit };
  const first = enteredOrder(whole, limit);
  const part = Math.max(1, Math.floor((shares * draft.random.between(20, 80)) / 100));
  const activities = fillsOf(whole, part, draft.random.between(1, 3));
  return { first, second: { ...first, activities, filledQuantity: decimal(String(part)) } };
}

function isFilledWithoutPrice(draft: OrderDraft): MadeUpOrder {
  const { first, second } = fillsAtMarket(draft);
  return { first, second: { ...second, activities: [] } };
}

function isRejectedWithFills(draft: OrderDraft): MadeUpOrder {
  const { first, second } = partlyFillsThen('CANCELED')(draft);
  return { first, second: { ...second, brokerStatus: 'REJECTED', statusDescription: REJECTIONS[0] } };
}

/** A limit on the wrong side of what it traded at. */
function fillsOutsideLimit(draft: OrderDraft): MadeUpOrder {
  const { first, second } = fillsAtLimit(draft);
  const limitPrice = priceOf(wholeCents(draft.ticks + (draft.buys ? -500 : 500)));
  return { first: { ...first, limitPrice }, second: { ...second, limitPrice } };
}

function hasUnknownStatus(draft: OrderDraft): MadeUpOrder {
  const { first, second } = keepsWorking(draft);
  return { first, second: { ...second, brokerStatus: 'PENDING_COMPLIANCE_REVIEW' } };
}

function filled(draft: OrderDraft, first: ReportedOrder, parts: number): ReportedOrder {
  return {
    ...first,
    brokerStatus: 'FILLED',
    filledQuantity: first.quantity,
    closeTime: fillTime(draft, 1),
    activities: fillsOf(draft, draft.shares, parts),
  };
}

/** Half a percent to two percent away, on the side that does not fill. */
function awayFromMarket({ random, ticks, buys }: OrderDraft): Ticks {
  const distance = Math.floor((ticks * random.between(50, 200)) / 10_000);
  return wholeCents(ticks + (buys ? -distance : distance));
}
