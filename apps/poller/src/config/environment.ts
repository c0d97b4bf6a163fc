/**
 * The environment, read once: every bad variable is named at once, with what it must be. Secrets are kept apart,
 * so that the rest can be logged.
 */
import { US_EQUITY_HOURS } from '@fill-tracker/domain';
import { z } from 'zod';

const wholeNumber = (min: number, max: number): z.ZodType<number, string> =>
  z
    .string()
    .regex(/^\d+$/, 'must be a whole number')
    .transform(Number)
    .refine((n) => n >= min && n <= max, `must lie between ${min} and ${max}`);

const seconds = (min: number, max: number): z.ZodType<number, string> =>
  z
    .string()
    .regex(/^\d+(\.\d+)?$/, 'must be a number of seconds')
    .transform(Number)
    .refine((n) => n >= min && n <= max, `must lie between ${min} and ${max} seconds`);

const yesOrNo = z.stringbool({ error: 'must be true or false' });
const port = wholeNumber(1, 65_535);
/** 0 takes any free port; the start log says which. */
const portOrAny = wholeNumber(0, 65_535);
const wallClock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a New York time such as 09:30');
const httpAddress = z.url({ protocol: /^https?$/, error: 'must be an http or https address' });

const DATABASE_URL_HELP = 'must be file: and a path, such as file:./data/fills.db';

/** Every variable the poller reads, by name. */
const ENVIRONMENT = z.object({
  DEMO: yesOrNo.optional(),
  DATABASE_URL: z
    .string()
    .regex(/^file:.+/, DATABASE_URL_HELP)
    .optional(),
  SCHWAB_APP_KEY: z.string().min(8, 'is too short for an app key').optional(),
  SCHWAB_APP_SECRET: z.string().min(8, 'is too short for an app secret').optional(),
  SCHWAB_CALLBACK_URL: z
    .url({ protocol: /^https$/, error: 'must be the https address that the app is registered with' })
    .optional(),
  SCHWAB_BASE_URL: httpAddress.optional(),
  TOKEN_ENCRYPTION_KEY: z
    .string()
    .regex(/^([0-9a-fA-F]{64}|[A-Za-z0-9+/]{43}=)$/, 'must be 32 bytes as 64 hex digits or as base64')
    .optional(),
  POLL_INTERVAL_SECONDS: seconds(1, 3_600).default(5),
  POLL_FAST_INTERVAL_SECONDS: seconds(0.25, 3_600).default(1),
  POLL_FAST_FOR_SECONDS: seconds(0, 86_400).default(120),
  POLL_JITTER_SECONDS: seconds(0, 60).default(0.2),
  POLL_REQUESTS_PER_MINUTE: wholeNumber(6, 120).default(80),
  POLL_OUTSIDE_HOURS: z.enum(['slow', 'off'], { error: 'must be slow or off' }).default('slow'),
  MARKET_OPEN: wallClock.optional(),
  MARKET_CLOSE: wallClock.optional(),
  EXTENDED_HOURS: yesOrNo.default(true),
  DISCOVER_ORDERS: yesOrNo.default(true),
  POLLER_PORT: portOrAny.default(4020),
  SIMULATOR_PORT: port.default(4010),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
      error: 'must be one of fatal, error, warn, info, debug, trace, silent',
    })
    .default('info'),
});

export type Environment = z.output<typeof ENVIRONMENT>;

/** The environment does not make sense. `problems` has one line per variable. */
export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(
      `The environment (or .env) has ${problems.length} bad ${problems.length === 1 ? 'variable' : 'variables'}:\n${problems.map((problem) => `  ${problem}`).join('\n')}`,
    );
    this.problems = problems;
  }
}

/**
 * Parses the variables. An empty variable counts as not set, as `KEY=` in a .env file means.
 *
 * @throws {EnvironmentError} naming every bad variable; values of secrets are never repeated.
 */
export function parseEnvironment(variables: Readonly<Record<string, string | undefined>>): Environment {
  const set = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = ENVIRONMENT.safeParse(set);
  const problems = parsed.success ? [] : parsed.error.issues.map((issue) => describe(issue, set));
  problems.push(...contradictions(set));
  if (!parsed.success || problems.length > 0) throw new EnvironmentError(problems);
  return parsed.data;
}

function describe(issue: z.core.$ZodIssue, set: Readonly<Record<string, string | undefined>>): string {
  const name = String(issue.path[0]);
  // The address of a database can hold a password.
  const value = /SECRET|KEY|PASSWORD|TOKEN|DATABASE_URL/.test(name) ? '' : ` (it is "${set[name] ?? ''}")`;
  return `${name} ${issue.message}${value}`;
}

function contradictions(set: Readonly<Record<string, string | undefined>>): readonly string[] {
  return [...halfCredentials(set), ...hoursThatEndBeforeTheyBegin(set)];
}

/** Half a set of credentials is an error, never a reason to run the demo. */
function halfCredentials(set: Readonly<Record<string, string | undefined>>): readonly string[] {
  const hasKey = set['SCHWAB_APP_KEY'] !== undefined;
  const hasSecret = set['SCHWAB_APP_SECRET'] !== undefined;
  if (hasKey && !hasSecret) return ['SCHWAB_APP_SECRET is missing, while SCHWAB_APP_KEY is set'];
  if (hasSecret && !hasKey) return ['SCHWAB_APP_KEY is missing, while SCHWAB_APP_SECRET is set'];
  return [];
}

function hoursThatEndBeforeTheyBegin(set: Readonly<Record<string, string | undefined>>): readonly string[] {
  const open = set['MARKET_OPEN'] ?? US_EQUITY_HOURS.open;
  const close = set['MARKET_CLOSE'] ?? US_EQUITY_HOURS.close;
  const areTimes = wallClock.safeParse(open).success && wallClock.safeParse(close).success;
  if (!areTimes || open < close) return [];
  return [`MARKET_CLOSE must be later than MARKET_OPEN (${close} is not later than ${open})`];
}
