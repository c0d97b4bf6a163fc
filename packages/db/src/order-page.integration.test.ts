import { decimal, decimalText } from '@fill-tracker/domain';
import { fillActivity, legOf, orderOf } from '@fill-tracker/domain/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OrderPageQuery, OrderPosition } from './order-page.ts';
import type { OrderView } from './orders.ts';
import { arbitraryChange, renamed } from './testing/arbitrary-orders.ts';
import { asItStands, commitOf, firstReport, NOW, openForCycles } from './testing/test-database.ts';

const ANYTHING = { sort: 'enteredAt', direction: 'desc', limit: 1_000 } as const satisfies OrderPageQuery;

/** Filters that hit often: most values are some order's own. */
const arbitraryFilter = (orders: readonly OrderView[]) => {
  const order = fc.constantFrom(...orders);
  const entered = order.map(({ known }) => known.facts?.enteredAt ?? known.firstSeenAt);
  return fc.record(
    {
      status: fc.constantFrom('PENDING', 'COMPLETED', 'FAILED'),
      attention: fc.constant(true),
      partial: fc.boolean(),
      brokerOrderId: order.map(({ known }) => known.brokerOrderId),
      symbol: order.map(({ known }) => known.facts?.legs[0]?.symbol ?? 'none'),
      accountId: fc.constantFrom('A1', 'A2'),
      enteredFrom: entered,
      enteredBefore: entered,
    },
    { requiredKeys: [] },
  );
};

type Filter = typeof arbitraryFilter extends (orders: readonly OrderView[]) => fc.Arbitrary<infer T> ? T : never;

/** What the filters mean, without SQL. */
function matches({ known, accountId }: OrderView, filter: Filter): boolean {
  const { state, facts } = known;
  const filled = state.filledQuantity === null ? '0' : decimalText(state.filledQuantity);
  const quantity = facts?.quantity ? decimalText(facts.quantity) : null;
  const isPartial =
    state.outcome === 'PARTIALLY_FILLED' || (state.status === 'PENDING' && filled !== '0' && filled !== quantity);
  const isOpen = state.status === 'PENDING';
  const enteredAt = facts?.enteredAt ?? (isOpen ? null : state.closedAt) ?? known.firstSeenAt;
  return (
    (filter.status === undefined || state.status === filter.status) &&
    (filter.attention === undefined || state.flags.length > 0) &&
    (filter.partial === undefined || isPartial === filter.partial) &&
    (filter.brokerOrderId === undefined || known.brokerOrderId === filter.brokerOrderId) &&
    (filter.symbol === undefined || facts?.legs[0]?.symbol === filter.symbol) &&
    (filter.accountId === undefined || accountId === filter.accountId) &&
    (filter.enteredFrom === undefined || enteredAt >= filter.enteredFrom) &&
    (filter.enteredBefore === undefined || enteredAt < filter.enteredBefore)
  );
}

async function openWithAnyOrders() {
  const { db, fencing } = await openForCycles();
  await db.upsertAccount({ hash: 'HASH-2', maskedNumber: '...1234' });
  const orders = fc
    .sample(arbitraryChange, { numRuns: 60, seed: 7 })
    .map(([order], i) => asItStands(renamed(order, String(i + 1)), { accountId: i % 3 === 0 ? 'A2' : 'A1' }));
  await db.commitPollCycle(commitOf(fencing, { orders }));
  return { db, all: await db.findOrders({ limit: 1_000 }) };
}

describe('pageOrders', () => {
  it('gives exactly the orders that the filters mean, on pages of any size, and counts them', async () => {
    const { db, all } = await openWithAnyOrders();
    const sorts = fc.record({
      sort: fc.constantFrom('enteredAt', 'closedAt', 'symbol'),
      direction: fc.constantFrom('asc', 'desc'),
    });
    await fc.assert(
      fc.asyncProperty(arbitraryFilter(all), sorts, fc.integer({ min: 1, max: 70 }), async (filter, sort, limit) => {
        const expected = all.filter((order) => matches(order, filter)).map(({ id }) => id);
        const found: number[] = [];
        let after: OrderPosition | null = null;
        do {
          const { orders, next } = await db.pageOrders({ ...filter, ...sort, limit, ...(after && { after }) });
          expect(orders.length).toBe(Math.min(limit, expected.length - found.length));
          found.push(...orders.map(({ id }) => id));
          after = next;
        } while (after !== null);
        expect(found.toSorted((a, b) => b - a)).toEqual(expected);
        expect(await db.countMatchingOrders(filter, 1_000)).toBe(expected.length);
        expect(await db.countMatchingOrders(filter, 3)).toBe(Math.min(3, expected.length));
      }),
      { numRuns: 150 },
    );
  });

  it('finds a text in the symbol of any leg, whatever its case, and at the beginning of a broker id', async () => {
    const { db, fencing } = await openForCycles();
    const spread = orderOf({
      brokerOrderId: '501',
      legs: [legOf({ symbol: 'SPY' }), legOf({ legId: '2', symbol: 'SPY   260116C00700000' })],
    });
    const orders = [spread, orderOf({ brokerOrderId: '777' }), orderOf({ brokerOrderId: '150', legs: [] })];
    await db.commitPollCycle(commitOf(fencing, { orders: orders.map((order) => firstReport(order)) }));
    const idsFor = async (text: string) =>
      (await db.pageOrders({ ...ANYTHING, text })).orders.map(({ known }) => known.brokerOrderId);
    expect(await idsFor('0116c')).toEqual(['501']);
    expect(await idsFor('gme')).toEqual(['777']);
    expect(await idsFor('50')).toEqual(['501']);
    expect(await idsFor('%')).toEqual([]);
    expect(await idsFor('S_Y')).toEqual([]);
  });
});

describe('counts for a summary', () => {
  it('count what ended with something traded from an instant on, and before another', async () => {
    const { db, fencing } = await openForCycles();
    const filledAt = (id: string, closeTime: number) =>
      orderOf({
        brokerOrderId: id,
        brokerStatus: 'FILLED',
        closeTime,
        filledQuantity: decimal('100'),
        activities: [fillActivity({ price: '22.73', quantity: '100' })],
      });
    const orders = [filledAt('1', NOW), filledAt('2', NOW + 1_000), orderOf({ brokerOrderId: '3' })];
    await db.commitPollCycle(commitOf(fencing, { orders: orders.map((order) => firstReport(order)) }));
    expect(await db.countFilledBetween(NOW, NOW + 1_000)).toBe(1);
    expect(await db.countFilledBetween(NOW, NOW + 1_001)).toBe(2);
  });

  it('count each flag, most first', async () => {
    const { db, fencing } = await openForCycles();
    const orders = [
      orderOf({ brokerOrderId: '1', brokerStatus: 'FILLED', filledQuantity: decimal('100') }),
      orderOf({ brokerOrderId: '2', brokerStatus: 'FILLED', filledQuantity: decimal('100') }),
      orderOf({ brokerOrderId: '3', brokerStatus: 'NO_SUCH_WORD' }),
    ];
    await db.commitPollCycle(commitOf(fencing, { orders: orders.map((order) => firstReport(order)) }));
    expect(await db.countFlags()).toEqual([
      { flag: 'UNPRICED', orders: 2 },
      { flag: 'UNKNOWN_STATUS', orders: 1 },
    ]);
  });
});
