import type { FaultInput } from '@fill-tracker/schwab-simulator';
import { describe, expect, it } from 'vitest';
import type { CycleRecord } from '@fill-tracker/db';
import type { HeardEvents } from './testing/heard-events.ts';
import { expectSoundRecord } from './testing/sound-record.ts';
import { createWorld, type World } from './testing/world.ts';

const FILLS = [
  { afterMs: 100, quantity: '4', price: '22.7299' },
  { afterMs: 500, quantity: '3', price: '22.7301' },
  { afterMs: 900, quantity: '3', price: '22.74' },
];

/** Orders that end one after the other, so that every phase of the trouble meets some change. */
function tellStories(world: World): void {
  for (const after of [0, 300, 600]) {
    const fills = FILLS.map((fill) => ({ ...fill, afterMs: fill.afterMs + after }));
    world.script({ enteredAfterMs: after, fills });
    world.script({
      enteredAfterMs: after,
      fills: fills.slice(0, 2),
      ending: { afterMs: after + 800, status: 'CANCELED' },
    });
  }
}

const ORDERS = '/orders';

/** Each strikes some of the requests, seeded, and never ends: the tracker must get through between. */
const LASTING: readonly FaultInput[] = [
  { kind: 'status-500', rate: 0.5 },
  { kind: 'html-error', rate: 0.5 },
  { kind: 'timeout', rate: 0.3 },
  { kind: 'reset', rate: 0.5 },
  { kind: 'truncated-body', rate: 0.5 },
  { kind: 'cut-json', rate: 0.5, path: ORDERS },
  { kind: 'unauthorized', rate: 0.5, path: ORDERS },
  { kind: 'malformed-order', rate: 0.5 },
  { kind: 'visibility-lag', visibilityLagMs: 1_500 },
  { kind: 'rate-limit', rate: 0.1, retryAfterSeconds: 1, path: ORDERS },
];

describe.concurrent('the record equals the truth while the trouble lasts', () => {
  it.concurrent.for(LASTING)('$kind', async (fault, test) => {
    const world = await createWorld(test, { seed: 7 });
    world.simulator.setFaults([fault]);
    const { heard } = await world.startPoller({ attemptTimeoutMs: 200 });
    tellStories(world);
    await world.untilRecordEqualsTruth();
    await expectSoundRecord(world.record);
    expect(heard.loopFailed).toEqual([]);
  });
});

/** Nothing gets through until the fault is lifted. */
const TOTAL: readonly FaultInput[] = [
  { kind: 'status-500' },
  { kind: 'timeout' },
  { kind: 'reset' },
  { kind: 'cut-json' },
  { kind: 'unauthorized', path: ORDERS },
  { kind: 'rate-limit', retryAfterSeconds: 1 },
  { kind: 'rate-limit-without-retry-after' },
];

function isPaused({ brokerAttempted }: HeardEvents): boolean {
  return brokerAttempted.some(({ outcome }) => outcome === 'rate-limited');
}

describe.concurrent('the record equals the truth once the trouble is over', () => {
  it.concurrent.for(TOTAL)('$kind', async (fault, test) => {
    const world = await createWorld(test);
    const { heard } = await world.startPoller({ attemptTimeoutMs: 200 });
    await world.until('a first cycle', () => heard.cycleEnded.length > 0);
    world.simulator.setFaults([fault]);
    tellStories(world);
    await world.until('trouble', () => heard.brokerCallFailed.length > 0 || isPaused(heard));
    world.simulator.setFaults([]);
    await world.untilRecordEqualsTruth();
    await expectSoundRecord(world.record);
  });

  it.concurrent('waits as long as Retry-After says before it calls again', async (test) => {
    const world = await createWorld(test);
    const { heard } = await world.startPoller();
    await world.until('a first cycle', () => heard.cycleEnded.length > 0);
    world.simulator.setFaults([{ kind: 'rate-limit', retryAfterSeconds: 1, count: 1 }]);
    await world.until('a 429', () => heard.brokerAttempted.some(({ outcome }) => outcome === 'rate-limited'));
    const refusedAt = heard.brokerAttempted.find(({ outcome }) => outcome === 'rate-limited')?.startedAt ?? 0;
    const isLater = (): boolean => heard.brokerAttempted.some(({ startedAt }) => startedAt > refusedAt);
    await world.until('the next call', isLater);
    const next = heard.brokerAttempted.find(({ startedAt }) => startedAt > refusedAt);
    expect(next?.startedAt).toBeGreaterThanOrEqual(refusedAt + 1_000);
  });
});

/** Trouble with one order. It was entered longer ago than any list reaches back, so only its id finds it. */
const ABOUT_ONE_ORDER: readonly FaultInput[] = [
  { kind: 'status-500' },
  { kind: 'timeout' },
  { kind: 'reset' },
  { kind: 'cut-json' },
  { kind: 'malformed-order' },
];

describe.concurrent('trouble with one order leaves the others alone', () => {
  it.concurrent.for(ABOUT_ONE_ORDER)('$kind', async (fault, test) => {
    const world = await createWorld(test);
    const old = world.script({ enteredAfterMs: -SEVENTY_DAYS_MS, duration: 'GOOD_TILL_CANCEL', fills: FILLS });
    world.simulator.setFaults([{ ...fault, orderId: old }]);
    const { heard } = await world.startPoller({ attemptTimeoutMs: 200 });
    await world.until('a first whole cycle', () => isWhole(heard.cycleEnded));
    await world.track(old);
    const troubled = (): CycleRecord[] =>
      heard.cycleEnded.map(({ summary }) => summary).filter(({ errorKind }) => errorKind !== null);
    await world.until('the order to fail by its id', () => troubled().length > 0);
    expect(troubled()[0]?.outcome).toBe('partial');

    const other = world.script({ fills: FILLS });
    await world.until('the other order to complete', () => world.isCompleted(other));
    expect(await world.isCompleted(old)).toBe(false);
    expect(heard.cycleEnded.filter(({ next }) => next.reason === 'failing')).toEqual([]);

    world.simulator.setFaults([]);
    await world.untilRecordEqualsTruth();
    await expectSoundRecord(world.record);
  });

  it.concurrent('an order whose by-id call is left unanswered: the list is recorded before it is made', async (test) => {
    const world = await createWorld(test);
    const old = world.script({ enteredAfterMs: -SEVENTY_DAYS_MS, duration: 'GOOD_TILL_CANCEL', fills: FILLS });
    world.simulator.setFaults([{ kind: 'timeout', orderId: old }]);
    const callsById = (): number => world.simulator.requests().filter(({ path }) => path.endsWith(`/${old}`)).length;
    let other = '';
    /** Unanswered calls when the other order was written: in cycles before, and in all. */
    let whenWritten: readonly [number, number] | null = null;
    const poller = await world.startPoller({
      attemptTimeoutMs: 60_000,
      record: (db) => ({
        ...db,
        commitPollCycle(commit) {
          const isOther = commit.orders.some(({ reconciliation }) => reconciliation.order.brokerOrderId === other);
          if (isOther) whenWritten ??= [timeouts(), callsById()];
          return db.commitPollCycle(commit);
        },
      }),
    });
    const timeouts = (): number => poller.heard.brokerCallFailed.filter(({ kind }) => kind === 'timeout').length;
    await world.until('a first whole cycle', () => isWhole(poller.heard.cycleEnded));
    await world.track(old);
    await world.until('a call that is given up', () => timeouts() > 0);

    other = world.script({ fills: [{ afterMs: 0, quantity: '10', price: '22.7299' }] });
    await world.until('the other order to complete', () => world.isCompleted(other));
    expect(whenWritten).not.toBeNull();
    expect(whenWritten?.[1], 'no call was open').toBe(whenWritten?.[0]);

    world.simulator.setFaults([]);
    await world.untilRecordEqualsTruth();
  });

  it.concurrent('an order of the list that cannot be read', async (test) => {
    const world = await createWorld(test);
    const odd = world.script({ fills: FILLS });
    world.simulator.setFaults([{ kind: 'malformed-order', orderId: odd }]);
    const { heard } = await world.startPoller();
    const other = world.script({ fills: FILLS });
    await world.until('the other order to complete', () => world.isCompleted(other));
    expect(heard.orderUnreadable).toContainEqual(expect.objectContaining({ brokerOrderId: odd }));
    const { known, evidence } = await world.order(odd);
    expect(known).toMatchObject({ facts: null, fills: [], state: { status: 'PENDING', flags: ['REPORT_UNREADABLE'] } });
    expect(evidence.at(-1)?.body).toContain(odd);
    world.simulator.setFaults([]);
    await world.untilRecordEqualsTruth();
    expect((await world.order(odd)).known.state).toMatchObject({ status: 'COMPLETED', flags: [] });
    await expectSoundRecord(world.record);
  });

  it.concurrent('an order that only the list tells unreadably is read by its id, and is not flagged again', async (test) => {
    const world = await createWorld(test);
    const order = world.script({ fills: FILLS });
    world.simulator.setFaults([{ kind: 'malformed-order', orderId: order, path: '/orders$' }]);
    await world.startPoller();
    await world.untilRecordEqualsTruth();
    const { known, audit } = await world.order(order);
    expect(known.state.flags).toEqual([]);
    // Once when it was found in the list, once when it was read.
    expect(audit.filter(({ kind }) => kind === 'FLAGS_CHANGED')).toHaveLength(2);
    await expectSoundRecord(world.record);
  });

  it.concurrent('an order of the record whose report becomes unreadable keeps what it has', async (test) => {
    const world = await createWorld(test);
    const order = world.script({ fills: [{ afterMs: 0, quantity: '4', price: '22.7299' }] });
    const { heard } = await world.startPoller();
    const flags = async (): Promise<readonly string[]> => (await world.order(order)).known.state.flags;
    await world.until('the first fill', async () => heard.orderAdded.length > 0 && (await flags()).length === 0);
    world.simulator.setFaults([{ kind: 'malformed-order', orderId: order }]);
    await world.until('the flag', async () => (await flags()).includes('REPORT_UNREADABLE'));
    const { known } = await world.order(order);
    expect(known.state.status).toBe('PENDING');
    expect(known.fills.map(({ quantity }) => quantity.toString())).toEqual(['4']);
    world.simulator.setFaults([]);
    await world.until('the flag to go', async () => (await flags()).length === 0);
    await expectSoundRecord(world.record);
  });
});

const SEVENTY_DAYS_MS = 70 * 24 * 3_600_000;

/** Under load, the very first call may take longer than an attempt has. */
function isWhole(cycles: readonly { readonly summary: CycleRecord }[]): boolean {
  return cycles.some(({ summary }) => summary.outcome === 'complete');
}
