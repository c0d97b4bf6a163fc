import { ALWAYS_OPEN, HOUR, MINUTE, newlyKnownOrder } from '@fill-tracker/domain';
import {
  OddOrderError,
  parseOrder,
  type SchwabClient,
  SchwabError,
  type SchwabErrorKind,
  type SchwabOrderReport,
} from '@fill-tracker/schwab-client';
import type { StoredOrder } from '@fill-tracker/db';
import { describe, expect, it } from 'vitest';
import type { Poller } from '../poller.ts';
import { hearing } from '../testing/heard-events.ts';
import { translateOrder } from '../translate-order.ts';
import { lookAtBroker } from './look-at-broker.ts';
import { reconcileSight } from './reconcile-sight.ts';
import { createSeenReports } from './seen-reports.ts';

const NOW = Date.parse('2026-01-12T15:00:00Z');
const OPTIONS = { byIdLimit: 10, signal: new AbortController().signal };

const reportOf = (fields: object): SchwabOrderReport => parseOrder(JSON.stringify({ status: 'WORKING', ...fields }));

/** Pending for a while, so that an absence may mean something. */
function pending(id: number, brokerOrderId: string, accountId = 'A1'): StoredOrder {
  return { id, accountId, known: newlyKnownOrder(brokerOrderId, 'TRACKED', NOW - 10 * MINUTE) };
}

interface FakeBroker {
  readonly accounts?: readonly string[];
  /** What the list holds, or how it fails. */
  readonly list: readonly object[] | SchwabErrorKind;
  /** The same of a list that reaches back more than a day. */
  readonly sweep?: readonly object[] | SchwabErrorKind;
  /** Answers by order id; 404 for all others. */
  readonly byId?: Readonly<Record<string, object | SchwabErrorKind>>;
}

/** A poller with a broker that answers at once, and with what it was asked. */
function pollerOf({ accounts = ['12345678'], list, sweep = list, byId = {} }: FakeBroker) {
  const calls: string[] = [];
  const answer = { requestedAt: NOW, respondedAt: NOW, correlationId: null, serverDate: null };
  const listedFrom: number[] = [];
  const listing = (name: string) => (query: { readonly from: number }) => {
    calls.push(name);
    listedFrom.push(query.from);
    const told = query.from < NOW - 48 * HOUR ? sweep : list;
    if (typeof told === 'string') return Promise.reject(new SchwabError(told, 'as told'));
    return Promise.resolve({ ...answer, orders: told.map(reportOf), odd: [], rows: told.length });
  };
  const client = {
    budget: () => ({ allowedPerMinute: 80 }),
    listOrders: listing('list-orders'),
    listAllOrders: listing('list-all-orders'),
    getOrder({ orderId }: { orderId: string }) {
      calls.push(orderId);
      const told = byId[orderId] ?? 'not-found';
      if (typeof told === 'string') return Promise.reject(new SchwabError(told, 'as told'));
      return Promise.resolve({ ...answer, report: reportOf(told) });
    },
  };
  const polled = accounts.map((number, i) => ({ number, id: `A${i + 1}`, hash: `HASH-${number}` }));
  const { events, heard } = hearing(() => undefined);
  const poller: Pick<
    Poller,
    | 'clock'
    | 'random'
    | 'discoversOrders'
    | 'calendar'
    | 'accounts'
    | 'seen'
    | 'toldUnreadable'
    | 'lastAskedAt'
    | 'answeredAt'
    | 'sweeps'
    | 'watchingSince'
    | 'events'
  > = {
    clock: { now: () => NOW, sleep: () => Promise.resolve() },
    random: () => 0,
    discoversOrders: true,
    calendar: () => ALWAYS_OPEN,
    accounts: {
      current: () => Promise.resolve(polled),
      byNumber: (number) => polled.find((account) => account.number === number) ?? null,
      forget: () => void calls.push('forget accounts'),
      missing: () => [],
    },
    seen: createSeenReports(),
    toldUnreadable: createSeenReports(),
    lastAskedAt: new Map(),
    answeredAt: new Map(),
    watchingSince: NOW - HOUR,
    sweeps: { last: { at: NOW, from: NOW, calls: 1 }, failedAt: null },
    events,
  };
  const db = { loadOrdersByBrokerIds: () => Promise.resolve([]) };
  const whole = { ...poller, db, client: client as unknown as SchwabClient } as unknown as Poller;
  return { poller: whole, heard, calls, listedFrom };
}

describe('an order that is missing from the list and unknown by its id', () => {
  it('is absent when the list agrees', async () => {
    const { poller } = pollerOf({ list: [{ orderId: 2 }] });
    const sight = await lookAtBroker(poller, [pending(1, '1')], OPTIONS, NOW);
    expect(sight.absent.map(({ id }) => id)).toEqual([1]);
    expect(sight).toMatchObject({ failures: [], tally: { due: 1, examined: 1 } });
  });

  it('is not absent when the list is so long that it may be cut off', async () => {
    const { poller } = pollerOf({ list: Array.from({ length: 3_000 }, (_, i) => ({ orderId: i + 10 })) });
    const sight = await lookAtBroker(poller, [pending(1, '1')], OPTIONS, NOW);
    expect(sight.listing?.isCutOff).toBe(true);
    expect(sight.absent).toEqual([]);
  });

  it('is not absent when the list did not come', async () => {
    const { poller, calls } = pollerOf({ list: 'timeout' });
    const sight = await lookAtBroker(poller, [pending(1, '1')], OPTIONS, NOW);
    expect(calls).toEqual(['list-orders', '1']);
    expect(sight).toMatchObject({ absent: [], failures: ['timeout'] });
  });

  it('is not absent when it stands in the tree of its parent', async () => {
    const tree = {
      orderId: 1,
      orderLegCollection: [{}],
      childOrderStrategies: [{ orderId: 2, status: 'WORKING', orderLegCollection: [{}] }],
    };
    const { poller } = pollerOf({ list: [], byId: { 1: tree } });
    const orders = [pending(1, '1'), pending(2, '2')];
    const sight = await lookAtBroker(poller, orders, OPTIONS, NOW);
    const { commits } = await reconcileSight(poller, orders, sight);
    expect(commits.map(({ id }) => id)).toEqual([1, 2]);
    expect(commits.map(({ reconciliation }) => reconciliation.order.absence)).toEqual([null, null]);
  });
});

describe('an order that is asked for by its id', () => {
  const PAIR = [
    { orderId: 2, status: 'WORKING', quantity: 10 },
    { orderId: 3, status: 'WORKING', quantity: 10 },
  ];

  it('was asked for in vain when it cannot be read; what else the answer tells counts', async () => {
    const odd = { orderId: 1, quantity: -1, childOrderStrategies: PAIR };
    const { poller, heard } = pollerOf({ list: [], byId: { 1: odd } });
    const order = pending(1, '1');
    const sight = await lookAtBroker(poller, [order], OPTIONS, NOW);
    expect(sight).toMatchObject({ examined: [], inVain: [order], failures: ['shape'] });
    expect(sight.reports.map(({ order: { brokerOrderId } }) => brokerOrderId)).toEqual(['2', '3']);
    const problem = 'order.quantity is below zero: -1';
    expect(heard.orderUnreadable).toEqual([{ brokerOrderId: '1', problem }]);
    expect(sight.unreadable).toMatchObject([{ accountId: 'A1', brokerOrderId: '1', problem, toldBy: 'id' }]);
  });

  it('tells how it looks when it is not even of the shape of an order', async () => {
    const { poller } = pollerOf({ list: [] });
    const odd = { orderId: '1', problem: 'status: is missing', text: '{"orderId":1}' };
    Object.assign(poller.client, { getOrder: () => Promise.reject(new OddOrderError(odd)) });
    const sight = await lookAtBroker(poller, [pending(1, '1')], OPTIONS, NOW);
    expect(sight).toMatchObject({ failures: ['shape'], absent: [] });
    expect(sight.unreadable).toMatchObject([{ brokerOrderId: '1', problem: odd.problem, text: odd.text }]);
  });

  it('was asked for in vain when the answer is about another', async () => {
    const { poller } = pollerOf({ list: [], byId: { 1: { orderId: 9, quantity: 1 } } });
    const sight = await lookAtBroker(poller, [pending(1, '1')], OPTIONS, NOW);
    expect(sight).toMatchObject({ absent: [], failures: ['shape'] });
  });

  it('is absent when its id only holds others together: else it would be asked for for ever', async () => {
    const { poller, heard } = pollerOf({ list: [], byId: { 1: { orderId: 1, childOrderStrategies: PAIR } } });
    const order = pending(1, '1');
    const sight = await lookAtBroker(poller, [order], OPTIONS, NOW);
    expect(sight).toMatchObject({ examined: [order], absent: [order], inVain: [], failures: [] });
    expect(sight.reports.map(({ order: { brokerOrderId } }) => brokerOrderId)).toEqual(['2', '3']);
    expect(heard.orderUnreadable).toEqual([]);
  });
});

describe('a listed order with odd ones below it', () => {
  it('is recorded; what is wrong with them is told once, with its place', async () => {
    const list = [
      {
        orderId: 1,
        quantity: 100,
        childOrderStrategies: [{ orderId: 2 }, { orderId: 3, status: 'WORKING', quantity: 1, enteredTime: 'soon' }],
      },
    ];
    const { poller, heard } = pollerOf({ list });
    const { reports, unreadable } = await lookAtBroker(poller, [], OPTIONS, NOW);
    await lookAtBroker(poller, [], OPTIONS, NOW);
    expect(reports.map(({ order }) => order.brokerOrderId)).toEqual(['1', '3']);
    expect(unreadable).toMatchObject([{ accountId: 'A1', brokerOrderId: '2', toldBy: 'list' }]);
    expect(heard.orderUnreadable).toEqual([
      { brokerOrderId: '2', problem: 'childOrderStrategies[0].status: is missing (below order 1)' },
    ]);
    expect(heard.valueUnreadable).toEqual([
      { brokerOrderId: '3', problem: 'order.childOrderStrategies[1].enteredTime is no time: "soon"' },
    ]);
  });
});

describe('calls to the broker', () => {
  it('ask by id only after it was told what the list showed', async () => {
    const { poller, calls } = pollerOf({ list: [{ orderId: 2 }] });
    const beforeById = (): Promise<void> => Promise.resolve(void calls.push('told'));
    await lookAtBroker(poller, [pending(1, '1')], { ...OPTIONS, beforeById }, NOW);
    expect(calls).toEqual(['list-orders', 'told', '1']);
  });

  it('asks by id for nothing that the list shows', async () => {
    const { poller, calls } = pollerOf({ list: [{ orderId: 1 }] });
    await lookAtBroker(poller, [pending(1, '1')], OPTIONS, NOW);
    expect(calls).toEqual(['list-orders']);
  });

  it('are pointless after a 429, a 401 or a dead sign-in', async () => {
    for (const kind of ['rate-limited', 'unauthorized', 'sign-in-needed'] as const) {
      const { poller, calls } = pollerOf({ list: kind });
      const sight = await lookAtBroker(poller, [pending(1, '1')], OPTIONS, NOW);
      expect(calls).toEqual(['list-orders']);
      expect(sight).toMatchObject({ failures: [kind], tally: { due: 1, examined: 0 } });
    }
  });

  it('go on after a failure that is about one order', async () => {
    const { poller, calls } = pollerOf({ list: [], byId: { 1: 'server', 2: { orderId: 2 } } });
    const sight = await lookAtBroker(poller, [pending(1, '1'), pending(2, '2')], OPTIONS, NOW);
    expect(calls).toEqual(['list-orders', '1', '2']);
    expect(sight).toMatchObject({ failures: ['server'], tally: { due: 2, examined: 1 } });
  });

  it('keep to the limit of by-id calls, those that waited longest first', async () => {
    const { poller, calls } = pollerOf({ list: [] });
    poller.lastAskedAt.set(1, NOW - MINUTE);
    const orders = [pending(1, '1'), pending(2, '2'), pending(3, '3')];
    await lookAtBroker(poller, orders, { ...OPTIONS, byIdLimit: 2 }, NOW);
    expect(calls).toEqual(['list-orders', '2', '3']);
  });

  it('look the accounts up again after a refusal, for their hashes may have changed', async () => {
    const { poller, calls } = pollerOf({ list: 'bad-request' });
    await lookAtBroker(poller, [], OPTIONS, NOW);
    expect(calls).toContain('forget accounts');
  });

  it('are not made for an order of an account that this login does not have', async () => {
    const { poller, calls } = pollerOf({ list: [] });
    const sight = await lookAtBroker(poller, [pending(1, '1', 'A9')], OPTIONS, NOW);
    expect(calls).toEqual(['list-orders']);
    expect(sight).toMatchObject({ failures: ['forbidden'], absent: [] });
  });

  it('are made for the others, however many orders there are that nobody can be asked about', async () => {
    const { poller, calls } = pollerOf({ list: [], byId: { 50: { orderId: 50 } } });
    const lost = Array.from({ length: 20 }, (_, i) => pending(i + 1, String(i + 1), 'A9'));
    const sight = await lookAtBroker(poller, [...lost, pending(50, '50')], { ...OPTIONS, byIdLimit: 1 }, NOW);
    expect(calls).toEqual(['list-orders', '50']);
    expect(sight.reports).toHaveLength(1);
  });
});

describe('an ended order that is due for another look', () => {
  it('is looked at by its id when the list does not show it, and told apart when that fails', async () => {
    const { poller, calls } = pollerOf({ list: [{ orderId: 1 }], byId: { 2: { orderId: 2 }, 3: 'server' } });
    const rechecks = ['1', '2', '3'].map((id) => pending(Number(id), id));
    const sight = await lookAtBroker(poller, [], { ...OPTIONS, rechecks }, NOW);
    expect(calls).toEqual(['list-orders', '2', '3']);
    expect(sight.rechecked.map(({ id }) => id)).toEqual([1, 2]);
    expect(sight.recheckFailed.map(({ id }) => id)).toEqual([3]);
    expect(sight.failures).toEqual([]);
  });

  it('has failed when its account is beyond this login: it must not stay first in the queue', async () => {
    const { poller, calls } = pollerOf({ list: [] });
    const sight = await lookAtBroker(poller, [], { ...OPTIONS, rechecks: [pending(1, '1', 'A9')] }, NOW);
    expect(calls).toEqual(['list-orders']);
    expect(sight.recheckFailed.map(({ id }) => id)).toEqual([1]);
  });
});

describe('an order that rests from an earlier date', () => {
  const THREE_DAYS = 72 * HOUR;

  function resting(id: number): StoredOrder {
    const order = pending(id, String(id));
    const { order: facts } = translateOrder(
      parseOrder(
        JSON.stringify({
          orderId: id,
          status: 'WORKING',
          session: 'NORMAL',
          enteredTime: new Date(NOW - THREE_DAYS).toISOString(),
          orderLegCollection: [{}],
        }),
      ).order,
    );
    return { ...order, known: { ...order.known, facts } };
  }

  const neverSwept = { last: null, failedAt: null };

  it('is looked at by a list that reaches back to it, not by its id', async () => {
    const { poller, calls, listedFrom } = pollerOf({ list: [{ orderId: 1 }, { orderId: 2 }] });
    poller.sweeps = { last: { at: NOW - HOUR, from: NOW, calls: 1 }, failedAt: null };
    const sight = await lookAtBroker(poller, [resting(1), resting(2)], OPTIONS, NOW);
    expect(calls).toEqual(['list-orders']);
    expect(listedFrom).toEqual([NOW - THREE_DAYS - 1_000]);
    expect(sight.tally).toEqual({ due: 2, examined: 2 });
    // To be remembered once the look is in the record; until then it counts as not made.
    expect(sight.sweeps).toEqual({ last: { at: NOW, from: NOW - THREE_DAYS - 1_000, calls: 1 }, failedAt: null });
    expect(poller.sweeps).toEqual({ last: { at: NOW - HOUR, from: NOW, calls: 1 }, failedAt: null });
  });

  it('costs nothing between two such lists', async () => {
    const { poller, calls, listedFrom } = pollerOf({ list: [] });
    poller.sweeps = { last: { at: NOW - 1_000, from: NOW - THREE_DAYS, calls: 1 }, failedAt: null };
    await lookAtBroker(poller, [resting(1)], OPTIONS, NOW);
    expect(calls).toEqual(['list-orders']);
    expect(listedFrom[0]).toBeGreaterThan(NOW - THREE_DAYS);
  });

  it('is asked for by its id when such a list did not come; the trading date is listed all the same', async () => {
    const { poller, calls, listedFrom } = pollerOf({ list: [], sweep: 'server', byId: { 1: { orderId: 1 } } });
    poller.sweeps = neverSwept;
    const sight = await lookAtBroker(poller, [resting(1)], OPTIONS, NOW);
    expect(calls).toEqual(['list-orders', 'list-orders', '1']);
    expect(listedFrom[0]).toBeLessThan(NOW - THREE_DAYS);
    expect(listedFrom[1]).toBeGreaterThan(NOW - THREE_DAYS);
    expect(sight.failures).toEqual([]);
    expect(sight.sweeps).toEqual({ last: null, failedAt: NOW });
    poller.sweeps = sight.sweeps;
    await lookAtBroker(poller, [resting(1)], OPTIONS, NOW);
    expect(listedFrom[2]).toBeGreaterThan(NOW - THREE_DAYS);
  });

  it.each(['server', 'rate-limited', 'network'] as const)(
    'is looked at by such a list again as soon as the broker answers, when nothing came (%s)',
    async (kind) => {
      const { poller } = pollerOf({ list: kind });
      poller.sweeps = neverSwept;
      const sight = await lookAtBroker(poller, [resting(1)], OPTIONS, NOW);
      expect([sight.sweeps, poller.sweeps]).toEqual([neverSwept, neverSwept]);
    },
  );

  it('is looked at by its id after a look that was cut in the middle of such a list', async () => {
    const { poller } = pollerOf({ list: [] });
    poller.sweeps = neverSwept;
    const cut = new AbortController();
    cut.abort(new Error('cut'));
    Object.assign(poller.client, { listOrders: () => Promise.reject(cut.signal.reason) });
    await expect(lookAtBroker(poller, [resting(1)], OPTIONS, NOW)).rejects.toThrow('cut');
    expect(poller.sweeps).toEqual({ last: null, failedAt: NOW });
  });

  it('is taken in when nobody tracks it and it lives or lived while we watched; one that ended before is history', async () => {
    const ended = (ago: number): string => new Date(NOW - ago).toISOString();
    const enteredTime = new Date(NOW - THREE_DAYS).toISOString();
    const list = [
      { orderId: 1, status: 'WORKING', enteredTime, orderLegCollection: [{}] },
      { orderId: 2, status: 'FILLED', enteredTime, orderLegCollection: [{}] },
      { orderId: 3, status: 'FILLED', enteredTime: new Date(NOW).toISOString(), orderLegCollection: [{}] },
      { orderId: 4, status: 'FILLED', enteredTime, closeTime: ended(HOUR + 1), orderLegCollection: [{}] },
      { orderId: 5, status: 'FILLED', enteredTime, closeTime: ended(HOUR), orderLegCollection: [{}] },
    ];
    const { poller } = pollerOf({ list });
    poller.sweeps = neverSwept;
    const { commits, foreign } = await reconcileSight(poller, [], await lookAtBroker(poller, [], OPTIONS, NOW));
    expect(commits.map(({ reconciliation }) => reconciliation.order.brokerOrderId)).toEqual(['1', '3', '5']);
    expect(foreign).toEqual([]);
  });
});

describe('several accounts', () => {
  const TWO = ['12345678', '23456789'];

  it('share one list call; each order goes to the account that it names', async () => {
    const list = [
      { orderId: 1, accountNumber: 12_345_678 },
      { orderId: 2, accountNumber: 23_456_789 },
    ];
    const { poller, calls } = pollerOf({ accounts: TWO, list });
    const { reports } = await lookAtBroker(poller, [], OPTIONS, NOW);
    expect(calls).toEqual(['list-all-orders']);
    expect(reports.map(({ accountId }) => accountId)).toEqual(['A1', 'A2']);
  });

  it('an order of an unknown account is set aside, told once, and disturbs no other', async () => {
    const list = [{ orderId: 1, accountNumber: 99_999_999 }, { orderId: 2 }, { orderId: 3, accountNumber: 12_345_678 }];
    const { poller, heard } = pollerOf({ accounts: TWO, list });
    const { reports } = await lookAtBroker(poller, [], OPTIONS, NOW);
    await lookAtBroker(poller, [], OPTIONS, NOW);
    expect(reports.map(({ order }) => order.brokerOrderId)).toEqual(['3']);
    expect(heard.orderUnreadable.map(({ brokerOrderId }) => brokerOrderId)).toEqual(['1', '2']);
  });
});
