import { newlyKnownOrder } from '@fill-tracker/domain';
import { MONDAY_TEN, orderOf } from '@fill-tracker/domain/testing';
import type { StoredOrder } from '@fill-tracker/db';
import { describe, expect, it } from 'vitest';
import type { Poller } from '../poller.ts';
import type { OrderReport, UnreadableReport } from './order-report.ts';
import { reconcileSight } from './reconcile-sight.ts';
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
  mayBeOld: false,
};

/** A poller whose record holds these orders. */
function pollerOf({ orders = [], discoversOrders = true }: { orders?: StoredOrder[]; discoversOrders?: boolean } = {}) {
  const loadOrdersByBrokerIds = (accountId: string, ids: readonly string[]) =>
    Promise.resolve(orders.filter((order) => order.accountId === accountId && ids.includes(order.known.brokerOrderId)));
  const parts = {
    clock: { now: () => MONDAY_TEN },
    seen: createSeenReports(),
    discoversOrders,
    watchingSince: MONDAY_TEN,
    db: { loadOrdersByBrokerIds },
  };
  return parts as unknown as Poller;
}

const stored: StoredOrder = { id: 7, accountId: 'A1', known: newlyKnownOrder(ID, 'TRACKED', MONDAY_TEN - 1_000) };

describe('a report that cannot be read', () => {
  const seen = { reports: [], unreadable: [UNREADABLE], absent: [] };

  it.each([
    ['pending', [stored], []],
    ['not pending', [], [stored]],
  ])(
    'flags an order of the record that is %s, with what the broker said as evidence',
    async (_what, pending, orders) => {
      const { commits } = await reconcileSight(pollerOf({ orders }), pending, seen);
      expect(commits).toHaveLength(1);
      expect(commits[0]).toMatchObject({
        id: 7,
        evidence: { hash: 'unreadable', body: expect.stringContaining('"quantity":"many"'), correlationId: 'c-1' },
      });
      expect(commits[0]?.evidence?.body).not.toContain('12345678');
      expect(commits[0]?.reconciliation.order.state.flags).toEqual(['REPORT_UNREADABLE']);
    },
  );

  it('makes an order known that nobody tracks, so that it is not missed', async () => {
    const { commits } = await reconcileSight(pollerOf(), [], seen);
    expect(commits).toMatchObject([{ id: null, reconciliation: { order: { source: 'DISCOVERED', facts: null } } }]);
  });

  it.each([
    ['that may have ended long ago', {}, { mayBeOld: true }],
    ['where orders placed elsewhere are not looked for', { discoversOrders: false }, {}],
  ])('makes none known %s', async (_what, options, differently) => {
    const unreadable = [{ ...UNREADABLE, ...differently }];
    const { commits } = await reconcileSight(pollerOf(options), [], { ...seen, unreadable });
    expect(commits).toEqual([]);
  });

  it('counts for nothing beside one that can be read', async () => {
    const { commits } = await reconcileSight(pollerOf(), [stored], { ...seen, reports: [READABLE] });
    expect(commits.map(({ reconciliation }) => reconciliation.order.state.flags)).toEqual([[]]);
  });

  it('is an answer: the order is not absent', async () => {
    const { commits } = await reconcileSight(pollerOf(), [stored], { ...seen, absent: [stored] });
    expect(commits.map(({ reconciliation }) => reconciliation.order.absence)).toEqual([null]);
  });

  it('is taken once when two answers tell it, and not again while it stays the same', async () => {
    const poller = pollerOf();
    const twice = { ...seen, unreadable: [UNREADABLE, UNREADABLE] };
    expect((await reconcileSight(poller, [stored], twice)).commits).toHaveLength(1);
    poller.seen.mark('A1', ID, 'unreadable');
    expect((await reconcileSight(poller, [stored], twice)).commits).toEqual([]);
  });
});
