import type { FillDatabase } from '@fill-tracker/db';
import { MINUTE, SECOND } from '@fill-tracker/domain';
import { systemClock } from '@fill-tracker/schwab-client';
import { expect, it } from 'vitest';
import { type Receiver, startReceiver } from './testing/receiver.ts';
import { createWorld, type OwningTest, type World } from './testing/world.ts';

const WEBHOOK_SECRET = 'a-secret-of-at-least-24-characters';
const FILLS = [
  { afterMs: 0, quantity: '4', price: '22.7299' },
  { afterMs: 200, quantity: '6', price: '22.7301' },
];

/** A world with a webhook that is told of everything. */
async function toldWorld(test: OwningTest): Promise<{ world: World; receiver: Receiver; telling: object }> {
  const world = await createWorld(test);
  const receiver = await startReceiver(test, world.wake);
  const telling = {
    config: { notifiesAlerts: true, notifiesFills: true },
    secrets: { webhook: { url: receiver.url, secret: WEBHOOK_SECRET } },
    attemptTimeoutMs: 200,
  };
  return { world, receiver, telling };
}

const typesOf = ({ messages }: Receiver) => messages.filter(({ type }) => type !== 'fill').map(({ type }) => type);
const sequencesOf = ({ messages }: Receiver) =>
  messages.flatMap((message) => (message.type === 'fill' ? [message.sequence] : []));

it('tells each fill once, in order, over a restart of the poller', async (test) => {
  const { world, receiver, telling } = await toldWorld(test);
  const first = await world.startPoller(telling);
  for (let i = 0; i < 5; i += 1) world.script({ fills: FILLS });
  await world.until('some messages', () => receiver.messages.length >= 3);
  await first.stop();
  for (let i = 0; i < 5; i += 1) world.script({ fills: FILLS });
  await world.startPoller(telling);
  await world.untilRecordEqualsTruth();
  await world.until('all messages', () => new Set(sequencesOf(receiver)).size >= 20);
  // Twice at most for the one that was on its way when the first one stopped.
  expect([...new Set(sequencesOf(receiver))]).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
  expect(typesOf(receiver)).toEqual([]);
});

it('tells an outage once and its end once, over a restart amid it', async (test) => {
  const { world, receiver, telling } = await toldWorld(test);
  const first = await world.startPoller(telling);
  await world.until('a first cycle', () => first.heard.cycleEnded.length > 0);
  world.simulator.setFaults([{ kind: 'status-500' }]);
  await world.until('the alert', () => typesOf(receiver).length === 1);
  await first.stop();

  world.script({ fills: FILLS });
  const second = await world.startPoller(telling);
  await world.until('a failed cycle of the next poller', () =>
    second.heard.cycleEnded.some(({ summary }) => summary.outcome !== 'complete'),
  );
  expect(await world.record.readAlertMark()).toEqual({ open: 1, lastId: 1 });
  world.simulator.setFaults([]);
  await world.untilRecordEqualsTruth();
  await world.until('the end of the alert', () => typesOf(receiver).length === 2);
  expect(receiver.messages.filter(({ type }) => type !== 'fill')).toMatchObject([
    { type: 'alert.raised', id: 'alert-1-raised', data: { cause: 'broker-unreachable', clearedAt: null } },
    { type: 'alert.cleared', id: 'alert-1-cleared', data: { cause: 'broker-unreachable', fillsFoundLate: 0 } },
  ]);
  expect(second.heard.alertRaised).toEqual([]);
  expect(second.heard.alertCleared).toHaveLength(1);
});

it('never holds up polling, whatever the webhook does', async (test) => {
  const { world, receiver, telling } = await toldWorld(test);
  receiver.answerWith(503);
  const { heard } = await world.startPoller(telling);
  world.script({ fills: FILLS });
  await world.untilRecordEqualsTruth();
  await world.until('a failed try', () => heard.noticeFailed.length > 0);
  expect(receiver.messages).toEqual([]);
  receiver.answerWith(204);
  await world.until('both fills', () => receiver.messages.length === 2);
  expect(sequencesOf(receiver)).toEqual([1, 2]);
});

it('tells nothing when no webhook is configured, and nothing old when it is later', async (test) => {
  const { world, receiver, telling } = await toldWorld(test);
  const first = await world.startPoller();
  world.script({ fills: FILLS });
  await world.untilRecordEqualsTruth();
  await first.stop();
  expect((await world.record.readOutbox()).waiting).toBe(0);
  await world.startPoller(telling);
  world.script({ fills: FILLS });
  await world.until('the new fills', () => receiver.messages.length === 2);
  expect(sequencesOf(receiver)).toEqual([3, 4]);
});

/** A clock that runs ahead by as much as a test says. */
function movableClock() {
  let ahead = 0;
  return {
    now: () => systemClock.now() + ahead,
    sleep: (ms: number, signal?: AbortSignal) => systemClock.sleep(ms / 10, signal),
    advance: (ms: number) => {
      ahead += ms;
    },
  };
}

it('tells of a record that cannot be written though its lease is lost over it, and of the end', async (test) => {
  const { world, receiver, telling } = await toldWorld(test);
  const clock = movableClock();
  let isWritable = true;
  const writes = async <T>(write: () => Promise<T>): Promise<T> => {
    if (isWritable) return await write();
    throw Object.assign(new Error('database or disk is full'), { name: 'SqliteError' });
  };
  const record = (db: FillDatabase): FillDatabase => ({
    ...db,
    acquireLease: (claim) => writes(() => db.acquireLease(claim)),
    renewLease: (renewal) => writes(() => db.renewLease(renewal)),
    commitPollCycle: (commit) => writes(() => db.commitPollCycle(commit)),
    changeAlerts: (commit) => writes(() => db.changeAlerts(commit)),
  });
  const { heard } = await world.startPoller({ ...telling, clock, record });
  await world.until('a first cycle', () => heard.cycleEnded.length > 0);
  isWritable = false;
  clock.advance(11 * SECOND);
  await world.until(
    'the lease to be lost, and sought',
    () => heard.leaseLost.length > 0 && heard.loopFailed.length > 0,
  );
  clock.advance(16 * SECOND);
  const told = () =>
    receiver.messages.flatMap(({ type, data }) => ('cause' in data && data.cause === 'database-trouble' ? [type] : []));
  await world.until('the alert', () => told().length > 0);
  expect(await world.record.readAlertMark()).toEqual({ open: 0, lastId: 0 });

  isWritable = true;
  await world.until('the end of the alert', () => told().length > 1);
  expect(told()).toEqual(['alert.raised', 'alert.cleared']);
});

it('pings the monitor once a minute while cycles are complete, and not when they are not', async (test) => {
  const world = await createWorld(test);
  const monitor = await startReceiver(test, world.wake);
  const clock = movableClock();
  const { heard } = await world.startPoller({ secrets: { pingUrl: monitor.url }, attemptTimeoutMs: 200, clock });
  const cycles = (): number => heard.cycleEnded.length;
  await world.until('the first ping', () => monitor.pings() === 1);
  let seen = cycles();
  await world.until('more cycles', () => cycles() > seen + 3);
  expect(monitor.pings()).toBe(1);

  world.simulator.setFaults([{ kind: 'status-500' }]);
  await world.until('a failed cycle', () => heard.cycleEnded.at(-1)?.summary.outcome === 'failed');
  clock.advance(MINUTE);
  seen = cycles();
  await world.until('another failed cycle', () => cycles() > seen);
  expect(monitor.pings()).toBe(1);

  world.simulator.setFaults([]);
  await world.until('the second ping', () => monitor.pings() === 2);
});

it('goes on polling when the monitor is down, and says so once', async (test) => {
  const world = await createWorld(test);
  const monitor = await startReceiver(test, world.wake);
  monitor.answerWith(500);
  const clock = movableClock();
  const { heard } = await world.startPoller({ secrets: { pingUrl: monitor.url }, clock });
  await world.until('a ping', () => monitor.pings() === 1);
  clock.advance(MINUTE + SECOND);
  await world.until('another ping', () => monitor.pings() === 2);
  world.script({ fills: FILLS });
  await world.untilRecordEqualsTruth();
  expect(heard.pingFailed).toEqual([{ problem: 'HTTP 500' }]);
});
