import type { Command } from '@fill-tracker/db';
import { HOUR, MINUTE } from '@fill-tracker/domain';
import { type Clock, systemClock } from '@fill-tracker/schwab-client';
import { describe, expect, it } from 'vitest';
import {
  anotherClient,
  CALLBACK,
  follow,
  newLink,
  NO_DEMO,
  orderAbout,
  refreshesOf,
  signInElsewhere,
  tokenOf,
} from '../testing/signing-in.ts';
import { createWorld, type World } from '../testing/world.ts';
import { signIn } from './apply-sign-in.ts';

const FILLS = [
  { afterMs: 0, quantity: '4', price: '22.7299' },
  { afterMs: 1_200, quantity: '6', price: '22.7301' },
];

function enqueue(world: World, redirect: string, requestedAt = Date.now()): Promise<number> {
  return world.record.enqueueCommand({
    kind: 'SIGN_IN',
    accountId: null,
    brokerOrderId: null,
    orderId: null,
    payload: { redirect },
    requestedBy: 'test',
    requestedAt,
  });
}

/** The command once it is answered. */
async function answered(world: World, id: number): Promise<Command> {
  await world.until(`command ${id}`, async () => (await world.record.findCommand(id))?.state !== 'QUEUED');
  const command = await world.record.findCommand(id);
  if (command === null) throw new Error(`command ${id} is gone`);
  return command;
}

describe('a sign-in by command', () => {
  it('turns a poller that nobody signed in to into one that records fills', async (test) => {
    const world = await createWorld(test);
    const { heard } = await world.startPoller({ config: NO_DEMO });
    await world.until('the alarm', () => heard.signInNeeded.length > 0);
    expect(heard.signInNeeded).toEqual([{ signedInAt: null, workingOrders: 0 }]);
    world.script({ fills: FILLS });
    const redirect = await follow(await newLink(world));
    const command = await answered(world, await enqueue(world, redirect));

    const { signedInAt, refreshTokenExpiresAt } = await tokenOf(world);
    expect(command).toMatchObject({
      state: 'DONE',
      payload: null,
      outcome: {
        signedIn: true,
        signedInAt: new Date(signedInAt).toISOString(),
        signInEndsAt: new Date(refreshTokenExpiresAt).toISOString(),
      },
    });
    await world.untilRecordEqualsTruth();
    await world.until('the news', () => heard.signedIn.length > 0);
    expect(heard.signedIn).toEqual([{ signedInAt, endsAt: refreshTokenExpiresAt }]);
    expect(heard.signInNeeded).toHaveLength(1);
    // What was used or concluded leaves nothing that is good for anything.
    expect(await world.record.listSignInLinks(Date.now())).toEqual([]);
  });

  it.for<readonly [string, (world: World) => Promise<string>, string, string]>([
    ['no address', async (world) => (await newLink(world)).slice(0, 7), 'not-an-address', 'not an address'],
    [
      'another callback',
      async (world) => (await follow(await newLink(world))).replace('8182', '8183'),
      'wrong-callback',
      CALLBACK,
    ],
    [
      'a denial',
      async (world) => (await newLink(world), `${CALLBACK}?error=access_denied`),
      'denied',
      'was refused at Schwab',
    ],
    [
      'a sign-in that we gave no link for',
      async (world) => (await follow(await newLink(world))).replace(/state=\w/, 'state=x'),
      'other-sign-in',
      'another sign-in',
    ],
    [
      'a link whose time is over',
      async (world) => follow(await newLink(world, Date.now() - 15 * MINUTE)),
      'other-sign-in',
      'no sign-in that is under way',
    ],
    [
      'a code of more than 30 seconds',
      async (world) => {
        const redirect = await follow(await newLink(world));
        await orderAbout(world, 'clock', { advanceMs: 31_000 });
        return redirect;
      },
      'bad-request',
      'good for 30 seconds and for once',
    ],
  ])('with %s fails, says why, and leaves the tokens as they were', async ([, makeRedirect, reason, words], test) => {
    const world = await createWorld(test);
    await signInElsewhere(world);
    const before = await tokenOf(world);
    await world.startPoller({ config: NO_DEMO });
    const command = await answered(world, await enqueue(world, await makeRedirect(world)));
    expect(command).toMatchObject({ state: 'FAILED', payload: null, outcome: { reason } });
    expect(command.outcome?.['problem']).toContain(words);
    expect(await tokenOf(world)).toEqual(before);
  });

  it('works once by each link', async (test) => {
    const world = await createWorld(test);
    await world.startPoller({ config: NO_DEMO });
    const redirect = await follow(await newLink(world));
    expect(await answered(world, await enqueue(world, redirect))).toMatchObject({ state: 'DONE' });
    const again = await answered(world, await enqueue(world, redirect));
    expect(again).toMatchObject({ state: 'FAILED', outcome: { reason: 'other-sign-in' } });
  });

  it('that came while no poller was at work is not tried: its code is dead', async (test) => {
    const world = await createWorld(test);
    const redirect = await follow(await newLink(world));
    const id = await enqueue(world, redirect, Date.now() - 2 * MINUTE);
    await world.startPoller({ config: NO_DEMO });
    const command = await answered(world, id);
    expect(command).toMatchObject({ state: 'FAILED', payload: null, outcome: { reason: 'too-late' } });
    expect(world.simulator.requests().filter(({ grantType }) => grantType === 'authorization_code')).toEqual([]);
  });

  it('whose poller ended before it could say so has worked, says the next', async (test) => {
    const world = await createWorld(test);
    const poller = await world.preparePoller({ config: NO_DEMO });
    const id = await enqueue(world, await follow(await newLink(world)));
    const command = await world.record.findCommand(id);
    if (command === null) throw new Error('the command is gone');
    const { signal } = new AbortController();
    const first = await signIn(poller, command, signal);
    expect(first).toMatchObject({ id, state: 'DONE' });
    expect(await signIn(poller, command, signal)).toEqual(first);
    expect(world.simulator.requests().filter(({ path }) => path.endsWith('/token'))).toHaveLength(1);
  });
});

describe('an access token that dies before its time', () => {
  it('amid a cycle costs one refresh and no poll', async (test) => {
    const world = await createWorld(test);
    await signInElsewhere(world);
    const { heard } = await world.startPoller({ config: NO_DEMO });
    for (const quantity of ['10', '10']) world.script({ quantity, fills: FILLS });
    await world.until('a first cycle', () => heard.cycleEnded.length > 0);
    await orderAbout(world, 'tokens', { expireAccessTokens: true });
    await world.untilRecordEqualsTruth();
    expect(refreshesOf(world)).toHaveLength(1);
    expect(heard.cycleEnded.map(({ summary: { outcome } }) => outcome)).not.toContain('failed');
    expect(heard.signInNeeded).toEqual([]);
  });

  it('as every one does, within a second of its issue, costs a refresh each and no fill', async (test) => {
    const world = await createWorld(test);
    await signInElsewhere(world);
    await orderAbout(world, 'tokens', { accessTokenLivesSeconds: 1 });
    const { heard } = await world.startPoller({ config: NO_DEMO });
    world.script({ fills: FILLS });
    await world.untilRecordEqualsTruth();
    expect(heard.cycleEnded.map(({ summary: { outcome } }) => outcome)).not.toContain('failed');
  });
});

/** A clock that a test turns; what is slept is slept in earnest, a tenth as long. */
function turnedClock(): Clock & { turn(ms: number): void } {
  let ahead = 0;
  return {
    now: () => systemClock.now() + ahead,
    sleep: (ms, signal) => systemClock.sleep(ms / 10, signal),
    turn: (ms) => {
      ahead += ms;
    },
  };
}

describe('a sign-in that comes to its end', () => {
  it('is told of two days, a day, four hours and an hour ahead, and at its end, each once', async (test) => {
    const world = await createWorld(test);
    await signInElsewhere(world);
    const clock = turnedClock();
    const { signInWatch, heard } = await world.preparePoller({ config: NO_DEMO, clock });
    const { refreshTokenExpiresAt: endsAt } = await tokenOf(world);
    const toldAfter = async (ms: number): Promise<readonly string[]> => {
      clock.turn(ms);
      await signInWatch.look();
      await signInWatch.look();
      return heard.signInEnding.map(({ threshold }) => threshold);
    };
    expect(await toldAfter(5 * 24 * HOUR - MINUTE)).toEqual([]);
    expect(await toldAfter(MINUTE)).toEqual(['48h']);
    expect(await toldAfter(23 * HOUR)).toEqual(['48h']);
    expect(await toldAfter(HOUR)).toEqual(['48h', '24h']);
    expect(await toldAfter(20 * HOUR)).toEqual(['48h', '24h', '4h']);
    expect(await toldAfter(3 * HOUR)).toEqual(['48h', '24h', '4h', '1h']);
    expect(await toldAfter(HOUR)).toEqual(['48h', '24h', '4h', '1h', 'expired']);
    expect(heard.signInEnding[0]).toEqual({ threshold: '48h', endsAt, workingOrders: 0 });
  });

  it('says how many working orders would go untracked, and begins anew with the next sign-in', async (test) => {
    const world = await createWorld(test);
    await signInElsewhere(world);
    const working = [1, 2].map(() => world.script({ fills: [] }));
    const { stop } = await world.startPoller({ config: NO_DEMO });
    await world.until('the orders', async () => (await world.record.countOrders()).pending === working.length);
    await stop();
    const clock = turnedClock();
    const { signInWatch, heard } = await world.preparePoller({ config: NO_DEMO, clock });
    clock.turn(6 * 24 * HOUR);
    await signInWatch.look();
    expect(heard.signInEnding).toMatchObject([{ threshold: '24h', workingOrders: 2 }]);
    await signInElsewhere(world, clock);
    await signInWatch.look();
    expect(heard.signedIn).toHaveLength(1);
    clock.turn(5 * 24 * HOUR);
    await signInWatch.look();
    expect(heard.signInEnding.map(({ threshold }) => threshold)).toEqual(['24h', '48h']);
  });

  it('is never told of in the demo', async (test) => {
    const world = await createWorld(test);
    const clock = turnedClock();
    const { signInWatch, heard } = await world.preparePoller({ clock });
    clock.turn(8 * 24 * HOUR);
    await signInWatch.look();
    expect(heard.signInEnding).toEqual([]);
  });
});

/** Without a sign-in the loop waits up to 20 s between its tries: here, a second of such a wait lasts 50 ms. */
function quickClock(): Clock {
  const startedAt = systemClock.now();
  return {
    now: () => startedAt + (systemClock.now() - startedAt) * 20,
    sleep: (ms, signal) => systemClock.sleep(ms / 20, signal),
  };
}

describe('a refresh token that Schwab calls dead', () => {
  it('raises one alarm, costs few calls, is told to who asks, and heals by a login elsewhere', async (test) => {
    const world = await createWorld(test);
    await signInElsewhere(world);
    const brokerOrderId = world.script({ fills: FILLS.slice(0, 1) });
    const { heard } = await world.startPoller({ config: NO_DEMO, clock: quickClock() });
    await world.until('the order', async () => (await world.record.countOrders()).pending === 1);
    await orderAbout(world, 'tokens', { refuseRefresh: 'invalid_grant', expireAccessTokens: true });
    await world.until('three failed cycles', () => failedCycles(heard.cycleEnded) >= 3);

    const { signedInAt } = await tokenOf(world);
    expect(heard.signInNeeded).toEqual([{ signedInAt, workingOrders: 1 }]);
    // Asked twice, for a dead token has come back to life before; then left alone.
    expect(refreshesOf(world)).toHaveLength(2);
    const { id: orderId } = await world.order(brokerOrderId);
    const repoll = await world.record.enqueueCommand({
      kind: 'REPOLL',
      accountId: 'A1',
      brokerOrderId,
      orderId,
      requestedBy: 'test',
      requestedAt: Date.now(),
    });
    const { state, outcome } = await answered(world, repoll);
    expect(state).toBe('FAILED');
    expect(outcome?.['problem']).toContain('sign in again');

    await orderAbout(world, 'tokens', { refuseRefresh: null });
    await signInElsewhere(world);
    await world.until('the news', () => heard.signedIn.length > 0);
    world.script({ fills: FILLS });
    await world.untilRecordEqualsTruth();
    expect(heard.signInNeeded).toHaveLength(1);
    expect(heard.loopFailed).toEqual([]);
  });

  it('that works again by itself is news again when it dies', async (test) => {
    const world = await createWorld(test);
    await signInElsewhere(world);
    const { heard } = await world.startPoller({ config: NO_DEMO, clock: quickClock() });
    const client = await anotherClient(world);
    for (const times of [1, 2]) {
      await orderAbout(world, 'tokens', { refuseRefresh: 'unauthorized', expireAccessTokens: true });
      await world.until(`alarm ${times}`, () => heard.signInNeeded.length === times);
      await orderAbout(world, 'tokens', { refuseRefresh: null });
      const complete = heard.cycleEnded.length;
      // Another process is not held back by what this one was told.
      await client.listAccounts({ lane: 'command' });
      await world.until('a good cycle', () =>
        heard.cycleEnded.slice(complete).some(({ summary: { outcome } }) => outcome === 'complete'),
      );
    }
    expect(heard.signedIn).toEqual([]);
  });
});

function failedCycles(cycles: readonly { readonly summary: { readonly outcome: string } }[]): number {
  return cycles.filter(({ summary: { outcome } }) => outcome === 'failed').length;
}
