import Database from 'better-sqlite3';
import { decimal, type StandingAlert } from '@fill-tracker/domain';
import { fillActivity, orderOf } from '@fill-tracker/domain/testing';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { AlertCommit } from './alerts.ts';
import type { FillDatabase } from './fill-database.ts';
import {
  commitOf,
  firstReport,
  NOW,
  openForCycles,
  openTestDatabase,
  temporaryDirectory,
} from './testing/test-database.ts';

const anAlert = (part: Partial<StandingAlert> = {}): StandingAlert => ({
  cause: 'broker-unreachable',
  subject: '',
  since: NOW - 60_000,
  summary: 'Schwab has not answered as it should for 1 min.',
  detail: { cycles: 3 },
  ...part,
});

const change = (db: FillDatabase, part: Partial<AlertCommit>) =>
  db.changeAlerts({ raise: [], clear: [], now: NOW, workingOrders: 1, notifies: true, fencing: null, ...part });

describe('an alert', () => {
  it('is open once for its cause and subject, and told of once', async () => {
    const db = await openTestDatabase();
    const alerts = [
      anAlert(),
      anAlert({ cause: 'order-odd', subject: 'A1/1' }),
      anAlert({ cause: 'order-odd', subject: 'A1/2' }),
    ];
    expect((await change(db, { raise: alerts })).raised.map(({ id }) => id)).toEqual([1, 2, 3]);
    expect((await change(db, { raise: alerts })).raised).toEqual([]);
    expect((await db.readOutbox()).waiting).toBe(3);
    expect(await db.readAlertMark()).toEqual({ open: 3, lastId: 3 });
  });

  it('is cleared once, and may come again as another one', async () => {
    const db = await openTestDatabase();
    const { raised } = await change(db, { raise: [anAlert()] });
    const [alert] = raised;
    if (alert === undefined) throw new Error('Nothing was raised');
    const clear = [{ alert, note: 'It lasted 2 min.', isSightWhole: true }];
    const later = NOW + 60_000;
    expect((await change(db, { clear, now: later })).cleared).toMatchObject([
      { id: 1, clearedAt: later, clearedNote: 'It lasted 2 min.', fillsFoundLate: 0 },
    ]);
    expect((await change(db, { clear, now: later + 1 })).cleared).toEqual([]);
    expect(await db.openAlerts()).toEqual([]);
    expect((await change(db, { raise: [anAlert()] })).raised).toMatchObject([{ id: 2 }]);
    expect((await db.readOutbox()).waiting).toBe(3);
  });

  it('counts the fills that happened while it stood and were recorded late', async () => {
    const { db, fencing } = await openForCycles();
    const { raised } = await change(db, { raise: [anAlert(), anAlert({ cause: 'order-odd' })] });
    const filled = orderOf({
      brokerStatus: 'FILLED',
      filledQuantity: decimal('100'),
      activities: [fillActivity({ price: '22.7', quantity: '100', second: 1 })],
    });
    await db.commitPollCycle(commitOf(fencing, { orders: [firstReport(filled)], committedAt: NOW + 120_000 }));
    const clear = raised.map((alert) => ({ alert, note: 'It lasted.', isSightWhole: true }));
    const { cleared } = await change(db, { clear, now: NOW + 120_000 });
    expect(cleared.map(({ cause, fillsFoundLate }) => [cause, fillsFoundLate])).toEqual([
      ['broker-unreachable', 1],
      ['order-odd', null],
    ]);
  });

  it('is not raised, nor told of, by a former holder of the lease', async () => {
    const { db, fencing } = await openForCycles();
    await db.releaseLease({ fencing, now: NOW });
    await db.acquireLease({ owner: 'next', now: NOW, ttlMs: 10_000 });
    await expect(change(db, { raise: [anAlert()], fencing })).rejects.toThrow(/^Lease number 1 is no longer held/);
    expect(await db.openAlerts()).toEqual([]);
    expect((await db.readOutbox()).waiting).toBe(0);
  });

  it('is milder while nothing is pending', async () => {
    const db = await openTestDatabase();
    expect((await change(db, { raise: [anAlert()], workingOrders: 0 })).raised[0]?.severity).toBe('warning');
  });

  it('says nothing of late fills while not everything is in the record', async () => {
    const db = await openTestDatabase();
    const { raised } = await change(db, { raise: [anAlert()] });
    const clear = raised.map((alert) => ({ alert, note: 'It lasted.', isSightWhole: false }));
    expect((await change(db, { clear })).cleared).toMatchObject([{ id: 1, fillsFoundLate: null }]);
  });

  it('stays as it is once it is cleared, and is never deleted', async () => {
    const file = join(temporaryDirectory(), 'record.db');
    const db = await openTestDatabase(file);
    const { raised } = await change(db, { raise: [anAlert()] });
    await change(db, { clear: raised.map((alert) => ({ alert, note: 'It lasted.', isSightWhole: true })) });
    const raw = new Database(file);
    expect(() => raw.exec("UPDATE alerts SET summary = 'other'")).toThrow('an alert that was cleared stays as it is');
    expect(() => raw.exec('DELETE FROM alerts')).toThrow('alerts are never deleted');
    raw.close();
  });
});

describe('the orders that alerts are about', () => {
  const unpriced = () => firstReport(orderOf({ brokerStatus: 'FILLED', filledQuantity: decimal('100') }));

  it('are told with the instant from which on each flag stands', async () => {
    const { db, fencing } = await openForCycles();
    await db.commitPollCycle(commitOf(fencing, { orders: [unpriced()], committedAt: NOW + 300 }));
    const flagged = await db.loadFlaggedOrders(NOW + 60_000);
    expect(flagged).toMatchObject([
      { accountId: 'A1', isPending: true, flags: [{ flag: 'UNPRICED', since: NOW + 300 }] },
    ]);
  });

  it('for one day are those that are pending and were entered before', async () => {
    const { db, fencing } = await openForCycles();
    const day = orderOf({ brokerOrderId: '1', duration: 'DAY' });
    const forever = orderOf({ brokerOrderId: '2', duration: 'GOOD_TILL_CANCEL' });
    await db.commitPollCycle(commitOf(fencing, { orders: [firstReport(day), firstReport(forever)] }));
    expect((await db.loadDayOrders(NOW)).map(({ brokerOrderId }) => brokerOrderId)).toEqual(['1']);
    expect(await db.loadDayOrders(day.enteredAt ?? 0)).toEqual([]);
  });
});
