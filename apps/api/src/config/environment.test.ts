import { expect, it } from 'vitest';
import { apiConfig, apiSecrets } from './api-config.ts';
import { EnvironmentError, parseEnvironment } from './environment.ts';

function problemsOf(variables: Record<string, string>): readonly string[] {
  try {
    parseEnvironment(variables);
    return [];
  } catch (error) {
    if (error instanceof EnvironmentError) return error.problems;
    throw error;
  }
}

it('needs no variable: it shows the live record on loopback', () => {
  const config = apiConfig(parseEnvironment({}), '/root-of-all');
  expect(config).toMatchObject({
    host: '127.0.0.1',
    port: 4000,
    isDemo: false,
    broker: { baseUrl: 'https://api.schwabapi.com', mode: 'live' },
    databaseFile: '/root-of-all/data/fills.db',
  });
});

it('shows the record of the demo, whose market never closes', () => {
  const config = apiConfig(parseEnvironment({ DEMO: '1', API_PORT: '0' }), '/root-of-all');
  expect(config).toMatchObject({
    port: 0,
    isDemo: true,
    broker: { baseUrl: 'simulator', mode: 'demo' },
    databaseFile: '/root-of-all/data/demo.db',
    calendar: { name: 'always open (demo)' },
  });
});

it('names every bad variable at once, and counts empty ones as not set', () => {
  const bad = { API_PORT: '70000', LOG_LEVEL: 'loud', MARKET_OPEN: '9:30', DATABASE_URL: 'mysql://x', DEMO: '' };
  expect(problemsOf(bad).map((problem) => problem.split(' ')[0])).toEqual([
    'API_PORT',
    'DATABASE_URL',
    'MARKET_OPEN',
    'LOG_LEVEL',
  ]);
});

it.each(['0.0.0.0', '::', '192.0.2.7', 'tracker.lan', '128.0.0.1'])('refuses %s without a password', (host) => {
  expect(problemsOf({ API_HOST: host })).toEqual([expect.stringMatching(/^DASHBOARD_PASSWORD is missing/)]);
  expect(problemsOf({ API_HOST: host, DASHBOARD_PASSWORD: 'correct horse' })).toEqual([]);
});

it.each(['127.0.0.1', '127.9.9.9', 'localhost', '::1'])('takes %s without one', (host) => {
  expect(problemsOf({ API_HOST: host })).toEqual([]);
});

it('never repeats a password, and keeps it out of what is logged', () => {
  expect(problemsOf({ DASHBOARD_PASSWORD: 'canary' }).join()).not.toContain('canary');
  const env = parseEnvironment({ DASHBOARD_PASSWORD: 'canary-1234' });
  expect(JSON.stringify(apiConfig(env, '/'))).not.toContain('canary');
  expect(apiSecrets(env)).toEqual({ dashboardPassword: 'canary-1234' });
});
