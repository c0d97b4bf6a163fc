import { describe, expect, it } from 'vitest';
import { EnvironmentError } from './environment-error.ts';
import { environmentReader } from './environment-reader.ts';
import { yesOrNo } from './variable-forms.ts';
import { webhookSecrets, webhookSettings } from './webhook-settings.ts';

const { parse: parseEnvironment } = environmentReader({});

function problemsOf(variables: Record<string, string>): readonly string[] {
  try {
    parseEnvironment(variables);
  } catch (error) {
    if (error instanceof EnvironmentError) return error.problems;
    throw error;
  }
  return [];
}

it('has a default for everything', () => {
  expect(parseEnvironment({})).toEqual({
    POLL_INTERVAL_SECONDS: 5,
    POLL_FAST_INTERVAL_SECONDS: 1,
    POLL_FAST_FOR_SECONDS: 120,
    POLL_JITTER_SECONDS: 0.2,
    POLL_REQUESTS_PER_MINUTE: 80,
    POLL_OUTSIDE_HOURS: 'slow',
    EXTENDED_HOURS: true,
    POLLER_PORT: 4020,
    API_HOST: '127.0.0.1',
    API_PORT: 4000,
    SIMULATOR_PORT: 4010,
    ALERT_FILLS: false,
    LOG_LEVEL: 'info',
  });
});

it('takes an empty variable as not set', () => {
  expect(parseEnvironment({ DEMO: '', POLL_INTERVAL_SECONDS: '', SCHWAB_APP_KEY: '' })).toEqual(parseEnvironment({}));
});

it('leaves variables of others alone', () => {
  expect(parseEnvironment({ PATH: '/bin', POLLER_POTR: '1' })).toEqual(parseEnvironment({}));
});

it.each(['1', 'true', 'yes', 'on', 'TRUE'])('DEMO=%s is on', (text) => {
  expect(parseEnvironment({ DEMO: text }).DEMO).toBe(true);
});

it.each(['0', 'false', 'no', 'off'])('DEMO=%s is off', (text) => {
  expect(parseEnvironment({ DEMO: text }).DEMO).toBe(false);
});

describe('refuses', () => {
  it.each([
    ['DEMO', 'perhaps'],
    ['DATABASE_URL', './data/fills.db'],
    ['DATABASE_URL', 'file:'],
    ['SCHWAB_APP_KEY', 'short'],
    ['SCHWAB_CALLBACK_URL', 'http://127.0.0.1/'],
    ['SCHWAB_BASE_URL', 'ftp://schwab'],
    ['SCHWAB_BASE_URL', 'api.schwabapi.com'],
    ['POLL_INTERVAL_SECONDS', '0'],
    ['POLL_INTERVAL_SECONDS', '-5'],
    ['POLL_INTERVAL_SECONDS', '5s'],
    ['POLL_INTERVAL_SECONDS', 'Infinity'],
    ['POLL_FAST_INTERVAL_SECONDS', '0.1'],
    ['POLL_REQUESTS_PER_MINUTE', '121'],
    ['POLL_REQUESTS_PER_MINUTE', '60.5'],
    ['POLL_OUTSIDE_HOURS', 'never'],
    ['MARKET_OPEN', '9:30'],
    ['MARKET_CLOSE', '24:00'],
    ['POLLER_PORT', '65536'],
    ['API_PORT', '4000a'],
    ['API_HOST', 'http://127.0.0.1'],
    ['SIMULATOR_PORT', '0'],
    ['LOG_LEVEL', 'loud'],
    ['ALERT_WEBHOOK_URL', 'http://hooks.example.com/x'],
    ['ALERT_WEBHOOK_URL', 'hooks.example.com'],
    ['ALERT_WEBHOOK_SECRET', 'short-of-24-characters.'],
    ['ALERT_FILLS', 'perhaps'],
  ])('%s=%s, by name', (name, value) => {
    expect(problemsOf({ [name]: value })).toContainEqual(expect.stringContaining(name));
  });

  it('everything that is bad at once, in one message', () => {
    const bad = { DEMO: 'x', POLLER_PORT: 'y', LOG_LEVEL: 'z', SCHWAB_APP_SECRET: 'long-enough' };
    const problems = problemsOf(bad);
    expect(problems).toHaveLength(4);
    expect(() => parseEnvironment(bad)).toThrow(/has 4 bad variables:\n {2}DEMO .*\n {2}POLLER_PORT .*\n/);
  });

  it.each([
    [{ SCHWAB_APP_KEY: 'an-app-key' }, 'SCHWAB_APP_SECRET is missing'],
    [{ SCHWAB_APP_SECRET: 'an-app-secret' }, 'SCHWAB_APP_KEY is missing'],
    [{ SCHWAB_APP_KEY: 'an-app-key', DEMO: '1' }, 'SCHWAB_APP_SECRET is missing'],
  ])('half a set of credentials: %j', (variables, problem) => {
    expect(problemsOf(variables)).toEqual([expect.stringContaining(problem)]);
  });

  it('a market that closes before it opens', () => {
    expect(problemsOf({ MARKET_OPEN: '16:00', MARKET_CLOSE: '09:30' })).toEqual([
      'MARKET_CLOSE must be later than MARKET_OPEN (09:30 is not later than 16:00)',
    ]);
    expect(problemsOf({ MARKET_OPEN: '17:00' })).toHaveLength(1);
  });
});

it.each([
  ['SCHWAB_APP_KEY', 'canary'],
  ['SCHWAB_APP_SECRET', 'canary'],
  ['DATABASE_URL', 'postgresql://user:canary@host/db'],
])('never repeats what %s holds', (name, value) => {
  expect(problemsOf({ [name]: value }).join()).not.toContain('canary');
});

describe("a program's own variables", () => {
  const { names, parse } = environmentReader({ OWN_FLAG: yesOrNo.default(false) }, (set) =>
    set['OWN_FLAG'] === 'on' && set['DEMO'] === undefined ? ['OWN_FLAG needs DEMO'] : [],
  );

  it('are read with the shared ones', () => {
    expect(parse({ OWN_FLAG: 'yes', DEMO: '1' })).toMatchObject({ OWN_FLAG: true, DEMO: true });
    expect(names).toEqual(expect.arrayContaining(['OWN_FLAG', 'DEMO', 'LOG_LEVEL']));
  });

  it('are named with them when bad, contradictions last', () => {
    expect(() => parse({ LOG_LEVEL: 'loud', OWN_FLAG: 'on' })).toThrow(
      /LOG_LEVEL must be one of .*\n {2}OWN_FLAG needs/,
    );
  });
});

describe('a webhook', () => {
  const SECRET = 'x'.repeat(24);

  it.each(['https://hooks.example.com/a?b=c', 'http://127.0.0.1:9000/', 'http://localhost/', 'http://[::1]:9000/'])(
    'may be at %s',
    (url) => {
      const env = parseEnvironment({ ALERT_WEBHOOK_URL: url, ALERT_WEBHOOK_SECRET: SECRET, ALERT_FILLS: 'true' });
      expect(webhookSettings(env)).toEqual({ notifiesAlerts: true, notifiesFills: true });
      expect(webhookSecrets(env)).toEqual({ url, secret: SECRET });
    },
  );

  it('needs a secret, and says how to get one', () => {
    expect(problemsOf({ ALERT_WEBHOOK_URL: 'https://hooks.example.com/' })).toEqual([
      expect.stringMatching(/^ALERT_WEBHOOK_SECRET is missing, while ALERT_WEBHOOK_URL is set.*openssl/),
    ]);
  });

  it('must be there to be told of fills', () => {
    expect(problemsOf({ ALERT_FILLS: 'true' })).toEqual(['ALERT_WEBHOOK_URL is missing, while ALERT_FILLS is set']);
    expect(problemsOf({ ALERT_FILLS: 'false' })).toEqual([]);
  });

  it('is never repeated: its address lets anybody post', () => {
    const problems = problemsOf({ ALERT_WEBHOOK_URL: 'http://example.com/canary', ALERT_WEBHOOK_SECRET: 'canary' });
    expect(problems).toHaveLength(2);
    expect(problems.join()).not.toContain('canary');
  });

  it('is told of nothing when there is none', () => {
    const env = parseEnvironment({ ALERT_WEBHOOK_SECRET: SECRET });
    expect(webhookSettings(env)).toEqual({ notifiesAlerts: false, notifiesFills: false });
    expect(webhookSecrets(env)).toBeNull();
  });
});
