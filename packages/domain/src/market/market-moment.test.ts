import { describe, expect, it } from 'vitest';
import { ALWAYS_OPEN } from './always-open.ts';
import type { MarketCalendar } from './market-calendar.ts';
import { marketMoment, sessionBefore } from './market-moment.ts';
import { withReportedSessions } from './reported-sessions.ts';
import { usEquities } from './us-equities.ts';

const MARKET = usEquities();

/** The moment as `phase, then phase at time`; times in UTC. */
function moment(at: string, calendar: MarketCalendar = MARKET): string {
  const { phase, nextChange } = marketMoment(calendar, Date.parse(at));
  if (nextChange === null) return `${phase}, for good`;
  return `${phase}, then ${nextChange.phase} at ${new Date(nextChange.at).toISOString().replace('.000Z', 'Z')}`;
}

describe('marketMoment', () => {
  // 2026-01-05 is a Monday; New York is five hours behind UTC.
  it.each([
    ['2026-01-05T11:59:59.999Z', 'closed, then pre at 2026-01-05T12:00:00Z'],
    ['2026-01-05T12:00:00.000Z', 'pre, then regular at 2026-01-05T14:30:00Z'],
    ['2026-01-05T14:29:59.999Z', 'pre, then regular at 2026-01-05T14:30:00Z'],
    ['2026-01-05T14:30:00.000Z', 'regular, then post at 2026-01-05T21:00:00Z'],
    ['2026-01-05T20:59:59.999Z', 'regular, then post at 2026-01-05T21:00:00Z'],
    ['2026-01-05T21:00:00.000Z', 'post, then closed at 2026-01-06T01:00:00Z'],
    ['2026-01-06T00:59:59.999Z', 'post, then closed at 2026-01-06T01:00:00Z'],
    ['2026-01-06T01:00:00.000Z', 'closed, then pre at 2026-01-06T12:00:00Z'],
    ['2026-01-06T05:00:00.000Z', 'closed, then pre at 2026-01-06T12:00:00Z'],
  ])('at %s: %s', (at, expected) => {
    expect(moment(at)).toBe(expected);
  });

  it('ends an early-close day at 13:00, to the millisecond', () => {
    expect(moment('2026-11-27T17:59:59.999Z')).toBe('regular, then post at 2026-11-27T18:00:00Z');
    expect(moment('2026-11-27T18:00:00.000Z')).toBe('post, then closed at 2026-11-27T22:00:00Z');
    expect(moment('2026-11-27T22:00:00.000Z')).toBe('closed, then pre at 2026-11-30T12:00:00Z');
  });

  it('waits over a weekend with a holiday', () => {
    // Friday 3 July 2026 is the holiday.
    expect(moment('2026-07-03T01:00:00Z')).toBe('closed, then pre at 2026-07-06T11:00:00Z');
    expect(moment('2026-07-03T15:00:00Z')).toBe('closed, then pre at 2026-07-06T11:00:00Z');
  });

  it.each([
    ['forward', '2026-03-08T18:00:00Z', 'closed, then pre at 2026-03-09T11:00:00Z'],
    ['back', '2026-11-01T18:00:00Z', 'closed, then pre at 2026-11-02T12:00:00Z'],
  ])('finds the next session on the day on which the clocks go %s', (_name, at, expected) => {
    expect(moment(at)).toBe(expected);
  });

  it.each(['2026-01-05T00:00:00Z', '2026-07-04T12:00:00Z', '2026-03-08T07:00:00Z', '2026-11-01T05:30:00Z'])(
    'never changes in a market that is always open, as at %s',
    (at) => {
      expect(moment(at, ALWAYS_OPEN)).toBe('regular, for good');
    },
  );

  it('passes over phases that an owner made empty', () => {
    const noExtras = usEquities({ preOpen: '09:30', open: '09:30', close: '16:00', postClose: '16:00' });
    expect(moment('2026-01-05T14:00:00Z', noExtras)).toBe('closed, then regular at 2026-01-05T14:30:00Z');
    expect(moment('2026-01-05T15:00:00Z', noExtras)).toBe('regular, then closed at 2026-01-05T21:00:00Z');
  });
});

describe('withReportedSessions', () => {
  const session = MARKET.sessionOn('2026-01-05');

  it('takes the word of the broker for the dates it spoke of, and the rules for the rest', () => {
    const mourning = withReportedSessions(MARKET, new Map([['2026-01-05', null]]));
    expect(mourning.sessionOn('2026-01-05')).toBeNull();
    expect(mourning.sessionOn('2026-01-06')).toEqual(MARKET.sessionOn('2026-01-06'));
    expect(moment('2026-01-05T15:00:00Z', mourning)).toBe('closed, then pre at 2026-01-06T12:00:00Z');
    const special = withReportedSessions(MARKET, new Map([['2026-01-03', session]]));
    expect(special.sessionOn('2026-01-03')).toBe(session);
  });

  it('says whose hours they are', () => {
    const reported = withReportedSessions(MARKET, new Map());
    expect(reported.name).toBe("US equities (NYSE rules), with the broker's own hours");
    expect(reported.validThrough).toBe(MARKET.validThrough);
  });
});

describe('sessionBefore', () => {
  it.each([
    ['a Tuesday', '2026-01-06', '2026-01-05'],
    ['a Monday', '2026-01-05', '2026-01-02'],
    ['a Sunday', '2026-01-04', '2026-01-02'],
    ['the Tuesday after a Monday holiday', '2026-01-20', '2026-01-16'],
  ])('of %s', (_name, date, expected) => {
    expect(sessionBefore(MARKET, date)?.date).toBe(expected);
  });

  it('gives up where nothing traded for two weeks', () => {
    expect(sessionBefore({ name: 'shut', validThrough: null, sessionOn: () => null }, '2026-01-06')).toBeNull();
  });
});
