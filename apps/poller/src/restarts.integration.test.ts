import type { FillDatabase, PollCycleCommit } from '@fill-tracker/db';
import { systemClock } from '@fill-tracker/schwab-client';
import { describe, expect, it } from 'vitest';
import { newPollerLife, runPoller } from './loop/run-poller.ts';
import { createWorld, type World } from './testing/world.ts';

const DAY_MS = 24 * 3_600_000;

/** Puts a look at every commit between a poller and its record. */
function watching(onCommit: (commit: PollCycleCommit) => void) {
  return (db: FillDatabase): FillDatabase => ({
    ...db,
    async commitPollCycle(commit) {
      const result = await db.commitPollCycle(commit);
      onCommit(commit);
      return result;
    },
  });
}

/** Orders that rest for longer than any list reaches back: only their ids lead to them. */
async function restingOrders(world: World, count: number): Promise<readonly string[]> {
  const ids = Array.from({ length: count }, () =>
    world.script({ enteredAfterMs: -70 * DAY_MS, duration: 'GOOD_TILL_CANCEL', orderType: 'LIMIT', limitPrice: '20' }),
  );
  const { heard, stop } = await world.startPoller();
  await world.until('the account to be known', () => heard.cycleEnded.length > 0);
  for (const id of ids) await world.track(id);
  await world.until('all to be known', async () => {
    const pending = await world.record.loadPendingOrders();
    return pending.filter(({ known }) => known.facts !== null).length === count;
  });
  await stop();
  return ids;
}

describe.concurrent('a poller that starts', () => {
  it.concurrent('looks before it carries out what waits for it', async (test) => {
    const world = await createWorld(test);
    const { heard, stop } = await world.startPoller();
    await world.until('the account to be known', () => heard.cycleEnded.length > 0);
    await stop();
    const asked = world.script({
      enteredAfterMs: -3 * DAY_MS,
      fills: [{ afterMs: 0, quantity: '10', price: '22.73' }],
    });
    const command = await world.track(asked);
    const commits: string[] = [];
    await world.startPoller({
      record: watching(({ cycle, commands }) => {
        if (cycle !== null) commits.push('look');
        if (commands.length > 0) commits.push('command');
      }),
    });
    await world.until('the command to be answered', async () => {
      return (await world.record.findCommand(command))?.state === 'DONE';
    });
    expect(commits[0]).toBe('look');
    expect(commits).toContain('command');
  });

  it.concurrent('has not caught up before each pending order was asked about, by its id in slices', async (test) => {
    const world = await createWorld(test);
    const ids = await restingOrders(world, 25);
    const before = world.simulator.requests().length;
    const { life, heard } = await world.startPoller();
    await world.until('it to catch up', () => life.progress.caughtUpAt !== null);
    const looksBefore = heard.cycleEnded.length;
    const paths = world.simulator
      .requests()
      .slice(before)
      .map(({ path }) => path);
    expect(ids.filter((id) => !paths.some((path) => path.endsWith(`/${id}`)))).toEqual([]);
    // No slice took all of them: the first looks left some.
    expect(looksBefore).toBeGreaterThanOrEqual(2);
    await world.until('the spot to be back-filled', () => heard.blindSpotBackfilled.length > 0);
    await world.until('a heartbeat to tell it', async () => {
      return (await world.record.readLease()).progress?.['caughtUpAt'] === life.progress.caughtUpAt;
    });
  });
});

describe.concurrent('a loop that does not move', () => {
  it.concurrent('is cut short and goes on', async (test) => {
    const world = await createWorld(test);
    const { clock, jump } = jumpingClock();
    const poller = await world.preparePoller({ clock });
    let hangs = 0;
    const hanging = (signal: AbortSignal): Promise<void> => {
      hangs += 1;
      if (hangs > 1) return Promise.resolve();
      jump(130_000);
      return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    };
    const stopping = new AbortController();
    const life = newPollerLife();
    const ended: true[] = [];
    const running = runPoller(
      { ...poller, learnMarketHours: hanging },
      life,
      { stop: stopping.signal, hurry: stopping.signal },
      () => void ended.push(true),
    );
    test.onTestFinished(async () => {
      stopping.abort();
      await running;
    });
    await world.until('the cut', () => poller.heard.loopHung.length > 0);
    await world.until('further cycles', () => life.progress.cycles > 3);
    expect(poller.heard.loopHung.map(({ step }) => step)).toEqual(['cycle-cut']);
    expect(ended).toEqual([]);
  });

  it.concurrent('and that nothing cuts short gives way to a standby, and its process ends', async (test) => {
    const world = await createWorld(test);
    const { clock, jump } = jumpingClock();
    const never = new Promise<never>(() => undefined);
    const hung = await world.preparePoller({
      clock,
      record: (db) => ({ ...db, loadDueRechecks: () => (jump(130_000), never) }),
    });
    const ended: true[] = [];
    const nobody = new AbortController().signal;
    void runPoller(hung, newPollerLife(), { stop: nobody, hurry: nobody }, () => void ended.push(true));
    await world.until('it to take the lease', () => hung.heard.leaseTaken.length > 0);
    const standby = await world.startPoller({ clock });
    await world.until('the cut', () => hung.heard.loopHung.length > 0);
    jump(11_000);
    await world.until('the standby to look', () => standby.heard.cycleEnded.length > 0);
    expect(hung.heard.leaseLost).toHaveLength(1);
    await world.until('the process to end', () => hung.heard.loopHung.length > 1);
    expect(hung.heard.loopHung.map(({ step }) => step)).toEqual(['cycle-cut', 'process-ends']);
    expect(ended).toEqual([true]);
  });
});

/** A clock that can be put ahead, and waits a tenth of what is asked. */
function jumpingClock() {
  let ahead = 0;
  return {
    clock: {
      now: () => Date.now() + ahead,
      sleep: (ms: number, signal?: AbortSignal) => systemClock.sleep(ms / 10, signal),
    },
    jump: (ms: number): void => {
      ahead += ms;
    },
  };
}
