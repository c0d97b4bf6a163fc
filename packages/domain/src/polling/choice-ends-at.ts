import type { Instant } from '../instant.ts';
import type { MarketCalendar } from '../market/market-calendar.ts';
import { marketMoment } from '../market/market-moment.ts';
import type { PollSettings } from './poll-settings.ts';

/**
 * When a rest by choice was to end of which only the record tells: it lasts from a look to the next bell. The calendar
 * and the settings are those of now; that they were others when the rest began is not known to anybody.
 *
 * @param beganAt the last look before the rest
 * @returns null when no bell is ahead
 */
export function choiceEndsAt(
  calendar: MarketCalendar,
  beganAt: Instant,
  { extendedHours }: Pick<PollSettings, 'extendedHours'>,
): Instant | null {
  const { phase, nextChange } = marketMoment(calendar, beganAt);
  const wasPolled = phase === 'regular' || (phase !== 'closed' && extendedHours);
  // That look was under way when the bell rang with which the rest began.
  return wasPolled && nextChange !== null
    ? (marketMoment(calendar, nextChange.at).nextChange?.at ?? null)
    : (nextChange?.at ?? null);
}
