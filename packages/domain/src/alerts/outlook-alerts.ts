/** What is going to be trouble: the sign-in, the calendar, the disk. */
import { HOUR, type Instant } from '../instant.ts';
import type { MarketCalendar } from '../market/market-calendar.ts';
import { addDays, instantAt, tradingDateAt } from '../market/trading-date.ts';
import { durationText } from './duration-text.ts';
import type { StandingAlert } from './standing-alert.ts';

/** Two working days' notice of a sign-in that lasts seven; and a reminder on the day itself. */
const SIGN_IN_SOON_MS = 48 * HOUR;
const SIGN_IN_LAST_CALL_MS = 4 * HOUR;
/** Time for a release with the exchange's next calendar, and for its installation. */
const CALENDAR_DAYS = 90;
/** WAL, a backup before a migration, and some days of an ordinary record. */
const LEAST_FREE_BYTES = 200 * 1024 * 1024;

export interface OutlookFacts {
  /** When the sign-in ends; null when it never does, or nobody signed in. */
  readonly signInEndsAt: Instant | null;
  readonly calendar: MarketCalendar;
  /** On the disk of the record; null when it cannot be told. */
  readonly freeBytes: number | null;
  readonly workingOrders: number;
}

export function outlookAlerts(facts: OutlookFacts, now: Instant): readonly StandingAlert[] {
  return [...signInAlerts(facts, now), ...calendarAlerts(facts.calendar, now), ...diskAlerts(facts.freeBytes, now)];
}

function signInAlerts({ signInEndsAt, workingOrders }: OutlookFacts, now: Instant): readonly StandingAlert[] {
  if (signInEndsAt === null) return [];
  const left = signInEndsAt - now;
  if (left <= 0) {
    const summary = `The sign-in at Schwab has ended ${durationText(-left)} ago.`;
    return [{ cause: 'sign-in-needed', subject: '', since: signInEndsAt, summary, detail: { workingOrders } }];
  }
  return SIGN_IN_CALLS.filter(({ withinMs }) => left <= withinMs).map(({ subject, withinMs }) => ({
    cause: 'sign-in-ending',
    subject,
    since: signInEndsAt - withinMs,
    summary: `The sign-in at Schwab ends in ${durationText(left)}.`,
    detail: { endsAt: new Date(signInEndsAt).toISOString(), workingOrders },
  }));
}

const SIGN_IN_CALLS = [
  { subject: '', withinMs: SIGN_IN_SOON_MS },
  { subject: 'last call', withinMs: SIGN_IN_LAST_CALL_MS },
];

function calendarAlerts({ validThrough, name }: MarketCalendar, now: Instant): readonly StandingAlert[] {
  if (validThrough === null) return [];
  const from = addDays(validThrough, -CALENDAR_DAYS);
  if (tradingDateAt(now) < from) return [];
  const summary = `The rules of "${name}" were checked until ${validThrough} and for no later day.`;
  return [
    { cause: 'calendar-ending', subject: '', since: instantAt(from, '00:00'), summary, detail: { validThrough } },
  ];
}

function diskAlerts(freeBytes: number | null, now: Instant): readonly StandingAlert[] {
  if (freeBytes === null || freeBytes >= LEAST_FREE_BYTES) return [];
  const summary = `The disk of the record is nearly full: ${Math.floor(freeBytes / 1024 / 1024)} MiB are free.`;
  return [{ cause: 'database-trouble', subject: 'disk', since: now, summary, detail: { freeBytes } }];
}
