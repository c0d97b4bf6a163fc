import { ALWAYS_OPEN } from '@fill-tracker/domain';
import { expect, it } from 'vitest';
import { POLLER_ENVIRONMENT } from './environment.ts';
import { pollerConfig, pollerSecrets } from './poller-config.ts';

const configOf = (variables: Record<string, string> = {}) =>
  pollerConfig(POLLER_ENVIRONMENT.parse(variables), '/workspace');

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

it('never falls back to the demo, nor to its credentials', () => {
  expect(pollerSecrets(POLLER_ENVIRONMENT.parse({})).credentials).toBeNull();
  const live = { SCHWAB_APP_KEY: 'an-app-key', SCHWAB_APP_SECRET: 'an-app-secret' };
  expect(pollerSecrets(POLLER_ENVIRONMENT.parse(live)).credentials).toEqual({
    appKey: 'an-app-key',
    appSecret: 'an-app-secret',
  });
  expect(pollerSecrets(POLLER_ENVIRONMENT.parse({ ...live, DEMO: '1' })).credentials).toMatchObject({
    appKey: 'demo-app-key',
  });
});

it('polls slowly outside hours, or not at all by choice', () => {
  expect(configOf().settings.outsideIntervalMs).toBe(120_000);
  expect(configOf({ POLL_OUTSIDE_HOURS: 'off' }).settings.outsideIntervalMs).toBeNull();
});

it('holds no secret', () => {
  const env = {
    SCHWAB_APP_KEY: 'canary-key',
    SCHWAB_APP_SECRET: 'canary-secret',
    TOKEN_ENCRYPTION_KEY: 'ca'.repeat(32),
    ALERT_WEBHOOK_URL: 'https://hooks.example.com/canary',
    ALERT_WEBHOOK_SECRET: 'canary-secret-of-the-webhook',
    DEADMAN_PING_URL: 'https://hc-ping.example.com/canary',
  };
  expect(JSON.stringify(configOf(env))).not.toMatch(/canary|caca/);
});
