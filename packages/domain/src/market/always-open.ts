import type { MarketCalendar } from './market-calendar.ts';
import { addDays, instantAt } from './trading-date.ts';

/** A market that never closes: the demo's, which must show fills on a Sunday too. */
export const ALWAYS_OPEN: MarketCalendar = {
  name: 'always open (demo)',
  validThrough: null,
  sessionOn(date) {
    const open = instantAt(date, '00:00');
    const close = instantAt(addDays(date, 1), '00:00');
    return { date, preOpen: open, open, close, postClose: close, isEarlyClose: false };
  },
};
