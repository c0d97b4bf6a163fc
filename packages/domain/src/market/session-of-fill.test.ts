import { describe, expect, it } from 'vitest';
import { HOUR } from '../instant.ts';
import { ALWAYS_OPEN } from './always-open.ts';
import type { MarketCalendar } from './market-calendar.ts';
import { withReportedSessions } from './reported-sessions.ts';
import { isOutsideAnySession } from './session-of-fill.ts';
import { usEquities } from './us-equities.ts';

const MARKET = usEquities();

/** Late trading on 5 January runs on to 02:00 of the next date. */
function runningOverMidnight(): MarketCalendar {
  const session = MARKET.sessionOn('2026-01-05');
  const late = session && { ...session, postClose: session.postClose + 6 * HOUR };
  return withReportedSessions(MARKET, new Map([['2026-01-05', late]]));
}

describe('isOutsideAnySession', () => {
  // 2026-01-05 is a Monday; New York is five hours behind UTC.
  it.each([
    ['a second before early trading', '2026-01-05T11:59:59Z', true],
    ['a stray fraction before early trading', '2026-01-05T11:59:59.999Z', true],
    ['in the first second of early trading', '2026-01-05T12:00:00Z', false],
    ['at the opening', '2026-01-05T14:30:00Z', false],
    ['in the closing auction', '2026-01-05T21:00:03Z', false],
    ['in the very second in which late trading ends', '2026-01-06T01:00:00.700Z', false],
    ['a second later', '2026-01-06T01:00:01Z', true],
    ['after midnight', '2026-01-06T06:00:00Z', true],
    ['on a Saturday', '2026-01-10T15:00:00Z', true],
    ['on a holiday', '2026-01-19T15:00:00Z', true],
    ['on an early-close day before late trading ends', '2026-11-27T22:00:00Z', false],
    ['on an early-close day after it', '2026-11-27T22:00:01Z', true],
    ['before early trading, on the Monday after the clocks went forward', '2026-03-09T10:59:59Z', true],
    ['in early trading, on the Monday after the clocks went forward', '2026-03-09T11:00:00Z', false],
  ])('a fill %s', (_name, at, expected) => {
    expect(isOutsideAnySession(Date.parse(at), MARKET)).toBe(expected);
  });

  it('is never so in a market that is always open', () => {
    for (const at of ['2026-01-10T05:00:00Z', '2026-07-04T03:59:59Z', '2026-03-08T07:00:00Z']) {
      expect(isOutsideAnySession(Date.parse(at), ALWAYS_OPEN)).toBe(false);
    }
  });

  it('knows a session that runs over midnight', () => {
    expect(isOutsideAnySession(Date.parse('2026-01-06T06:59:59Z'), runningOverMidnight())).toBe(false);
    expect(isOutsideAnySession(Date.parse('2026-01-06T07:00:01Z'), runningOverMidnight())).toBe(true);
  });
});
