import { newlyKnownOrder } from '@fill-tracker/domain';
import { MONDAY_TEN, orderOf } from '@fill-tracker/domain/testing';
import type { StoredOrder } from '@fill-tracker/db';
import { describe, expect, it } from 'vitest';
import type { Poller } from '../poller.ts';
import type { OrderReport, UnreadableReport } from './order-report.ts';
import { reconcileSight, type SightReconciled, unreadableName } from './reconcile-sight.ts';
import { createSeenReports } from './seen-reports.ts';

const ID = '1000000000001';
const ANSWER = { accountId: 'A1', requestedAt: MONDAY_TEN, correlationId: 'c-1' };
const READABLE: OrderReport = {
  ...ANSWER,
  order: orderOf({ brokerOrderId: ID, brokerStatus: 'WORKING' }),
  text: '{"orderId":1000000000001}',
  hash: 'readable',
};
const UNREADABLE: UnreadableReport = {
  ...ANSWER,
  brokerOrderId: ID,
  problem: 'quantity: must be a number',
  text: '{"orderId":1000000000001,"quantity":"many","accountNumber":12345678}',
  hash: 'unreadable',
  toldBy: 'list',
};

const BY_ID: UnreadableReport = { ...UNREADABLE, toldBy: 'id' };
const SWEPT: UnreadableReport = { ...UNREADABLE, toldBy: 'sweep' };

/** A poller whose record holds these orders, and how often it was read. */
function pollerOf({ orders = [], discoversOrders = true }: { orders?: StoredOrder[]; discoversOrders?: boolean } = {}) {
  const loads: string[][] = [];
  const loadOrdersByBrokerIds = (accountId: string, ids: readonly string[]) => {
    loads.push([...ids]);
    return Promise.resolve(
      orders.filter((order) => order.accountId === accountId && ids.includes(order.known.brokerOrderId)),
    );
  };
  const parts = {
    clock: { now: () => MONDAY_TEN },
    seen: createSeenReports(),
    toldUnreadable: createSeenReports(),
    discoversOrders,
    watchingSince: MONDAY_TEN,
    db: { loadOrdersByBrokerIds },
  };
  return { poller: parts as unknown as Poller, loads };
}

const stored: StoredOrder = { id: 7, accountId: 'A1', known: newlyKnownOrder(ID, 'TRACKED', MONDAY_TEN - 1_000) };
const flagged: StoredOrder = {
  ...stored,
  known: { ...stored.known, state: { ...stored.known.state, flags: ['REPORT_UNREADABLE'] } },
};

const seeing = (...unreadable: readonly UnreadableReport[]) => ({ reports: [], unreadable, absent: [] });
const flagsIn = ({ commits }: SightReconciled) => commits.map(({ reconciliation }) => reconciliation.order.state.flags);

describe('an answer about one order that cannot be read', () => {
  it.each([
    ['pending', [stored], []],
    ['not pending', [], [stored]],
  ])(
    'flags an order of the record that is %s, with what the broker said as evidence',
    async (_what, pending, orders) => {
      const { commits } = await reconcileSight(pollerOf({ orders }).poller, pending, seeing(BY_ID));
      expect(commits).toHaveLength(1);
      expect(commits[0]).toMatchObject({
        id: 7,
        evidence: { hash: 'unreadable', body: expect.stringContaining('"quantity":"many"'), correlationId: 'c-1' },
      });
      expect(commits[0]?.evidence?.body).not.toContain('12345678');
      expect(commits[0]?.reconciliation.order.state.flags).toEqual(['REPORT_UNREADABLE']);
    },
  );

  it('makes no order known: it may have ended long ago', async () => {
    expect(await reconcileSight(pollerOf().poller, [], seeing(BY_ID))).toMatchObject({ commits: [] });
  });

  it('is taken in once for each text, and again when the order was read in between', async () => {
    const { poller } = pollerOf();
    poller.toldUnreadable.mark('A1', unreadableName(BY_ID), BY_ID.hash);
    expect(flagsIn(await reconcileSight(poller, [flagged], seeing(BY_ID)))).toEqual([]);
    expect(flagsIn(await reconcileSight(poller, [flagged], seeing({ ...BY_ID, hash: 'new' })))).toHaveLength(1);
    expect(flagsIn(await reconcileSight(poller, [stored], seeing(BY_ID)))).toEqual([['REPORT_UNREADABLE']]);
  });

  it('goes before a list, and counts for nothing beside an answer that can be read', async () => {
    const { poller } = pollerOf();
    expect(flagsIn(await reconcileSight(poller, [stored], seeing(UNREADABLE, BY_ID)))).toEqual([['REPORT_UNREADABLE']]);
    const both = { ...seeing(UNREADABLE, BY_ID), reports: [READABLE] };
    expect(flagsIn(await reconcileSight(poller, [flagged], both))).toEqual([[]]);
  });

  it('is an answer: the order is not absent', async () => {
    const { commits } = await reconcileSight(pollerOf().poller, [stored], { ...seeing(BY_ID), absent: [stored] });
    expect(commits.map(({ reconciliation }) => reconciliation.order.absence)).toEqual([null]);
  });
});

describe('a list in which an order cannot be read', () => {
  it('makes an order known that nobody tracks, so that it is not missed', async () => {
    const { commits } = await reconcileSight(pollerOf().poller, [], seeing(UNREADABLE));
    expect(commits).toMatchObject([{ id: null, reconciliation: { order: { source: 'DISCOVERED', facts: null } } }]);
  });

  it.each([
    ['where orders placed elsewhere are not looked for', { discoversOrders: false }, UNREADABLE],
    ['when it reaches back: it may have ended long ago', {}, SWEPT],
  ])('makes none known %s', async (_what, options, report) => {
    expect(await reconcileSight(pollerOf(options).poller, [], seeing(report))).toMatchObject({ commits: [] });
  });

  it('says nothing of an order of the record: that one is asked for by its id', async () => {
    const { poller } = pollerOf({ orders: [stored] });
    for (const pending of [[stored], []]) {
      expect(await reconcileSight(poller, pending, seeing(UNREADABLE))).toMatchObject({ commits: [] });
    }
  });

  it('costs one look into the record, however often it comes', async () => {
    const { poller, loads } = pollerOf({ orders: [stored] });
    for (let look = 0; look < 3; look += 1) {
      const { unreadable } = await reconcileSight(poller, [], seeing(UNREADABLE));
      for (const report of unreadable)
        poller.toldUnreadable.mark(report.accountId, unreadableName(report), report.hash);
    }
    expect(loads).toEqual([[ID]]);
  });
});
