import type { WebhookMessage } from '@fill-tracker/contract';
import { type CycleRecord, type FillDatabase, openDatabase } from '@fill-tracker/db';
import { ALWAYS_OPEN, MINUTE, SECOND } from '@fill-tracker/domain';
import { MONDAY_TEN } from '@fill-tracker/domain/testing';
import type { Clock } from '@fill-tracker/schwab-client';
import { expect, it, onTestFinished } from 'vitest';
import { allOf, type PollerEvents } from '../events.ts';
import { hearing } from '../testing/heard-events.ts';
import { createAlertWatch } from './watch-record.ts';

const SUMMARY = {
  finishedAt: MONDAY_TEN,
  due: 1,
  examined: 1,
  listed: 1,
  changed: 0,
  requests: 1,
  note: null,
} as const;

const { signal } = new AbortController();

const databaseError = (): Error =>
  Object.assign(new Error('attempt to write a readonly database'), { name: 'SqliteError' });

/** A watch over a record in memory, by a clock that a test moves. */
async function watching(sleep: Clock['sleep'] = async () => undefined) {
  let at = MONDAY_TEN;
  const file = await openDatabase({ file: ':memory:', broker: { baseUrl: 'simulator', mode: 'demo' }, now: () => at });
  onTestFinished(() => file.close());
  let isWritable = true;
  const db: FillDatabase = {
    ...file,
    changeAlerts: (commit) => (isWritable ? file.changeAlerts(commit) : Promise.reject(databaseError())),
    readLease: async () => ({ ...(await file.readLease()), lastLookAt }),
    openAlerts: () => (isReadable ? file.openAlerts() : Promise.reject(databaseError())),
  };
  let isReadable = true;
  let lastLookAt: number | null = null;
  const lease = await db.acquireLease({ owner: 'poller', now: at, ttlMs: 10_000 });
  if (lease === null) throw new Error('The lease is taken');
  const sent: WebhookMessage[] = [];
  const { events, heard } = hearing(() => undefined);
  const create = () =>
    createAlertWatch({
      db,
      clock: { now: () => at, sleep },
      events,
      config: { isDemo: true, notifiesAlerts: true },
      accounts: { missing: () => [] },
      calendar: () => ALWAYS_OPEN,
      webhook: {
        send: async (message) => {
          sent.push(message);
          return { kind: 'taken' };
        },
      },
    });
  const run = { fencing: lease.fencing, progress: { cycles: 1 } };
  const tell = ({ hears }: { hears: Partial<PollerEvents> }) => allOf(hears);
  return {
    db: file,
    heard,
    sent,
    create,
    run,
    tell,
    setWritable: (next: boolean) => {
      isWritable = next;
    },
    setReadable: (next: boolean) => {
      isReadable = next;
    },
    advance: (ms: number) => {
      at += ms;
    },
    cycle: (
      watch: { hears: Partial<PollerEvents> },
      outcome: CycleRecord['outcome'],
      errorKind: string | null = null,
      hasList = outcome === 'complete',
    ) => {
      if (hasList) lastLookAt = at;
      tell(watch).cycleEnded({
        hasList,
        summary: { ...SUMMARY, startedAt: at, outcome, errorKind },
        next: { at: null, reason: 'failing' },
      });
    },
  };
}

it('raises after three failed cycles, keeps it over a restart, clears it after a complete one', async () => {
  const { db, heard, create, run, cycle, advance } = await watching();
  const first = create();
  cycle(first, 'failed', 'timeout');
  await first.look(run, signal);
  expect(heard.alertRaised).toEqual([]);
  cycle(first, 'failed', 'timeout');
  cycle(first, 'failed', 'network');
  await first.look(run, signal);
  await first.look(run, signal);
  expect(heard.alertRaised).toMatchObject([{ cause: 'broker-unreachable' }]);

  const next = create();
  await next.look({ ...run, progress: { cycles: 0 } }, signal);
  cycle(next, 'failed', 'timeout');
  await next.look(run, signal);
  expect(await db.readAlertMark()).toEqual({ open: 1, lastId: 1 });
  advance(2 * MINUTE);
  cycle(next, 'complete');
  await next.look(run, signal);
  expect(heard.alertRaised).toHaveLength(1);
  expect(heard.alertCleared).toMatchObject([{ id: 1, clearedNote: 'It lasted 2 min.', fillsFoundLate: 0 }]);
});

it('takes one order that fails by id for no trouble with the broker, and a list that comes for its end', async () => {
  const { heard, create, run, cycle, advance } = await watching();
  const watch = create();
  for (let i = 0; i < 4; i += 1) {
    cycle(watch, 'partial', 'server', true);
    advance(10 * SECOND);
    await watch.look(run, signal);
  }
  expect(heard.alertRaised).toEqual([]);
  for (let i = 0; i < 3; i += 1) cycle(watch, 'partial', 'server', false);
  await watch.look(run, signal);
  expect(heard.alertRaised).toMatchObject([{ cause: 'broker-unreachable' }]);
  advance(SECOND);
  cycle(watch, 'partial', 'server', true);
  await watch.look(run, signal);
  expect(heard.alertCleared).toMatchObject([{ cause: 'broker-unreachable' }]);
});

it('tells by itself, once, of a record that cannot be written, and writes it down when it can', async () => {
  const { db, sent, heard, create, run, tell, cycle, setWritable, advance } = await watching();
  const watch = create();
  setWritable(false);
  const fail = async (): Promise<void> => {
    tell(watch).loopFailed({ error: databaseError() });
    await watch.look(run, signal);
    advance(10 * SECOND);
  };
  await fail();
  await fail();
  expect(sent).toEqual([]);
  await fail();
  await fail();
  expect(sent).toMatchObject([{ type: 'alert.raised', data: { cause: 'database-trouble' } }]);
  expect(await db.openAlerts()).toEqual([]);

  setWritable(true);
  cycle(watch, 'complete');
  tell(watch).leaseRenewed(run);
  await watch.look(run, signal);
  expect(await db.openAlerts()).toMatchObject([{ cause: 'database-trouble', subject: 'write' }]);
  await watch.look(run, signal);
  expect(heard.alertCleared).toMatchObject([{ cause: 'database-trouble' }]);
  // The beginning was told already: what waits is the end.
  expect(await db.nextNotice(MONDAY_TEN + MINUTE)).toMatchObject({ kind: 'ALERT_CLEARED' });
  expect((await db.readOutbox()).waiting).toBe(1);
  expect(sent).toHaveLength(1);
});

it('tells of a record that cannot be written also while it waits for the lease, and of its end under the next one', async () => {
  const over = new AbortController();
  const { db, sent, heard, create, run, tell, cycle, advance } = await watching(async () => {
    // Each attempt at the lease fails; a quiet cycle amid it, which writes nothing, is no sign of an end.
    tell(watch).loopFailed({ error: databaseError() });
    cycle(watch, 'complete');
    advance(SECOND);
    rests += 1;
    if (rests === 20) over.abort();
  });
  let rests = 0;
  const watch = create();
  await watch.watchUnwritable(over.signal);
  expect(sent).toMatchObject([{ type: 'alert.raised', data: { cause: 'database-trouble' } }]);

  tell(watch).leaseTaken({ ...run, owner: 'poller', at: MONDAY_TEN });
  await watch.look(run, signal);
  expect(await db.openAlerts()).toMatchObject([{ cause: 'database-trouble', subject: 'write' }]);
  await watch.look(run, signal);
  expect(heard.alertCleared).toMatchObject([{ cause: 'database-trouble' }]);
  expect(sent).toHaveLength(1);
});

it.each([
  ['of another kind', () => new Error('no such command')],
  ['of the record', databaseError],
])('takes one failure %s for a hiccup', async (_kind, errorOf) => {
  const { heard, create, run, tell, cycle, advance } = await watching();
  const watch = create();
  cycle(watch, 'complete');
  tell(watch).loopFailed({ error: errorOf() });
  advance(20 * SECOND);
  await watch.look(run, signal);
  expect(heard.alertRaised).toEqual([]);
});

it('counts failures of the record alone, and none from before it was written', async () => {
  const { heard, create, run, tell, cycle, advance } = await watching();
  const watch = create();
  const fail = async (error: Error): Promise<void> => {
    tell(watch).loopFailed({ error });
    await watch.look(run, signal);
    advance(10 * SECOND);
  };
  await fail(databaseError());
  await fail(new Error('no such command'));
  await fail(new Error('no such command'));
  tell(watch).leaseRenewed(run);
  cycle(watch, 'complete');
  await fail(databaseError());
  expect(heard.alertRaised).toEqual([]);
  await fail(databaseError());
  await fail(databaseError());
  expect(heard.alertRaised).toMatchObject([{ cause: 'database-trouble', subject: 'write' }]);
});

it('does not take a heartbeat for the end while no cycle can be written', async () => {
  const { heard, create, run, tell, advance } = await watching();
  const watch = create();
  for (let i = 0; i < 3; i += 1) {
    tell(watch).loopFailed({ error: databaseError() });
    advance(10 * SECOND);
    tell(watch).leaseRenewed(run);
    await watch.look(run, signal);
  }
  expect(heard.alertRaised).toMatchObject([{ cause: 'database-trouble', subject: 'write' }]);
});

it('tries at once again when the record could not be read', async () => {
  const { db, create, run, cycle, setReadable } = await watching();
  const watch = create();
  cycle(watch, 'complete');
  await db.changeAlerts({
    raise: [{ cause: 'sign-in-ending', subject: '', since: MONDAY_TEN, summary: 'It is.', detail: {} }],
    clear: [],
    now: MONDAY_TEN,
    workingOrders: 0,
    notifies: false,
    fencing: null,
  });
  setReadable(false);
  await watch.look(run, signal);
  expect(await db.readAlertMark()).toMatchObject({ open: 1 });
  setReadable(true);
  await watch.look(run, signal);
  expect(await db.readAlertMark()).toMatchObject({ open: 0 });
});

it('asks for nothing anew while nothing has changed', async () => {
  const { db, create, run, cycle, advance } = await watching();
  const watch = create();
  cycle(watch, 'complete');
  await watch.look(run, signal);
  await db.changeAlerts({
    raise: [{ cause: 'sign-in-ending', subject: '', since: MONDAY_TEN, summary: 'It is.', detail: {} }],
    clear: [],
    now: MONDAY_TEN,
    workingOrders: 0,
    notifies: false,
    fencing: null,
  });
  advance(5 * MINUTE - SECOND);
  await watch.look(run, signal);
  expect(await db.readAlertMark()).toMatchObject({ open: 1 });
  advance(SECOND);
  await watch.look(run, signal);
  expect(await db.readAlertMark()).toMatchObject({ open: 0 });
});
