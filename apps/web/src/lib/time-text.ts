/** Times for people. Instants arrive as ISO 8601 UTC; the market's own time is New York. */

const MARKET_ZONE = 'America/New_York';

const CLOCK = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' } as const;
const DAY_AND_TIME = { weekday: 'short', year: 'numeric', month: 'short', day: 'numeric', ...CLOCK } as const;
const marketMoment = new Intl.DateTimeFormat('en-US', { ...DAY_AND_TIME, timeZone: MARKET_ZONE });
const localMoment = new Intl.DateTimeFormat('en-US', { ...DAY_AND_TIME, timeZoneName: 'short' });
const marketTime = new Intl.DateTimeFormat('en-US', { ...CLOCK, timeZone: MARKET_ZONE });
const marketDate = new Intl.DateTimeFormat('en-US', { dateStyle: 'short', timeZone: MARKET_ZONE });
const marketDayAndTime = new Intl.DateTimeFormat('en-US', {
  month: 'short',
  day: 'numeric',
  ...CLOCK,
  timeZone: MARKET_ZONE,
});

const marketWeekday = new Intl.DateTimeFormat('en-US', {
  weekday: 'short',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
  timeZone: MARKET_ZONE,
});

/** The exact instant in both zones: `Mon, Jan 5, 2026, 10:00:01 ET · Mon, Jan 5, 2026, 16:00:01 GMT+1`. */
export function exactMoment(iso: string): string {
  const at = new Date(iso);
  return `${marketMoment.format(at)} ET · ${localMoment.format(at)}`;
}

/** Date and time in New York, without the zone's name: `Mon, Jan 5, 2026, 10:00:01`. */
export function marketMomentText(iso: string): string {
  return marketMoment.format(new Date(iso));
}

/** Time of day in New York: `10:00:01`. */
export function marketClock(iso: string): string {
  return marketTime.format(new Date(iso));
}

/**
 * How to write instants that stand together: by their time of day, `10:00:01`, and with their day, `Jan 5, 10:00:01`,
 * once they are of more than one date in New York. Nulls are no instants.
 */
export function clockFor(isos: readonly (string | null)[]): (iso: string) => string {
  const dates = new Set(isos.filter((iso) => iso !== null).map((iso) => marketDate.format(new Date(iso))));
  return dates.size > 1 ? (iso) => marketDayAndTime.format(new Date(iso)) : marketClock;
}

const UNITS = [
  { ms: 86_400_000, name: 'd' },
  { ms: 3_600_000, name: 'h' },
  { ms: 60_000, name: 'min' },
] as const;

/** How long, in the largest unit that fits: `3 s`, `12 min`, `5 h`, `2 d`. Negative lengths are 0. */
export function roughDuration(ms: number): string {
  const unit = UNITS.find((candidate) => ms >= candidate.ms);
  return unit === undefined ? `${Math.max(0, Math.floor(ms / 1000))} s` : `${Math.floor(ms / unit.ms)} ${unit.name}`;
}

/** How long, for latencies: `0.4 s`, `12 s`, `3 min`. */
export function latencyText(ms: number): string {
  return ms < 9950 ? `${(Math.max(0, ms) / 1000).toFixed(1)} s` : roughDuration(ms);
}

/** How long ago, for what a person waits for: `just now`, `0.4 s ago`. */
export function sinceText(ms: number): string {
  return ms < 50 ? 'just now' : `${latencyText(ms)} ago`;
}

/** Weekday and minute in New York, of an instant within a week: `Tue 09:12 ET`. */
export function marketWeekMoment(iso: string): string {
  return `${marketWeekday.format(new Date(iso)).replace(',', '')} ET`;
}

/**
 * How far our clock is from the broker's, which tells whole seconds: `0.01 s ahead of Schwab’s, to within 0.04 s`.
 *
 * @param aheadMs below 0 when our clock is behind
 */
export function skewText(aheadMs: number, uncertaintyMs: number): string {
  const seconds = (ms: number): string => (Math.abs(ms) / 1_000).toFixed(2);
  const direction = aheadMs < 0 ? 'behind' : 'ahead of';
  return `${seconds(aheadMs)} s ${direction} Schwab’s, to within ${seconds(uncertaintyMs)} s`;
}

/** How long a piece of work took: `38 ms`, `1.2 s`. */
export function workTime(ms: number): string {
  return ms < 1000 ? `${ms} ms` : latencyText(ms);
}

/** Time that is left, with two units: `2 d 4 h`, `1 h 04 min`, `4 min 05 s`, `59 s`. */
export function countdown(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  if (hours >= 24) return `${Math.floor(hours / 24)} d ${hours % 24} h`;
  if (hours > 0) return `${hours} h ${twoDigits(minutes % 60)} min`;
  return minutes > 0 ? `${minutes} min ${twoDigits(seconds % 60)} s` : `${seconds} s`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
