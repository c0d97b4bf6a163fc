/** Signing in to the simulator as to Schwab, for tests of a poller that is not in demo mode. */
import { randomBytes } from 'node:crypto';
import { authorizeUrl, type SchwabClient, type StoredToken } from '@fill-tracker/schwab-client';
import { DEMO_CREDENTIALS, type RecordedRequest } from '@fill-tracker/schwab-simulator';
import type { FillDatabase } from '@fill-tracker/db';
import { openTokenStore } from '../sign-in/open-token-store.ts';
import { createClient } from '../create-poller.ts';
import { allOf } from '../events.ts';
import { type Clock, systemClock } from '@fill-tracker/schwab-client';
import { configFor, DEMO_SECRETS, type World } from './world.ts';

export const CALLBACK = 'https://127.0.0.1:8182/callback';

/** A poller's configuration by which somebody has to sign in. */
export const NO_DEMO = { isDemo: false, callbackUrl: CALLBACK } as const;

/** Remembers a link of ours, as whoever hands it out does. */
export async function newLink(world: World, issuedAt = Date.now()): Promise<string> {
  const state = randomBytes(16).toString('hex');
  await world.record.issueSignInLink({ state, callbackUrl: CALLBACK, issuedAt });
  return linkTo(world, state);
}

function linkTo({ simulator }: World, state: string): string {
  return authorizeUrl({ baseUrl: simulator.url, appKey: DEMO_CREDENTIALS.appKey, callbackUrl: CALLBACK, state });
}

/** Signs in by a link as a browser does; gives the address where it ends. */
export async function follow(link: string): Promise<string> {
  const { headers } = await fetch(link, { redirect: 'manual' });
  const address = headers.get('location');
  if (address === null) throw new Error('the link led nowhere');
  return address;
}

/** A client on the record's tokens, as another process would have one. */
export function anotherClient(world: World, clock: Clock = systemClock): Promise<SchwabClient> {
  return createClient({
    config: { ...configFor(world.simulator, world.file), ...NO_DEMO },
    secrets: DEMO_SECRETS,
    db: world.record,
    clock,
    random: Math.random,
    events: allOf(),
  });
}

/** Somebody signs in by another process, such as `poller login`. */
export async function signInElsewhere(world: World, clock: Clock = systemClock): Promise<void> {
  const address = new URL(await follow(linkTo(world, 'of another process')));
  const client = await anotherClient(world, clock);
  const code = address.searchParams.get('code') ?? '';
  await client.exchangeCode({ code, callbackUrl: CALLBACK }, { lane: 'sign-in' });
}

/** The tokens in the record. */
export async function tokenOf(world: World, db: FillDatabase = world.record): Promise<StoredToken> {
  const token = await (
    await openTokenStore({ config: { databaseFile: world.file }, secrets: DEMO_SECRETS, db })
  ).load();
  if (token === null) throw new Error('nobody has signed in');
  return token;
}

/** Makes the access token too old for use, as half an hour does. */
export async function ageAccessToken(world: World): Promise<void> {
  const store = await openTokenStore({
    config: { databaseFile: world.file },
    secrets: DEMO_SECRETS,
    db: world.record,
  });
  await store.save({ ...(await tokenOf(world)), accessTokenExpiresAt: 0 });
}

/** The refreshes that the broker was asked for. */
export function refreshesOf({ simulator }: World): readonly RecordedRequest[] {
  return simulator.requests().filter(({ grantType }) => grantType === 'refresh_token');
}

/** Orders the simulator's clock, tokens or faults about. */
export async function orderAbout(
  { simulator }: World,
  what: 'clock' | 'tokens',
  body: Readonly<Record<string, unknown>>,
): Promise<void> {
  const answer = await fetch(`${simulator.url}/simulator/${what}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`/simulator/${what} answered ${answer.status}: ${await answer.text()}`);
}
