import { expect, it } from 'vitest';
import { tradingDay } from './trading-day.ts';

it.each([
  ['2026-01-05', '2026-01-05T05:00:00.000Z', '2026-01-06T05:00:00.000Z'],
  ['2026-03-08', '2026-03-08T05:00:00.000Z', '2026-03-09T04:00:00.000Z'],
  ['2026-11-01', '2026-11-01T04:00:00.000Z', '2026-11-02T05:00:00.000Z'],
])('%s lasts from midnight to midnight in New York, whatever the offset does', (date, from, before) => {
  const day = tradingDay(date);
  expect([new Date(day.from).toISOString(), new Date(day.before).toISOString()]).toEqual([from, before]);
});
