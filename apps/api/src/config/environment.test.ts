import { EnvironmentError } from '@fill-tracker/settings';
import { expect, it } from 'vitest';
import { apiConfig, apiSecrets } from './api-config.ts';
import { API_ENVIRONMENT } from './environment.ts';

const configOf = (variables: Record<string, string>) => apiConfig(API_ENVIRONMENT.parse(variables), '/root-of-all');

function problemsOf(variables: Record<string, string>): readonly string[] {
  try {
    API_ENVIRONMENT.parse(variables);
    return [];
  } catch (error) {
    if (error instanceof EnvironmentError) return error.problems;
    throw error;
  }
}

it('needs no variable: it shows the live record on loopback', () => {
  expect(configOf({})).toMatchObject({
    host: '127.0.0.1',
    port: 4000,
    isDemo: false,
    broker: { baseUrl: 'https://api.schwabapi.com', mode: 'live' },
    databaseFile: '/root-of-all/data/fills.db',
  });
});

it('shows the record of the demo, whose market never closes', () => {
  expect(configOf({ DEMO: '1', API_PORT: '0' })).toMatchObject({
    port: 0,
    isDemo: true,
    broker: { baseUrl: 'simulator', mode: 'demo' },
    databaseFile: '/root-of-all/data/demo.db',
    calendar: { name: 'always open (demo)' },
  });
});

it('names what is wrong with its own variables together with the shared ones', () => {
  const bad = { API_PORT: '70000', LOG_LEVEL: 'loud', DASHBOARD_PASSWORD: 'short', MARKET_OPEN: '23:00', DEMO: '' };
  expect(problemsOf(bad).map((problem) => problem.split(' ')[0])).toEqual([
    'API_PORT',
    'LOG_LEVEL',
    'DASHBOARD_PASSWORD',
    'MARKET_CLOSE',
  ]);
});

it.each(['0.0.0.0', '::', '192.0.2.7', 'tracker.lan', '128.0.0.1'])('refuses %s without a password', (host) => {
  expect(problemsOf({ API_HOST: host })).toEqual([expect.stringMatching(/^DASHBOARD_PASSWORD is missing/)]);
  expect(problemsOf({ API_HOST: host, DASHBOARD_PASSWORD: 'correct horse' })).toEqual([]);
});

it.each(['127.0.0.1', '127.9.9.9', 'localhost', '::1'])('takes %s without one', (host) => {
  expect(problemsOf({ API_HOST: host })).toEqual([]);
});

it('never repeats a secret, and keeps it out of what is logged', () => {
  expect(problemsOf({ DASHBOARD_PASSWORD: 'canary' }).join()).not.toContain('canary');
  const variables = {
    DASHBOARD_PASSWORD: 'canary-1234',
    SCHWAB_APP_KEY: 'canary-key',
    SCHWAB_APP_SECRET: 'canary-two',
    SCHWAB_CALLBACK_URL: 'https://127.0.0.1:8182/',
  };
  expect(JSON.stringify(configOf(variables))).not.toContain('canary');
  expect(configOf(variables).callbackUrl).toBe('https://127.0.0.1:8182/');
  expect(apiSecrets(API_ENVIRONMENT.parse(variables))).toEqual({
    dashboardPassword: 'canary-1234',
    appKey: 'canary-key',
    webhook: null,
  });
});
