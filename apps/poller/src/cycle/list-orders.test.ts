import { HOUR, type PollWindow } from '@fill-tracker/domain';
import { parseOrder, SchwabError } from '@fill-tracker/schwab-client';
import { describe, expect, it } from 'vitest';
import type { Poller } from '../poller.ts';
import { hearing } from '../testing/heard-events.ts';
import { createSeenReports } from './seen-reports.ts';
import { listOrders } from './list-orders.ts';

const FROM = Date.parse('2026-01-12T00:00:00Z');
const WINDOW: PollWindow = { from: FROM, to: FROM + 4 * HOUR };
const ACCOUNTS = [{ id: 'A1', hash: 'HASH' }];
const SIGNAL = new AbortController().signal;

/** A broker with an order at each of these instants, which gives 3,000 of a window and no more. */
function brokerOf(enteredAt: readonly number[], failAt = Infinity) {
  const windows: PollWindow[] = [];
  const client = {
    listOrders({ from, to, maxResults }: PollWindow & { maxResults: number }) {
      windows.push({ from, to });
      if (windows.length >= failAt) return Promise.reject(new SchwabError('server', 'as told'));
      const orders = enteredAt
        .map((at, i) => ({ at, id: i + 1 }))
        .filter(({ at }) => at >= from && at <= to)
        .slice(0, maxResults)
        .map(({ id }) => parseOrder(JSON.stringify({ orderId: id, status: 'WORKING' })));
      return Promise.resolve({
        requestedAt: FROM,
        respondedAt: FROM,
        correlationId: null,
        serverDate: null,
        orders,
        odd: [],
        rows: orders.length,
      });
    },
  };
  const { events } = hearing(() => undefined);
  const clock = { now: () => FROM };
  const poller = { client, clock, events, toldUnreadable: createSeenReports(), accounts: { forget: () => undefined } };
  return { poller: poller as unknown as Poller, windows };
}

const evenly = (count: number, span = 4 * HOUR): number[] =>
  Array.from({ length: count }, (_, i) => FROM + Math.floor((i * span) / count));

describe('listOrders', () => {
  it('asks once for fewer orders than one answer holds', async () => {
    const { poller, windows } = brokerOf(evenly(2_999));
    const listing = await listOrders(poller, ACCOUNTS, WINDOW, SIGNAL);
    expect([listing.shown?.size, listing.isCutOff, windows.length]).toEqual([2_999, false, 1]);
  });

  it('takes a list of exactly 3,000 for cut off and asks again in halves, until nothing is missing', async () => {
    const { poller, windows } = brokerOf(evenly(7_000));
    const listing = await listOrders(poller, ACCOUNTS, WINDOW, SIGNAL);
    expect([listing.shown?.size, listing.isCutOff]).toEqual([7_000, false]);
    expect(windows.length).toBe(7);
  });

  it('says that a list is cut off that no halving can hold', async () => {
    const { poller, windows } = brokerOf(evenly(4_000, 1));
    const listing = await listOrders(poller, ACCOUNTS, WINDOW, SIGNAL);
    expect(listing.isCutOff).toBe(true);
    expect(windows.length).toBeLessThanOrEqual(32);
  });

  it('shows nothing when a part does not come: half a list is no list', async () => {
    const { poller } = brokerOf(evenly(7_000), 3);
    const listing = await listOrders(poller, ACCOUNTS, WINDOW, SIGNAL);
    expect([listing.shown, listing.failure, listing.reports]).toEqual([null, 'server', []]);
  });
});
