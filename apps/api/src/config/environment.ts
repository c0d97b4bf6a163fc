/**
 * The environment, read once: every bad variable is named at once, with what it must be. The API reads the variables
 * of the poller that decide which record it shows, and its own.
 */
import { z } from 'zod';

const wholeNumber = (min: number, max: number): z.ZodType<number, string> =>
  z
    .string()
    .regex(/^\d{1,6}$/, 'must be a whole number')
    .transform(Number)
    .refine((n) => n >= min && n <= max, `must lie between ${min} and ${max}`);

const wallClock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a New York time such as 09:30');

const ENVIRONMENT = z.object({
  API_HOST: z
    .string()
    .regex(/^[A-Za-z0-9.:-]{1,253}$/, 'must be an address or a host name to listen on, such as 127.0.0.1')
    .default('127.0.0.1'),
  /** 0 takes any free port; the start line says which. */
  API_PORT: wholeNumber(0, 65_535).default(4000),
  DASHBOARD_PASSWORD: z.string().min(8, 'is too short: at least 8 characters').optional(),
  DEMO: z.stringbool({ error: 'must be true or false' }).optional(),
  DATABASE_URL: z
    .string()
    .regex(/^file:.+/, 'must be file: and a path, such as file:./data/fills.db')
    .optional(),
  SCHWAB_BASE_URL: z.url({ protocol: /^https?$/, error: 'must be an http or https address' }).optional(),
  MARKET_OPEN: wallClock.optional(),
  MARKET_CLOSE: wallClock.optional(),
  POLL_REQUESTS_PER_MINUTE: wholeNumber(6, 120).default(80),
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
    const variables = problems.length === 1 ? 'variable' : 'variables';
    const lines = problems.map((problem) => `  ${problem}`).join('\n');
    super(`The environment (or .env) has ${problems.length} bad ${variables}:\n${lines}`);
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
  problems.push(...openToTheWorld(set));
  if (!parsed.success || problems.length > 0) throw new EnvironmentError(problems);
  return parsed.data;
}

function describe(issue: z.core.$ZodIssue, set: Readonly<Record<string, string | undefined>>): string {
  const name = String(issue.path[0]);
  // The address of a database can hold a password.
  const value = /PASSWORD|DATABASE_URL/.test(name) ? '' : ` (it is "${set[name] ?? ''}")`;
  return `${name} ${issue.message}${value}`;
}

/** What others on the network can reach needs a password: the record shows what was traded, and takes commands. */
function openToTheWorld(set: Readonly<Record<string, string | undefined>>): readonly string[] {
  const host = set['API_HOST'];
  if (host === undefined || isLoopback(host) || set['DASHBOARD_PASSWORD'] !== undefined) return [];
  return [
    `DASHBOARD_PASSWORD is missing: API_HOST is ${host}, which other machines can reach. ` +
      'Set a password, or leave API_HOST at 127.0.0.1',
  ];
}

/** True for addresses that only this machine can reach. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}
