/** The feed of fills, and alerts. */
import { alertPage, fillFeed, healthEvent, pollerHealth, summary } from '@fill-tracker/contract';
import { decimal, type StandingAlert } from '@fill-tracker/domain';
import { fillActivity, legOf, orderOf } from '@fill-tracker/domain/testing';
import { describe, expect, it } from 'vitest';
import { buildTestApi, listen, openStream, type TestApi } from './testing/api.ts';
import { NOW, openTestRecord, type TestRecord } from './testing/record.ts';

const filled = (brokerOrderId: string, symbol = 'GME') =>
  orderOf({
    brokerOrderId,
    brokerStatus: 'FILLED',
    filledQuantity: decimal('100'),
    legs: [legOf({ symbol })],
    activities: [
      fillActivity({ price: '22.7301', quantity: '60', second: 57 }),
      fillActivity({ price: '22.7296', quantity: '40', second: 59 }),
    ],
  });

async function open(): Promise<TestRecord & TestApi> {
  const record = await openTestRecord();
  await record.beat();
  return { ...record, ...(await buildTestApi({ record: record.db })) };
}

const json = async (api: TestApi, url: string): Promise<unknown> => (await api.app.inject(url)).json();
const feed = async (api: TestApi, query: string) => fillFeed.parse(await json(api, `/api/fills${query}`));

const anAlert = (part: Partial<StandingAlert> = {}): StandingAlert => ({
  cause: 'order-unpriced',
  subject: 'A1/1001',
  since: NOW - 60_000,
  summary: 'Order 1001 (GME, account A1): the price is unknown.',
  detail: { orderId: 1 },
  ...part,
});
const raise = (record: TestRecord, alerts: readonly StandingAlert[]) =>
  record.db.changeAlerts({ raise: alerts, clear: [], now: NOW, workingOrders: 1, notifies: false, fencing: null });

describe('GET /api/fills', () => {
  it('lets a bot read every fill once, page by page, and says when it has all', async () => {
    const api = await open();
    await api.report([filled('1001'), filled('1002'), filled('1003')]);
    const seen: number[] = [];
    let after = 0;
    for (let hasMore = true; hasMore;) {
      const page = await feed(api, `?after=${after}&limit=4`);
      seen.push(...page.items.map(({ sequence }) => sequence));
      after = seen.at(-1) ?? after;
      hasMore = page.hasMore;
      expect(page.lastSequence).toBe(6);
    }
    expect(seen).toEqual([1, 2, 3, 4, 5, 6]);
    expect(await feed(api, '?after=6')).toEqual({ items: [], lastSequence: 6, hasMore: false });
    await api.report([filled('1004')]);
    expect((await feed(api, '?after=6')).items.map(({ order }) => order.brokerOrderId)).toEqual(['1004', '1004']);
  });

  it('tells the fill exactly, and the order as it is now', async () => {
    const api = await open();
    await api.report([filled('1001')]);
    const { items } = await feed(api, '');
    expect(items[0]).toMatchObject({
      sequence: 1,
      kind: 'RECORDED',
      replacesSequence: null,
      order: {
        account: 'A1',
        brokerOrderId: '1001',
        filledQuantity: '100',
        averagePrice: '22.7299',
        status: 'COMPLETED',
      },
      fill: { price: '22.7301', quantity: '60', symbol: 'GME', instruction: 'BUY', version: 1 },
    });
  });

  it('begins with nothing', async () => {
    expect(await feed(await open(), '')).toEqual({ items: [], lastSequence: 0, hasMore: false });
  });

  it.each(['?after=-1', '?after=1e3', '?after=', '?limit=0', '?limit=1001', '?afer=1', '?after=1&after=2'])(
    'refuses %s',
    async (query) => {
      expect((await (await open()).app.inject(`/api/fills${query}`)).statusCode).toBe(400);
    },
  );

  it('gives markup in a symbol as data', async () => {
    const api = await open();
    await api.report([filled('1001', '<img src=x onerror=alert(1)>')]);
    const answer = await api.app.inject('/api/fills');
    expect(answer.headers['content-type']).toContain('application/json');
    expect(answer.headers['x-content-type-options']).toBe('nosniff');
    expect(fillFeed.parse(answer.json()).items[0]?.order.symbol).toBe('<img src=x onerror=alert(1)>');
  });
});

describe('GET /api/alerts', () => {
  it('lists them newest first, open ones or all, page by page', async () => {
    const api = await open();
    const { raised } = await raise(api, [
      anAlert(),
      anAlert({ subject: 'A1/1002' }),
      anAlert({ cause: 'rate-limited' }),
    ]);
    const [first] = raised;
    if (first === undefined) throw new Error('Nothing was raised');
    const change = { raise: [], now: NOW + 60_000, workingOrders: 1, notifies: false, fencing: null };
    await api.db.changeAlerts({ ...change, clear: [{ alert: first, note: 'It lasted 2 min.', isSightWhole: true }] });

    const all = alertPage.parse(await json(api, '/api/alerts?limit=2'));
    expect(all.items.map(({ id }) => id)).toEqual([3, 2]);
    const rest = alertPage.parse(await json(api, `/api/alerts?limit=2&cursor=${all.nextCursor}`));
    expect(rest).toMatchObject({ nextCursor: null, items: [{ id: 1, clearedNote: 'It lasted 2 min.', orderId: 1 }] });
    const stillOpen = alertPage.parse(await json(api, '/api/alerts?state=open'));
    expect(stillOpen.items.map(({ id }) => id)).toEqual([3, 2]);
    expect(stillOpen.items[0]).toMatchObject({
      cause: 'rate-limited',
      severity: 'warning',
      meaning: expect.stringMatching(/\.$/),
      remedy: expect.stringMatching(/\.$/),
      runbook: 'docs/runbook.md#rate-limited',
      clearedAt: null,
    });
  });

  it.each(['?state=closed', '?cursor=x', '?limit=501'])('refuses %s', async (query) => {
    expect((await (await open()).app.inject(`/api/alerts${query}`)).statusCode).toBe(400);
  });

  it('is counted where a dashboard looks: the summary, the poller and the stream', async () => {
    const api = await open();
    await raise(api, [anAlert(), anAlert({ subject: 'A1/1002' })]);
    expect(summary.parse(await json(api, '/api/summary')).openAlerts).toBe(2);
    expect(pollerHealth.parse(await json(api, '/api/poller'))).toMatchObject({ openAlerts: 2, lastAlertId: 2 });
    const stream = await openStream(`${await listen(api.app)}/api/events`, { accept: 'text/event-stream' });
    let text = '';
    for await (const chunk of stream as AsyncIterable<string>) {
      text += chunk;
      if (/event: health\ndata: .*\n\n/.test(text)) break;
    }
    const data = /event: health\ndata: (.*)\n/.exec(text)?.[1] ?? '';
    expect(healthEvent.parse(JSON.parse(data))).toMatchObject({ openAlerts: 2, lastAlertId: 2 });
  });
});
