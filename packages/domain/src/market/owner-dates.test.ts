import { describe, expect, it } from 'vitest';
import { marketMoment } from './market-moment.ts';
import { NO_OWNER_DATES, withOwnerDates } from './owner-dates.ts';
import { usEquities } from './us-equities.ts';

const RULES = usEquities();
const MONDAY = '2026-01-12';
const at = (time: string): number => Date.parse(`${MONDAY}T${time}:00-05:00`);
const withEarlyClose = (time: string) =>
  withOwnerDates(RULES, { ...NO_OWNER_DATES, earlyCloses: new Map([[MONDAY, time]]) });

describe("the owner's own dates", () => {
  it('close a date that the rules know as an ordinary one, and no other', () => {
    const calendar = withOwnerDates(RULES, { ...NO_OWNER_DATES, closed: new Set([MONDAY]) });
    expect(calendar.sessionOn(MONDAY)).toBeNull();
    expect(calendar.sessionOn('2026-01-13')).toEqual(RULES.sessionOn('2026-01-13'));
  });

  it('end a session early; late trading lasts as long as ever', () => {
    const calendar = withEarlyClose('13:00');
    const phases = ['12:59', '13:00', '16:59', '17:00'].map((time) => marketMoment(calendar, at(time)).phase);
    expect(phases).toEqual(['regular', 'post', 'post', 'closed']);
    expect(calendar.sessionOn(MONDAY)?.isEarlyClose).toBe(true);
  });

  it.each(['09:30', '08:00', '16:00', '18:00'])('leave a session alone that %s does not shorten', (time) => {
    expect(withEarlyClose(time).sessionOn(MONDAY)).toEqual(RULES.sessionOn(MONDAY));
  });

  it('open no holiday', () => {
    const holiday = '2026-06-19';
    const calendar = withOwnerDates(RULES, { ...NO_OWNER_DATES, earlyCloses: new Map([[holiday, '13:00']]) });
    expect(calendar.sessionOn(holiday)).toBeNull();
  });

  it('are not spoken of when there are none', () => {
    expect(withOwnerDates(RULES, NO_OWNER_DATES)).toBe(RULES);
    expect(withEarlyClose('13:00').name).toBe('US equities (NYSE rules), with your own dates');
  });
});
