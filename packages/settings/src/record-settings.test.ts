import { ALWAYS_OPEN, marketMoment } from '@fill-tracker/domain';
import { expect, it } from 'vitest';
import { environmentReader } from './environment-reader.ts';
import { recordSettings } from './record-settings.ts';

const settingsOf = (variables: Record<string, string> = {}) =>
  recordSettings(environmentReader({}).parse(variables), '/workspace');
/** A Monday without a holiday. */
const monday = (time: string): number => Date.parse(`2026-01-12T${time}:00-05:00`);

it('means the live record beside the workspace unless told otherwise', () => {
  expect(settingsOf()).toMatchObject({
    isDemo: false,
    broker: { baseUrl: 'https://api.schwabapi.com', mode: 'live' },
    databaseFile: '/workspace/data/fills.db',
    requestsPerMinute: 80,
    logLevel: 'info',
  });
});

it('never takes missing credentials for a wish to see the demo', () => {
  expect(settingsOf({ SCHWAB_APP_KEY: '', DEMO: '0' }).isDemo).toBe(false);
});

it('keeps the demo apart: its own file, one stamp whatever its port, a market that never closes', () => {
  expect(settingsOf({ DEMO: '1', SIMULATOR_PORT: '5010', MARKET_OPEN: '10:00' })).toMatchObject({
    isDemo: true,
    broker: { baseUrl: 'simulator', mode: 'demo' },
    databaseFile: '/workspace/data/demo.db',
    calendar: ALWAYS_OPEN,
  });
});

it.each([
  ['file:./elsewhere/a.db', '/workspace/elsewhere/a.db'],
  ['file:a.db', '/workspace/a.db'],
  ['file:/tmp/a.db', '/tmp/a.db'],
  ['file:../a b.db', '/a b.db'],
])('%s is %s, wherever the command is typed', (url, file) => {
  expect(settingsOf({ DATABASE_URL: url }).databaseFile).toBe(file);
});

it.each([
  ['09:29', 'pre'],
  ['09:30', 'regular'],
  ['15:59', 'regular'],
  ['16:00', 'post'],
  ['20:00', 'closed'],
])('knows the regular hours: %s is %s', (time, phase) => {
  expect(marketMoment(settingsOf().calendar, monday(time)).phase).toBe(phase);
});

it("takes the owner's own hours, also beyond the extended ones", () => {
  const { calendar } = settingsOf({ MARKET_OPEN: '03:00', MARKET_CLOSE: '21:30' });
  expect(marketMoment(calendar, monday('03:00')).phase).toBe('regular');
  expect(marketMoment(calendar, monday('21:29')).phase).toBe('regular');
  expect(marketMoment(calendar, monday('21:30')).phase).toBe('closed');
});

it("takes the owner's own dates over the rules", () => {
  const { calendar, calendarRules } = settingsOf({
    MARKET_CLOSED_DATES: '2026-01-12, 2026-01-13',
    MARKET_EARLY_CLOSES: '2026-01-14=13:00',
  });
  expect(calendar.sessionOn('2026-01-12')).toBeNull();
  expect(calendar.sessionOn('2026-01-13')).toBeNull();
  expect(calendar.sessionOn('2026-01-14')?.isEarlyClose).toBe(true);
  expect(calendarRules.sessionOn('2026-01-12')).not.toBeNull();
});

it.each([
  ['MARKET_CLOSED_DATES', '24.12.2026', 'must be dates such as'],
  ['MARKET_CLOSED_DATES', '2026-12-24,', 'must be dates such as'],
  ['MARKET_CLOSED_DATES', '2026-13-24', 'must be dates such as'],
  ['MARKET_EARLY_CLOSES', '2026-12-24', 'must be dates with New York times'],
  ['MARKET_EARLY_CLOSES', '2026-12-24=25:00', 'must be dates with New York times'],
])('%s=%s is refused', (name, value, problem) => {
  expect(() => settingsOf({ [name]: value })).toThrow(problem);
});
