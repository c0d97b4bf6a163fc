import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TradingSession } from './market-calendar.ts';
import { addDays, tradingDateAt, weekdayOf } from './trading-date.ts';
import { usEquities } from './us-equities.ts';

const opening = (session: TradingSession | null): string | null => session && new Date(session.open).toISOString();

describe.each(['Pacific/Kiritimati', 'Asia/Tokyo', 'America/Los_Angeles', 'Pacific/Pago_Pago'])(
  'on a host in %s',
  (zone) => {
    const before = process.env['TZ'];
    beforeEach(() => {
      process.env['TZ'] = zone;
    });
    afterEach(() => {
      if (before === undefined) delete process.env['TZ'];
      else process.env['TZ'] = before;
    });

    it('has the same sessions, dates and weekdays', () => {
      expect(new Intl.DateTimeFormat().resolvedOptions().timeZone).toBe(zone);
      expect(opening(usEquities().sessionOn('2026-03-09'))).toBe('2026-03-09T13:30:00.000Z');
      expect(usEquities().sessionOn('2026-07-03')).toBeNull();
      expect(tradingDateAt(Date.parse('2026-01-06T04:59:59.999Z'))).toBe('2026-01-05');
      expect(tradingDateAt(Date.parse('2026-01-06T05:00:00Z'))).toBe('2026-01-06');
      expect([weekdayOf('2026-01-05'), addDays('2026-03-07', 1), addDays('2026-03-08', 1)]).toEqual([
        1,
        '2026-03-08',
        '2026-03-09',
      ]);
    });
  },
);
