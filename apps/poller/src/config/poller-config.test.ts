import { ALWAYS_OPEN, marketMoment } from '@fill-tracker/domain';
import { expect, it } from 'vitest';
import { parseEnvironment } from './environment.ts';
import { pollerConfig, pollerSecrets } from './poller-config.ts';

const configOf = (variables: Record<string, string> = {}) => pollerConfig(parseEnvironment(variables), '/workspace');
/** A Monday without a holiday. */
const monday = (time: string): number => Date.parse(`2026-01-12T${time}:00-05:00`);

it('records the live broker beside the workspace unless told otherwise', () => {
  expect(configOf()).toMatchObject({
    isDemo: false,
    broker: { baseUrl: 'https://api.schwabapi.com', mode: 'live' },
    brokerUrl: 'https://api.schwabapi.com',
    databaseFile: '/workspace/data/fills.db',
    requestsPerMinute: 80,
    discoversOrders: true,
    settings: { intervalMs: 5_000, fastIntervalMs: 1_000, fastForMs: 120_000, jitterMs: 200 },
  });
});

it('keeps the demo apart: its own file, one stamp whatever its port, a market that never closes', () => {
  expect(configOf({ DEMO: '1', SIMULATOR_PORT: '5010' })).toMatchObject({
    isDemo: true,
    broker: { baseUrl: 'simulator', mode: 'demo' },
    brokerUrl: 'http://127.0.0.1:5010',
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
  expect(configOf({ DATABASE_URL: url }).databaseFile).toBe(file);
});

it('never falls back to the demo, nor to its credentials', () => {
  expect(pollerSecrets(parseEnvironment({})).credentials).toBeNull();
  const live = { SCHWAB_APP_KEY: 'an-app-key', SCHWAB_APP_SECRET: 'an-app-secret' };
  expect(pollerSecrets(parseEnvironment(live)).credentials).toEqual({
    appKey: 'an-app-key',
    appSecret: 'an-app-secret',
  });
  expect(pollerSecrets(parseEnvironment({ ...live, DEMO: '1' })).credentials).toMatchObject({ appKey: 'demo-app-key' });
});

it('polls slowly outside hours, or not at all by choice', () => {
  expect(configOf().settings.outsideIntervalMs).toBe(120_000);
  expect(configOf({ POLL_OUTSIDE_HOURS: 'off' }).settings.outsideIntervalMs).toBeNull();
});

it.each([
  ['09:29', 'pre'],
  ['09:30', 'regular'],
  ['15:59', 'regular'],
  ['16:00', 'post'],
  ['20:00', 'closed'],
])('knows the regular hours: %s is %s', (time, phase) => {
  expect(marketMoment(configOf().calendar, monday(time)).phase).toBe(phase);
});

it("takes the owner's own hours, also beyond the extended ones", () => {
  const { calendar } = configOf({ MARKET_OPEN: '03:00', MARKET_CLOSE: '21:30' });
  expect(marketMoment(calendar, monday('03:00')).phase).toBe('regular');
  expect(marketMoment(calendar, monday('21:29')).phase).toBe('regular');
  expect(marketMoment(calendar, monday('21:30')).phase).toBe('closed');
});

it('holds no secret', () => {
  const env = {
    SCHWAB_APP_KEY: 'canary-key',
    SCHWAB_APP_SECRET: 'canary-secret',
    TOKEN_ENCRYPTION_KEY: 'ca'.repeat(32),
  };
  expect(JSON.stringify(configOf(env))).not.toMatch(/canary|caca/);
});
