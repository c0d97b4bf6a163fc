import { describe, expect, it } from 'vitest';
import { HOUR, MINUTE, SECOND } from '../instant.ts';
import { usEquities } from '../market/us-equities.ts';
import { tradingDateAt } from '../market/trading-date.ts';
import { newlyKnownOrder } from '../order/known-order.ts';
import type { OrderFlag } from '../order/order-flag.ts';
import type { ReportedOrder } from '../order/reported-order.ts';
import { MONDAY_TEN, orderOf } from '../testing/builders.ts';
import { orderPace } from './order-pace.ts';

const CALENDAR = usEquities();
const DAY = 24 * HOUR;

/** The pace at a New York time of 2026-01-05, a Monday, of an order entered some ms before. */
function paceAt(
  time: string,
  ago: number,
  told: Partial<ReportedOrder> = {},
  flags: readonly OrderFlag[] = [],
): string {
  const now = Date.parse(`2026-01-05T${time}-05:00`);
  const fresh = newlyKnownOrder('1', 'TRACKED', now - ago);
  const order = {
    ...fresh,
    facts: orderOf({ enteredAt: now - ago, ...told }),
    state: { ...fresh.state, flags },
  };
  const session = CALENDAR.sessionOn(tradingDateAt(now));
  return orderPace(order, { now, session, youngForMs: 2 * MINUTE });
}

describe('orderPace', () => {
  it.each<[string, string, string, Partial<ReportedOrder>]>([
    ['NORMAL before the bell', '09:29:59', 'waiting', {}],
    ['NORMAL at the bell', '09:30:00', 'open', {}],
    ['NORMAL just after the close, where expiries and late cancels come', '16:19:59', 'open', {}],
    ['NORMAL later', '16:20:00', 'waiting', {}],
    ['AM before 07:00', '06:59:59', 'waiting', { orderSession: 'AM' }],
    ['AM', '07:00:00', 'open', { orderSession: 'AM' }],
    ['AM in the afternoon', '12:00:00', 'waiting', { orderSession: 'AM' }],
    ['PM in the morning', '10:00:00', 'waiting', { orderSession: 'PM' }],
    ['PM', '16:00:00', 'open', { orderSession: 'PM' }],
    ['SEAMLESS before the bell', '07:00:00', 'open', { orderSession: 'SEAMLESS' }],
    ['SEAMLESS late', '20:19:59', 'open', { orderSession: 'SEAMLESS' }],
    ['SEAMLESS at night', '20:20:00', 'waiting', { orderSession: 'SEAMLESS' }],
    ['a session word that nobody knows, before the bell', '08:00:00', 'open', { orderSession: 'OVERNIGHT' }],
    ['without a session word', '08:00:00', 'open', { orderSession: null }],
  ])('%s at %s is %s', (_name, time, pace, told) => {
    expect(paceAt(time, DAY, told)).toBe(pace);
  });

  it('is young for its first minutes, at any hour: it may be rejected within a second', () => {
    expect(paceAt('12:00:00', 2 * MINUTE - 1)).toBe('young');
    expect(paceAt('12:00:00', 2 * MINUTE)).toBe('open');
    expect(paceAt('22:00:00', SECOND)).toBe('young');
  });

  it('waits when the broker says that it waits for the next session, unless that runs', () => {
    expect(paceAt('22:00:00', SECOND, { brokerStatus: 'PENDING_ACTIVATION' })).toBe('waiting');
    expect(paceAt('09:30:01', SECOND, { brokerStatus: 'PENDING_ACTIVATION' })).toBe('young');
    expect(paceAt('09:30:01', DAY, { brokerStatus: 'PENDING_ACTIVATION' })).toBe('open');
  });

  it('is young when nothing is known of it but that it was handed over just now', () => {
    const order = newlyKnownOrder('1', 'TRACKED', 0);
    expect(orderPace(order, { now: SECOND, session: null, youngForMs: MINUTE })).toBe('young');
    expect(orderPace(order, { now: MINUTE, session: null, youngForMs: MINUTE })).toBe('waiting');
  });

  it('is urgent while the proof of its price is expected any second, and not for ever', () => {
    const filled = (closedAgo: number) => {
      const closeTime = Date.parse('2026-01-05T22:00:00-05:00') - closedAgo;
      return paceAt('22:00:00', DAY, { brokerStatus: 'FILLED', closeTime }, ['UNPRICED']);
    };
    expect([filled(9 * SECOND), filled(59 * SECOND), filled(MINUTE)]).toEqual(['young', 'young', 'waiting']);
  });

  it('waits when the broker does not know it: it is asked for by id now and then', () => {
    expect(paceAt('12:00:00', SECOND, {}, ['NOT_FOUND'])).toBe('waiting');
  });

  it('waits when it never could be read, and that for long', () => {
    const unreadable = { ...newlyKnownOrder('1', 'DISCOVERED', MONDAY_TEN) };
    const order = { ...unreadable, state: { ...unreadable.state, flags: ['REPORT_UNREADABLE' as const] } };
    const paceAfter = (ms: number) =>
      orderPace(order, { now: MONDAY_TEN + ms, session: CALENDAR.sessionOn('2026-01-05'), youngForMs: MINUTE });
    expect([paceAfter(59 * SECOND), paceAfter(59 * MINUTE), paceAfter(60 * MINUTE)]).toEqual([
      'young',
      'open',
      'waiting',
    ]);
  });

  it('waits on a day without a session', () => {
    const now = Date.parse('2026-01-04T12:00:00-05:00');
    const order = { ...newlyKnownOrder('1', 'TRACKED', now - DAY), facts: orderOf({ enteredAt: now - DAY }) };
    expect(orderPace(order, { now, session: CALENDAR.sessionOn('2026-01-04'), youngForMs: MINUTE })).toBe('waiting');
  });
});
