import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { createTokenCipher, type FillDatabase, keyFromEnv, loadOrCreateKeyFile } from '@fill-tracker/db';
import { type Clock, createSchwabClient, type SchwabClient, type TokenStore } from '@fill-tracker/schwab-client';
import { DEMO_CREDENTIALS } from '@fill-tracker/schwab-simulator';
import type { PollerConfig, PollerSecrets } from './config/poller-config.ts';
import { createAccountDirectory } from './cycle/account-directory.ts';
import { createSeenReports } from './cycle/seen-reports.ts';
import type { PollerEvents } from './events.ts';
import { createLearningCalendar, fixedCalendar } from './market-hours.ts';
import type { Poller } from './poller.ts';

/** What a poller is made of. */
export interface PollerParts {
  readonly config: PollerConfig;
  readonly secrets: PollerSecrets;
  readonly db: FillDatabase;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  /** Tells this process from others in the lease. */
  readonly processId: string;
  readonly events: PollerEvents;
  /** ms for one attempt at the broker; the client's own when left out. */
  readonly attemptTimeoutMs?: number;
}

/** There is nothing to sign in to the broker with. */
export class NoCredentialsError extends Error {
  override readonly name = 'NoCredentialsError';

  constructor() {
    super(
      'No Schwab app is configured: set SCHWAB_APP_KEY and SCHWAB_APP_SECRET (in .env, see .env.example), ' +
        'or set DEMO=1 to try everything against the simulator.',
    );
  }
}

/** Puts the parts together: nothing here decides anything. */
export async function createPoller(parts: PollerParts): Promise<Poller> {
  const { config, db, clock, random, events } = parts;
  let requestsMade = 0;
  const client = await createClient(parts, () => (requestsMade += 1));
  const calendar = config.isDemo
    ? fixedCalendar(config.calendar)
    : createLearningCalendar(config.calendar, client, events);
  return {
    owner: `${hostname()}:${parts.processId}`,
    db,
    client,
    clock,
    random,
    settings: config.settings,
    discoversOrders: config.discoversOrders,
    calendar: calendar.current,
    learnMarketHours: (signal) => calendar.learn(clock.now(), signal),
    accounts: createAccountDirectory(db, client),
    seen: createSeenReports(),
    toldUnreadable: createSeenReports(),
    lastAskedAt: new Map(),
    requestsMade: () => requestsMade,
    events,
  };
}

/**
 * A client for the configured broker, its tokens kept encrypted in the record.
 *
 * @throws {NoCredentialsError} when no app is configured.
 */
export async function createClient(
  { config, secrets, db, clock, random, events, attemptTimeoutMs }: Omit<PollerParts, 'processId'>,
  onRequest: () => void = () => undefined,
): Promise<SchwabClient> {
  if (secrets.credentials === null) throw new NoCredentialsError();
  const tokens = db.tokenStore(createTokenCipher(await tokenKey(config, secrets)));
  if (config.isDemo) await signInToDemo(tokens, clock.now());
  return createSchwabClient({
    baseUrl: config.brokerUrl,
    credentials: secrets.credentials,
    tokens,
    clock,
    random,
    requestsPerMinute: config.requestsPerMinute,
    ...(attemptTimeoutMs !== undefined && { attemptTimeoutMs }),
    onAttempt: (attempt) => {
      onRequest();
      events.brokerAttempted(attempt);
    },
  });
}

async function tokenKey(config: PollerConfig, secrets: PollerSecrets): Promise<Uint8Array> {
  if (secrets.tokenKey !== null) return keyFromEnv(secrets.tokenKey);
  return loadOrCreateKeyFile(join(dirname(config.databaseFile), 'token.key'));
}

const WEEK_MS = 7 * 24 * 60 * 60 * 1000;

/** The simulator takes its built-in refresh token at any time: nobody need sign in to a demo. */
async function signInToDemo(tokens: TokenStore, now: number): Promise<void> {
  await tokens.save({
    accessToken: '',
    accessTokenExpiresAt: 0,
    refreshToken: DEMO_CREDENTIALS.refreshToken,
    refreshTokenExpiresAt: now + WEEK_MS,
    signedInAt: now,
  });
}
