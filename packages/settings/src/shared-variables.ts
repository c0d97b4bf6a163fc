/**
 * The variables that belong to no single program. One `.env` serves all of them, so each program checks all of these:
 * whichever is started first names everything that is wrong.
 */
import { US_EQUITY_HOURS } from '@fill-tracker/domain';
import { z } from 'zod';
import {
  hookAddress,
  httpAddress,
  port,
  portOrAny,
  seconds,
  wallClock,
  wholeNumber,
  yesOrNo,
} from './variable-forms.ts';

export const SHARED_VARIABLES = {
  DEMO: yesOrNo.optional(),
  DATABASE_URL: z
    .string()
    .regex(/^file:.+/, 'must be file: and a path, such as file:./data/fills.db')
    .optional(),
  SCHWAB_APP_KEY: z.string().min(8, 'is too short for an app key').optional(),
  SCHWAB_APP_SECRET: z.string().min(8, 'is too short for an app secret').optional(),
  SCHWAB_CALLBACK_URL: z
    .url({ protocol: /^https$/, error: 'must be the https address that the app is registered with' })
    .optional(),
  SCHWAB_BASE_URL: httpAddress.optional(),
  POLL_INTERVAL_SECONDS: seconds(1, 3_600).default(5),
  POLL_FAST_INTERVAL_SECONDS: seconds(0.25, 3_600).default(1),
  POLL_FAST_FOR_SECONDS: seconds(0, 86_400).default(120),
  POLL_JITTER_SECONDS: seconds(0, 60).default(0.2),
  POLL_REQUESTS_PER_MINUTE: wholeNumber(6, 120).default(80),
  POLL_OUTSIDE_HOURS: z.enum(['slow', 'off'], { error: 'must be slow or off' }).default('slow'),
  MARKET_OPEN: wallClock.optional(),
  MARKET_CLOSE: wallClock.optional(),
  EXTENDED_HOURS: yesOrNo.default(true),
  POLLER_PORT: portOrAny.default(4020),
  API_HOST: z
    .string()
    .regex(/^[A-Za-z0-9.:-]{1,253}$/, 'must be an address or a host name to listen on, such as 127.0.0.1')
    .default('127.0.0.1'),
  API_PORT: portOrAny.default(4000),
  SIMULATOR_PORT: port.default(4010),
  ALERT_WEBHOOK_URL: hookAddress.optional(),
  ALERT_WEBHOOK_SECRET: z.string().min(24, 'is too short: at least 24 characters').optional(),
  ALERT_FILLS: yesOrNo.default(false),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
      error: 'must be one of fatal, error, warn, info, debug, trace, silent',
    })
    .default('info'),
};

export type SharedEnvironment = z.output<z.ZodObject<typeof SHARED_VARIABLES>>;

/** Variables that are set, and not to nothing. */
export type SetVariables = Readonly<Record<string, string>>;

/** What is wrong with the shared variables taken together, one line each. */
export function sharedContradictions(set: SetVariables): readonly string[] {
  return [...halfCredentials(set), ...hoursThatEndBeforeTheyBegin(set), ...unsignedWebhook(set)];
}

/** Half a set of credentials is an error, never a reason to run the demo. */
function halfCredentials(set: SetVariables): readonly string[] {
  const hasKey = set['SCHWAB_APP_KEY'] !== undefined;
  const hasSecret = set['SCHWAB_APP_SECRET'] !== undefined;
  if (hasKey && !hasSecret) return ['SCHWAB_APP_SECRET is missing, while SCHWAB_APP_KEY is set'];
  if (hasSecret && !hasKey) return ['SCHWAB_APP_KEY is missing, while SCHWAB_APP_SECRET is set'];
  return [];
}

/** A message that nobody can prove to be ours is worth nothing to a bot that trades on it. */
function unsignedWebhook(set: SetVariables): readonly string[] {
  if (set['ALERT_WEBHOOK_URL'] !== undefined && set['ALERT_WEBHOOK_SECRET'] === undefined) {
    return [
      'ALERT_WEBHOOK_SECRET is missing, while ALERT_WEBHOOK_URL is set: at least 24 characters, such as of `openssl rand -hex 32`',
    ];
  }
  if (set['ALERT_WEBHOOK_URL'] === undefined && set['ALERT_FILLS'] !== undefined) {
    return yesOrNo.safeParse(set['ALERT_FILLS']).data === true
      ? ['ALERT_WEBHOOK_URL is missing, while ALERT_FILLS is set']
      : [];
  }
  return [];
}

function hoursThatEndBeforeTheyBegin(set: SetVariables): readonly string[] {
  const open = set['MARKET_OPEN'] ?? US_EQUITY_HOURS.open;
  const close = set['MARKET_CLOSE'] ?? US_EQUITY_HOURS.close;
  const areTimes = wallClock.safeParse(open).success && wallClock.safeParse(close).success;
  if (!areTimes || open < close) return [];
  return [`MARKET_CLOSE must be later than MARKET_OPEN (${close} is not later than ${open})`];
}
