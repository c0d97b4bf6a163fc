import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { FillDatabase } from '@fill-tracker/db';
import { choiceEndsAt } from '@fill-tracker/domain';
import { createWebhook } from '@fill-tracker/notices';
import { type Clock, createSchwabClient, type SchwabClient, type TokenStore } from '@fill-tracker/schwab-client';
import { DEMO_CREDENTIALS } from '@fill-tracker/schwab-simulator/demo-credentials';
import { createDeadManSwitch } from './alerts/dead-man-switch.ts';
import { createAlertWatch } from './alerts/watch-record.ts';
import { createBlindWatch } from './blind/blind-watch.ts';
import type { PollerConfig, PollerSecrets } from './config/poller-config.ts';
import { accountDigest } from './cycle/account-digest.ts';
import { createAccountDirectory } from './cycle/account-directory.ts';
import { createPendingOrders } from './cycle/pending-orders.ts';
import { createUnwrittenCycles } from './cycle/quiet-cycles.ts';
import { createSeenReports } from './cycle/seen-reports.ts';
import { allOf, type PollerEvents } from './events.ts';
import { createLearningCalendar, fixedCalendar } from './market-hours.ts';
import type { Poller } from './poller.ts';
import { loadTokenKey, openTokenStore } from './sign-in/open-token-store.ts';
import { createRefreshLock } from './sign-in/refresh-lock.ts';
import { SIGN_IN_LIFE_MS } from './sign-in/sign-in-life.ts';
import { createSignInWatch } from './sign-in/watch-sign-in.ts';

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
  /** How the broker is reached; over the network when left out. */
  readonly fetch?: typeof fetch;
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
  const { config, db, clock, random } = parts;
  let requestsMade = 0;
  const lastAskedAt = new Map<number, number>();
  const blindWatch = createBlindWatch({
    db,
    events: parts.events,
    onSeeing: (endedAt) => forgetBefore(lastAskedAt, endedAt),
    choiceEndsAt: (beganAt) => choiceEndsAt(calendar.current(), beganAt, config.settings),
  });
  const heard = { ...parts, events: allOf(parts.events, blindWatch.hears) };
  const client = await createClient(heard, () => (requestsMade += 1));
  const signInWatch = createSignInWatch({
    db,
    client,
    clock,
    events: parts.events,
    // The demo's tokens are good at any time.
    warnsAhead: !config.isDemo,
  });
  const accounts = createAccountDirectory({
    db,
    client,
    clock,
    digestOf: accountDigest(await loadTokenKey(parts)),
    // What it holds is looked for as at the beginning of a run.
    onMore: () => {
      poller.sweeps = { last: null, failedAt: null };
    },
  });
  const { webhook: target, pingUrl } = parts.secrets;
  const alertWatch = createAlertWatch({
    db,
    clock,
    events: parts.events,
    config,
    accounts,
    calendar: () => calendar.current(),
    webhook: target === null ? null : createWebhook({ target, clock }),
  });
  const events = allOf(parts.events, signInWatch.hears, alertWatch.hears);
  const calendar = config.isDemo ? fixedCalendar(config.calendar) : createLearningCalendar(config, client, events);
  const poller: Poller = {
    owner: `${hostname()}:${parts.processId}`,
    db,
    client,
    clock,
    random,
    settings: config.settings,
    discoversOrders: config.discoversOrders,
    calendar: calendar.current,
    learnMarketHours: (signal) => calendar.learn(clock.now(), signal),
    accounts,
    pending: createPendingOrders(db),
    unwrittenCycles: createUnwrittenCycles(),
    watchingSince: clock.now(),
    sweeps: { last: null, failedAt: null },
    seen: createSeenReports(),
    toldUnreadable: createSeenReports(),
    lastAskedAt,
    answeredAt: new Map(),
    requestsMade: () => requestsMade,
    events,
    signInWatch,
    blindWatch,
    alertWatch,
    notifiesFills: config.notifiesFills,
    deadMan: createDeadManSwitch({ url: pingUrl, clock, events }),
  };
  return poller;
}

/** What an order was before the tracker could not see says nothing of what it is now: each is due at once. */
function forgetBefore(lastAskedAt: Map<number, number>, at: number): void {
  for (const [id, askedAt] of lastAskedAt) if (askedAt < at) lastAskedAt.delete(id);
}

/**
 * A client for the configured broker, its tokens kept encrypted in the record.
 *
 * @throws {NoCredentialsError} when no app is configured.
 */
export async function createClient(
  { config, secrets, db, clock, random, events, attemptTimeoutMs, fetch }: Omit<PollerParts, 'processId'>,
  onRequest: () => void = () => undefined,
): Promise<SchwabClient> {
  if (secrets.credentials === null) throw new NoCredentialsError();
  const tokens = await openTokenStore({ config, secrets, db });
  if (config.isDemo) await signInToDemo(tokens, clock.now());
  return createSchwabClient({
    baseUrl: config.brokerUrl,
    credentials: secrets.credentials,
    tokens,
    refreshLock: createRefreshLock({ db, clock, newOwner: randomUUID }),
    clock,
    random,
    requestsPerMinute: config.requestsPerMinute,
    ...(attemptTimeoutMs !== undefined && { attemptTimeoutMs }),
    ...(fetch !== undefined && { fetch }),
    onAttempt: (attempt) => {
      onRequest();
      events.brokerAttempted(attempt);
    },
  });
}

/**
 * The simulator takes its built-in refresh token at any time: nobody need sign in to a demo. What other processes of
 * the demo have made of that token is left to them; anything else, such as the login to a simulator that is gone, is not.
 */
async function signInToDemo(tokens: TokenStore, now: number): Promise<void> {
  const stored = await tokens.load().catch(() => null);
  const isOurs = stored?.refreshToken === DEMO_CREDENTIALS.refreshToken;
  if (isOurs && stored.refreshTokenExpiresAt > now + SIGN_IN_LIFE_MS / 2) return;
  await tokens.save({
    accessToken: '',
    accessTokenExpiresAt: 0,
    refreshToken: DEMO_CREDENTIALS.refreshToken,
    refreshTokenExpiresAt: now + SIGN_IN_LIFE_MS,
    signedInAt: now,
  });
}
