/**
 * Seven days of orders at the broker: an early close that only the broker knows of, a weekend on which the clocks change, a
 * holiday that only the broker knows of, and ordinary days. Times are written with New York's offset of that day, so that
 * they rest on no calendar of ours: -04:00 until the night to Sunday 1 November 2026, -05:00 from then on.
 */
import type { ScriptedOrderInput } from '@fill-tracker/schwab-simulator';
import type { BrokerDay } from '../rehearsal/rehearsal.ts';

export const WEEK_BEGINS = '2026-10-30T06:00:00-04:00';
/** Past the morning's looks at what ended on the last day. */
export const WEEK_ENDS = '2026-11-05T07:30:00-05:00';

/** Friday closes at 13:00, and Tuesday not at all opens. The built-in rules know of neither. */
export const BROKER_DAYS: readonly BrokerDay[] = [
  { date: '2026-10-30', regularEnd: '13:00', postEnd: '17:00' },
  { date: '2026-11-03', isOpen: false },
];

/** An order as the week tells it, all its times written out. */
export interface WeekOrder {
  readonly what: string;
  readonly entered: string;
  readonly order: Partial<Omit<ScriptedOrderInput, 'fills' | 'ending' | 'phases' | 'enteredAfterMs'>>;
  readonly fills?: readonly { readonly at: string; readonly quantity: string; readonly price: string }[];
  readonly ends?: { readonly at: string; readonly status: 'CANCELED' | 'EXPIRED' | 'REJECTED' };
  /** Waits for the open under PENDING_ACTIVATION until then. */
  readonly activates?: string;
}

const GTC = { duration: 'GOOD_TILL_CANCEL', orderType: 'LIMIT', limitPrice: '30' } as const;
const LATE = { session: 'SEAMLESS', orderType: 'LIMIT', limitPrice: '30' } as const;

export const WEEK: readonly WeekOrder[] = [
  {
    what: 'Friday: fills at once',
    entered: '2026-10-30T11:00:00-04:00',
    order: {},
    fills: [{ at: '2026-10-30T11:00:02-04:00', quantity: '10', price: '22.7299' }],
  },
  {
    what: 'Friday: three fills over an hour',
    entered: '2026-10-30T09:45:10-04:00',
    order: {},
    fills: [
      { at: '2026-10-30T09:45:12-04:00', quantity: '4', price: '22.7299' },
      { at: '2026-10-30T10:17:31-04:00', quantity: '3', price: '22.7301' },
      { at: '2026-10-30T10:44:59-04:00', quantity: '3', price: '22.74' },
    ],
  },
  {
    what: 'Friday: filled in part, canceled at the early close',
    entered: '2026-10-30T12:00:00-04:00',
    order: {},
    fills: [{ at: '2026-10-30T12:31:07-04:00', quantity: '4', price: '22.61' }],
    ends: { at: '2026-10-30T13:00:00-04:00', status: 'CANCELED' },
  },
  {
    what: 'Friday: expires at the early close',
    entered: '2026-10-30T12:10:00-04:00',
    order: { orderType: 'LIMIT', limitPrice: '11.5' },
    ends: { at: '2026-10-30T13:00:10-04:00', status: 'EXPIRED' },
  },
  {
    what: 'Friday: fills late, after the early close',
    entered: '2026-10-30T13:30:00-04:00',
    order: LATE,
    fills: [{ at: '2026-10-30T15:10:44-04:00', quantity: '10', price: '22.58' }],
  },
  {
    what: 'Friday evening: waits for Monday and fills at its open',
    entered: '2026-10-30T18:30:00-04:00',
    order: {},
    activates: '2026-11-02T09:30:00-05:00',
    fills: [{ at: '2026-11-02T09:30:01-05:00', quantity: '10', price: '22.9' }],
  },
  {
    what: 'Good till canceled: rests from Friday, fills on Wednesday',
    entered: '2026-10-30T10:30:00-04:00',
    order: GTC,
    fills: [{ at: '2026-11-04T11:17:23-05:00', quantity: '10', price: '29.98' }],
  },
  {
    what: 'Good till canceled: part on Monday, the rest at the close of Wednesday',
    entered: '2026-10-30T10:31:00-04:00',
    order: GTC,
    fills: [
      { at: '2026-11-02T10:02:40-05:00', quantity: '6', price: '29.99' },
      { at: '2026-11-04T15:59:58-05:00', quantity: '4', price: '29.97' },
    ],
  },
  {
    what: 'Good till canceled: rests all week',
    entered: '2026-10-30T10:32:00-04:00',
    order: { ...GTC, limitPrice: '5.01' },
  },
  {
    what: 'Saturday: waits for Monday, fills in two parts',
    entered: '2026-10-31T11:00:00-04:00',
    order: {},
    activates: '2026-11-02T09:30:00-05:00',
    fills: [
      { at: '2026-11-02T09:30:00-05:00', quantity: '1', price: '22.91' },
      { at: '2026-11-02T09:30:03-05:00', quantity: '9', price: '22.92' },
    ],
  },
  {
    what: 'Sunday, after the clocks changed: withdrawn the same evening',
    entered: '2026-11-01T18:00:00-05:00',
    order: {},
    activates: '2026-11-02T09:30:00-05:00',
    ends: { at: '2026-11-01T20:00:30-05:00', status: 'CANCELED' },
  },
  {
    what: 'Monday: fills before the open',
    entered: '2026-11-02T07:05:00-05:00',
    order: { ...LATE, session: 'AM' },
    fills: [{ at: '2026-11-02T07:31:15-05:00', quantity: '10', price: '22.87' }],
  },
  {
    what: 'Monday: fills in the last second before the close',
    entered: '2026-11-02T14:00:00-05:00',
    order: {},
    fills: [{ at: '2026-11-02T15:59:59-05:00', quantity: '10', price: '23.01' }],
  },
  {
    what: 'Monday: expires at the end of late trading',
    entered: '2026-11-02T16:20:00-05:00',
    order: { ...LATE, limitPrice: '11' },
    fills: [{ at: '2026-11-02T18:00:05-05:00', quantity: '2', price: '10.99' }],
    ends: { at: '2026-11-02T20:00:00-05:00', status: 'EXPIRED' },
  },
  {
    what: 'Monday night: waits over the holiday, and is rejected on Wednesday',
    entered: '2026-11-02T23:30:00-05:00',
    order: {},
    activates: '2026-11-04T09:30:00-05:00',
    ends: { at: '2026-11-04T09:30:00-05:00', status: 'REJECTED' },
  },
  {
    what: 'On the holiday: waits for Wednesday and fills at its open',
    entered: '2026-11-03T11:00:00-05:00',
    order: {},
    activates: '2026-11-04T09:30:00-05:00',
    fills: [{ at: '2026-11-04T09:30:02-05:00', quantity: '10', price: '23.2' }],
  },
  {
    what: 'Wednesday: fills after a minute and a half',
    entered: '2026-11-04T13:00:00-05:00',
    order: {},
    fills: [{ at: '2026-11-04T13:01:30-05:00', quantity: '10', price: '23.3333' }],
  },
  {
    what: 'Wednesday: fills after two hours',
    entered: '2026-11-04T13:00:30-05:00',
    order: {},
    fills: [{ at: '2026-11-04T15:00:33-05:00', quantity: '10', price: '23.41' }],
  },
];

/** As the simulator takes it, its instants counted from `now` (ms since epoch). */
export function scriptOf({ entered, order, fills = [], ends, activates }: WeekOrder, now: number): ScriptedOrderInput {
  const after = (at: string): number => Date.parse(at) - now;
  return {
    symbol: 'GME',
    instruction: 'BUY',
    orderType: 'MARKET',
    quantity: '10',
    ...order,
    enteredAfterMs: after(entered),
    fills: fills.map(({ at, ...fill }) => ({ ...fill, afterMs: after(at) })),
    ...(ends && { ending: { afterMs: after(ends.at), status: ends.status } }),
    ...(activates && {
      phases: [{ afterMs: after(entered), status: 'PENDING_ACTIVATION', untilMs: after(waitsUntil(activates, ends)) }],
    }),
  };
}

/** A phase with an end holds until then, whatever happens; an order that is withdrawn before waits no longer. */
function waitsUntil(activates: string, ends: WeekOrder['ends']): string {
  return ends !== undefined && Date.parse(ends.at) < Date.parse(activates) ? ends.at : activates;
}
