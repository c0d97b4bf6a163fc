import Database from 'better-sqlite3';
import { decimal, type ReportedActivity, type ReportedOrder, reconcileOrder } from '@fill-tracker/domain';
import { activityOf, executionLeg, fillActivity, orderOf } from '@fill-tracker/domain/testing';
import fc from 'fast-check';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { FillDatabase } from './fill-database.ts';
import { presentFillEvent } from './present/present-fill-event.ts';
import { commitOf, firstReport, NOW, openForCycles, temporaryDirectory } from './testing/test-database.ts';

const ID = '1000000000001';
const FILLS = [
  fillActivity({ price: '22.7', quantity: '60', activityId: '7' }),
  fillActivity({ price: '22.75', quantity: '40', activityId: '8', second: 2 }),
];
const report = (activities: readonly ReportedActivity[], overrides: Partial<ReportedOrder> = {}): ReportedOrder =>
  orderOf({ brokerStatus: 'FILLED', filledQuantity: decimal('100'), activities, ...overrides });

const filled = (brokerOrderId: string) => firstReport(report(FILLS, { brokerOrderId }));
/** An order that the database refuses only after its fills were numbered: evidence is written last, and needs a hash. */
const refused = (brokerOrderId: string) =>
  firstReport(report(FILLS, { brokerOrderId }), {
    evidence: { hash: '', body: '{}', requestedAt: NOW, correlationId: null },
  });

async function take(db: FillDatabase, fencing: number, reported: ReportedOrder, at: number): Promise<void> {
  const [stored] = await db.loadOrdersByBrokerIds('A1', [ID]);
  if (stored === undefined) throw new Error('The record has no order');
  const reconciliation = reconcileOrder(stored.known, reported, at, at + 100);
  const order = { id: stored.id, accountId: 'A1', reconciliation, evidence: null, actor: 'poller' };
  await db.commitPollCycle(commitOf(fencing, { orders: [order], committedAt: at + 200 }));
}

const told = async (db: FillDatabase) =>
  (await db.fillEventsAfter(0, 1000)).map(
    ({ seq, kind, replacesSeq, fill }) => `${seq} ${kind} ${fill.price.toString()} v${fill.version} of ${replacesSeq}`,
  );

it('numbers the fills of a commit in their order', async () => {
  const { db, fencing } = await openForCycles();
  await db.commitPollCycle(commitOf(fencing, { orders: [filled(ID), filled('1000000000002')] }));
  expect(await told(db)).toEqual([
    '1 RECORDED 22.7 v1 of null',
    '2 RECORDED 22.75 v1 of null',
    '3 RECORDED 22.7 v1 of null',
    '4 RECORDED 22.75 v1 of null',
  ]);
  expect(await db.lastFillSequence()).toBe(4);
});

it('leaves no gap where orders are refused, wherever they stand among the others', async () => {
  const commits = fc.array(fc.array(fc.boolean(), { minLength: 1, maxLength: 7 }), { minLength: 1, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(commits, async (isRefused) => {
      const { db, fencing } = await openForCycles();
      let number = 0;
      for (const commit of isRefused) {
        const orders = commit.map((bad) => (bad ? refused : filled)(String(1_000_000_000_001 + number++)));
        await db.commitPollCycle(commitOf(fencing, { orders, notifiesFills: true }));
      }
      const fills = isRefused.flat().filter((bad) => !bad).length * 2;
      const events = await db.fillEventsAfter(0, 1000);
      expect(events.map(({ seq }) => seq)).toEqual(Array.from({ length: fills }, (_, i) => i + 1));
      expect((await db.readOutbox()).waiting).toBe(fills);
    }),
    { numRuns: 8 },
  );
});

it('tells of a correction as one event, which names the one that it replaces', async () => {
  const { db, fencing } = await openForCycles();
  await db.commitPollCycle(commitOf(fencing, { orders: [filled(ID)] }));
  const corrected = activityOf({
    executionType: 'CORRECTED',
    activityId: '7',
    legs: [executionLeg({ price: '22.71', quantity: '60', second: 30 })],
  });
  await take(db, fencing, report([...FILLS, corrected]), NOW + 60_000);
  expect((await told(db)).slice(2)).toEqual(['3 CORRECTED 22.71 v2 of 1']);
});

it('tells of a fill that was taken back', async () => {
  const { db, fencing } = await openForCycles();
  await db.commitPollCycle(commitOf(fencing, { orders: [filled(ID)] }));
  const busted = activityOf({ executionType: 'BUSTED', activityId: '8' });
  const now = report([...FILLS, busted], { brokerStatus: 'CANCELED', filledQuantity: decimal('60') });
  await take(db, fencing, now, NOW + 60_000);
  expect((await told(db)).slice(2)).toEqual(['3 WITHDRAWN 22.75 v1 of 2']);
});

it('leads to its fill also after the key of the fill was refined', async () => {
  const { db, fencing } = await openForCycles();
  const nameless = [fillActivity({ price: '22.7', quantity: '60', activityId: null })];
  const working = { brokerStatus: 'WORKING', filledQuantity: decimal('60') };
  await db.commitPollCycle(commitOf(fencing, { orders: [firstReport(report(nameless, working))] }));
  const [before] = await db.fillEventsAfter(0, 10);
  await take(db, fencing, report([FILLS[0] ?? activityOf({})], working), NOW + 60_000);
  const [after, ...more] = await db.fillEventsAfter(0, 10);
  expect(more).toEqual([]);
  expect(after?.seq).toBe(before?.seq);
  expect(after?.fill.key).not.toBe(before?.fill.key);
  expect(after?.fill.activityId).toBe('7');
});

it('tells nothing of the webhook unless it is asked to', async () => {
  const { db, fencing } = await openForCycles();
  await db.commitPollCycle(commitOf(fencing, { orders: [filled(ID)] }));
  expect((await db.readOutbox()).waiting).toBe(0);
});

it('shows the fill as it was and its order as it is', async () => {
  const { db, fencing } = await openForCycles();
  await db.commitPollCycle(commitOf(fencing, { orders: [filled(ID)] }));
  const [event] = await db.fillEventsAfter(0, 1);
  if (event === undefined) throw new Error('The record has no event');
  expect(presentFillEvent(event)).toMatchObject({
    sequence: 1,
    kind: 'RECORDED',
    replacesSequence: null,
    order: {
      id: 1,
      account: 'A1',
      brokerOrderId: ID,
      filledQuantity: '100',
      averagePrice: '22.72',
      status: 'COMPLETED',
    },
    fill: { price: '22.7', quantity: '60', version: 1 },
  });
});

it('is append-only and refuses a gap, whoever writes', async () => {
  const file = join(temporaryDirectory(), 'record.db');
  const { db, fencing } = await openForCycles(file);
  await db.commitPollCycle(commitOf(fencing, { orders: [filled(ID)] }));
  const raw = new Database(file);
  expect(() => raw.exec("UPDATE fill_events SET kind = 'WITHDRAWN'")).toThrow('fill events are never changed');
  expect(() => raw.exec('DELETE FROM fill_events')).toThrow('fill events are never deleted');
  expect(() =>
    raw.exec(
      `INSERT INTO fill_events (seq, order_id, fill_id, kind, replaces_seq, recorded_at)
       VALUES (9, 1, 1, 'WITHDRAWN', 1, '2026-01-05T15:00:00.000Z')`,
    ),
  ).toThrow('fill events are numbered without a gap');
  expect(() =>
    raw.exec(
      `INSERT OR REPLACE INTO fill_events (seq, order_id, fill_id, kind, recorded_at)
       VALUES (2, 1, 1, 'RECORDED', '2026-01-05T15:00:00.000Z')`,
    ),
  ).toThrow('fill events are never replaced');
  raw.close();
});
