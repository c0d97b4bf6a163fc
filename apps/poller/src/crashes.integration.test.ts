import { describe, expect, it } from 'vitest';
import { askPoller, demoVariables, RUN, startPollerProcess, startProcess } from './testing/command-line.ts';
import { expectSoundRecord } from './testing/sound-record.ts';
import type { StalledMessage, StalledPollerOptions } from './testing/stalled-poller.ts';
import { createWorld } from './testing/world.ts';

const FILLS = [
  { afterMs: 100, quantity: '4', price: '22.7299' },
  { afterMs: 200, quantity: '3', price: '22.7301' },
  { afterMs: 300, quantity: '3', price: '22.74' },
];

describe.concurrent('killed with SIGKILL', () => {
  it.concurrent.for(['before-commit', 'after-commit'] as const)(
    '%s: nothing is lost, nothing is twice',
    async (stallAt, test) => {
      const world = await createWorld(test);
      world.script({ enteredAfterMs: -1_000, fills: [{ afterMs: -500, quantity: '10', price: '22.7299' }] });
      world.script({ fills: FILLS });
      const { url, port } = world.simulator;
      const options: StalledPollerOptions = { file: world.file, simulatorUrl: url, simulatorPort: port, stallAt };
      const stalled = startProcess(test, 'testing/stalled-poller.js', [JSON.stringify(options)], { withIpc: true });
      const told = await new Promise((resolve) => stalled.child.once('message', resolve));
      expect(told).toBe('stalled' satisfies StalledMessage);
      stalled.signal('SIGKILL');
      await stalled.ended;
      const { heard } = await world.startPoller();
      await world.until('the next poller to take the lease', () => heard.leaseTaken.length === 1);
      await world.untilRecordEqualsTruth();
      await expectSoundRecord(world.record);
    },
  );

  it.concurrent('in the middle of a story, and again at its next start: the record ends equal to the truth', async (test) => {
    const world = await createWorld(test);
    // Each start finds orders that it has not met, and is killed while it takes them in.
    for (const instant of ['order changed', 'lease taken']) {
      world.script({ fills: FILLS });
      world.script({ fills: FILLS.slice(0, 2), ending: { afterMs: 400, status: 'CANCELED' } });
      const poller = startPollerProcess(test, RUN, demoVariables(world), world.wake);
      await world.until(instant, () => poller.logs().some(({ msg }) => msg.startsWith(instant)));
      poller.signal('SIGKILL');
      await poller.ended;
    }
    world.script({ fills: FILLS });
    startPollerProcess(test, RUN, demoVariables(world), world.wake);
    await world.untilRecordEqualsTruth();
    await expectSoundRecord(world.record);
  });
});

/** What the product promises: from the death of one poller to the first cycle of the next. */
const TAKE_OVER_WITHIN_MS = 15_000;

describe.concurrent('two pollers on one record', () => {
  it.concurrent('the second stands by, calls nobody, and takes over within 15 s of a SIGKILL', async (test) => {
    const world = await createWorld(test);
    const first = startPollerProcess(test, RUN, demoVariables(world), world.wake);
    await world.until('the first to poll', () => first.logs().some(({ msg }) => msg === 'cycle ended'));
    const second = startPollerProcess(test, RUN, demoVariables(world), world.wake);
    await world.until('the second to stand by', () => second.logs().some(({ msg }) => msg.includes('standing by')));
    world.script({ fills: FILLS });
    await world.untilRecordEqualsTruth();
    expect(JSON.parse(await askPoller(second, '/healthz'))).toMatchObject({ state: 'standby', cycles: 0 });
    expect(await askPoller(second, '/metrics')).not.toContain('fill_tracker_broker_requests_total{');

    first.signal('SIGKILL');
    await first.ended;
    const killedAt = Date.now();
    const late = world.script({ fills: FILLS });
    await world.until('the second to poll', () => second.logs().some(({ msg }) => msg === 'cycle ended'));
    const tookMs = Date.now() - killedAt;
    await test.annotate(`took over ${tookMs} ms after the kill`);
    expect(tookMs).toBeLessThanOrEqual(TAKE_OVER_WITHIN_MS);
    await world.untilRecordEqualsTruth(late);
    await expectSoundRecord(world.record);
    const spots = (await world.record.pageBlindSpots({ limit: 10 })).filter(({ cause }) => cause === 'poller-down');
    expect(spots.map(({ beganAt, endedAt }) => beganAt <= killedAt && (endedAt ?? 0) >= killedAt)).toEqual([true]);
    expect(JSON.parse(await askPoller(second, '/healthz'))).toMatchObject({ state: 'polling' });
  });

  it.concurrent('one that was suspended for long finds the lease gone, writes nothing and stands by', async (test) => {
    const world = await createWorld(test);
    const first = startPollerProcess(test, RUN, demoVariables(world), world.wake);
    await world.until('the first to poll', () => first.logs().some(({ msg }) => msg === 'cycle ended'));
    first.signal('SIGSTOP');
    world.script({ fills: FILLS });
    const second = startPollerProcess(test, RUN, demoVariables(world), world.wake);
    await world.untilRecordEqualsTruth();
    const entries = (await world.record.listAudit({ afterSeq: 0, limit: 10_000 })).length;

    first.signal('SIGCONT');
    await world.until('the first to stand by', () => first.logs().some(({ msg }) => msg.includes('standing by')));
    expect(JSON.parse(await askPoller(first, '/healthz'))).toMatchObject({ state: 'standby' });
    expect(await world.record.listAudit({ afterSeq: 0, limit: 10_000 })).toHaveLength(entries);
    expect((await world.record.readLease()).owner).toBe(second.logs().find(({ owner }) => owner)?.owner);
    await expectSoundRecord(world.record);
  });
});
