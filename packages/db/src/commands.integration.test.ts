import { orderOf } from '@fill-tracker/domain/testing';
import { describe, expect, it } from 'vitest';
import type { NewCommand } from './commands.ts';
import { commitOf, firstReport, NOW, openForCycles } from './testing/test-database.ts';

const TRACK: NewCommand = {
  kind: 'TRACK',
  accountId: 'A1',
  brokerOrderId: '7',
  orderId: null,
  requestedBy: 'sam',
  requestedAt: NOW,
};

async function openWithOrders() {
  const { db, fencing } = await openForCycles();
  const orders = ['7', '8'].map((brokerOrderId) => firstReport(orderOf({ brokerOrderId })));
  await db.commitPollCycle(commitOf(fencing, { orders }));
  const repoll = (orderId: number) => db.enqueueCommand({ ...TRACK, kind: 'REPOLL', orderId });
  const conclude = (id: number, state: 'DONE' | 'FAILED' = 'DONE') =>
    db.commitPollCycle(commitOf(fencing, { cycle: null, commands: [{ id, state, outcome: { says: state } }] }));
  return { db, repoll, conclude };
}

describe('a command', () => {
  it('waits until a cycle says what became of it', async () => {
    const { db, conclude } = await openWithOrders();
    const id = await db.enqueueCommand({ ...TRACK, payload: { note: 'asked by phone' } });
    expect(await db.loadQueuedCommands()).toEqual([
      { ...TRACK, id, payload: { note: 'asked by phone' }, state: 'QUEUED', outcome: null, appliedAt: null },
    ]);

    await conclude(id);
    expect(await db.loadQueuedCommands()).toEqual([]);
    expect(await db.findCommand(id)).toMatchObject({ state: 'DONE', outcome: { says: 'DONE' }, appliedAt: NOW + 300 });
  });

  it('is concluded once', async () => {
    const { db, conclude } = await openWithOrders();
    const id = await db.enqueueCommand(TRACK);
    await conclude(id, 'FAILED');
    await conclude(id, 'DONE');
    expect(await db.findCommand(id)).toMatchObject({ state: 'FAILED' });
  });

  it('to look at an order is one while it waits, however often it is asked', async () => {
    const { db, repoll, conclude } = await openWithOrders();
    const first = await repoll(1);
    expect(await repoll(1)).toBe(first);
    expect(await repoll(2)).not.toBe(first);
    await conclude(first);
    expect(await repoll(1)).not.toBe(first);
    expect(await db.loadQueuedCommands()).toHaveLength(2);
  });

  it('to sign in does not leave its code behind', async () => {
    const { db, conclude } = await openWithOrders();
    const id = await db.enqueueCommand({
      ...TRACK,
      kind: 'SIGN_IN',
      accountId: null,
      brokerOrderId: null,
      payload: { redirectUrl: 'https://127.0.0.1/?code=C0.secret' },
    });
    await conclude(id);
    expect(await db.findCommand(id)).toMatchObject({ state: 'DONE', payload: null });
  });

  it('that nobody gave is not found', async () => {
    const { db } = await openForCycles();
    expect(await db.findCommand(99)).toBeNull();
  });
});
