import { ALWAYS_OPEN, usEquities } from '@fill-tracker/domain';
import { expect, it } from 'vitest';
import { lastFinishedDate, tradingDay } from './trading-day.ts';

it.each([
  ['2026-01-05', '2026-01-05T05:00:00.000Z', '2026-01-06T04:59:59.999Z'],
  ['2026-03-08', '2026-03-08T05:00:00.000Z', '2026-03-09T03:59:59.999Z'],
])('%s is a day of New York, whatever its length', (date, from, to) => {
  expect(tradingDay(date)).toEqual({ date, from: Date.parse(from), to: Date.parse(to) });
});

it.each(['2026-02-30', '2026-1-5', 'yesterday', '2026-01-05T00:00:00Z', ''])('%j is no date', (text) => {
  expect(tradingDay(text)).toBeNull();
});

it.each([
  ['on a Monday during the session', '2026-01-05T16:00:00Z', '2026-01-02'],
  ['after the close, with late trading still on', '2026-01-05T23:00:00Z', '2026-01-02'],
  ['once late trading is over', '2026-01-06T01:00:00Z', '2026-01-05'],
  ['on a Sunday', '2026-01-04T16:00:00Z', '2026-01-02'],
  ['after a holiday', '2026-01-02T14:00:00Z', '2025-12-31'],
])('the last finished session %s', (_when, now, date) => {
  expect(lastFinishedDate(usEquities(), Date.parse(now))).toBe(date);
});

it('is today where the market never closes, as no session there ends', () => {
  expect(lastFinishedDate(ALWAYS_OPEN, Date.parse('2026-01-05T23:00:00Z'))).toBe('2026-01-05');
});
