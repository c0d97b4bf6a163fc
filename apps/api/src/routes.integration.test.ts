/** Every route of the API answers as the contract says, over a record that the poller's own writes filled. */
import {
  accountList,
  auditPage,
  blindSpotPage,
  commandReport,
  cyclePage,
  fullOrder,
  orderPage,
  pollerHealth,
  problem,
  summary,
} from '@fill-tracker/contract';
import { type BlindSpot, decimal } from '@fill-tracker/domain';
import { cancelActivity, fillActivity, legOf, MONDAY_TEN, orderOf } from '@fill-tracker/domain/testing';
import { describe, expect, it } from 'vitest';
import { buildTestApi, type TestApi } from './testing/api.ts';
import { NOW, openTestRecord, type TestRecord } from './testing/record.ts';

const WORKING = orderOf({ brokerOrderId: '1001' });
const PARTIAL = orderOf({
  brokerOrderId: '1002',
  filledQuantity: decimal('40'),
  activities: [fillActivity({ price: '22.73', quantity: '40', second: 50 })],
});
const FILLED = orderOf({
  brokerOrderId: '1003',
  brokerStatus: 'FILLED',
  filledQuantity: decimal('100'),
  closeTime: MONDAY_TEN + 59_000,
  activities: [
    fillActivity({ price: '22.7301', quantity: '60', second: 57 }),
    fillActivity({ price: '22.7296', quantity: '40', second: 59 }),
  ],
});
const CANCELED = orderOf({
  brokerOrderId: '1004',
  brokerStatus: 'CANCELED',
  legs: [legOf({ symbol: 'AMC', instruction: 'SELL' })],
  activities: [cancelActivity('100')],
});
const UNPRICED = orderOf({ brokerOrderId: '1005', brokerStatus: 'FILLED', filledQuantity: decimal('100') });

const EVIDENCE = { hash: 'sha-1', body: '{"price":22.7301}', requestedAt: NOW, correlationId: 'corr-1' };

async function openFilled(): Promise<TestRecord & TestApi> {
  const record = await openTestRecord();
  await record.report([WORKING, PARTIAL, CANCELED, UNPRICED], { at: MONDAY_TEN + 55_000 });
  await record.report([FILLED], { evidence: EVIDENCE });
  await record.beat();
  return { ...record, ...(await buildTestApi({ record: record.db })) };
}

const json = async (api: TestApi, url: string): Promise<unknown> => (await api.app.inject(url)).json();
const idsOf = async (api: TestApi, query: string): Promise<readonly (string | null)[]> =>
  orderPage.parse(await json(api, `/api/orders?${query}`)).items.map(({ brokerOrderId }) => brokerOrderId);

describe('GET /api/orders', () => {
  it('lists orders as the contract says, exact prices included', async () => {
    const api = await openFilled();
    const page = orderPage.strict().parse(await json(api, '/api/orders'));
    expect(page).toMatchObject({ total: 5, totalIsCapped: false, nextCursor: null });
    expect(page.items.find(({ brokerOrderId }) => brokerOrderId === '1003')).toMatchObject({
      account: { id: 'A1', maskedNumber: '...4321' },
      averagePrice: '22.7299',
      sum: '2272.99',
      priceCents: 2273,
      status: 'COMPLETED',
      outcome: 'FILLED',
      fillCount: 2,
      limitPrice: '22.8',
      closedAt: new Date(MONDAY_TEN + 59_000).toISOString(),
      detectionLatencyMs: 1_000,
    });
  });

  it.each([
    ['status=pending', ['1005', '1002', '1001']],
    ['status=completed', ['1003']],
    ['status=failed', ['1004']],
    ['status=attention', ['1005']],
    ['partial=true', ['1002']],
    ['partial=false&status=pending', ['1005', '1001']],
    ['brokerOrderId=1004', ['1004']],
    ['symbol=amc', ['1004']],
    ['account=A2', []],
    ['account=A1&status=failed', ['1004']],
    ['q=AM', ['1004']],
    ['q=100', ['1003', '1005', '1004', '1002', '1001']],
    ['q=%25', []],
    ['from=2026-01-05&to=2026-01-05&status=failed', ['1004']],
    ['from=2026-01-06', []],
    ['to=2026-01-05T15:00:00Z', []],
    ['from=2026-01-05T15:00:00Z&status=completed', ['1003']],
    ['sort=symbol&limit=1', ['1004']],
    ['sort=closedAt&limit=2', ['1003', '1004']],
  ])('selects by %s', async (query, ids) => {
    expect(await idsOf(await openFilled(), query)).toEqual(ids);
  });

  it('says of pending orders that they were checked by the last complete cycle, of others when they changed', async () => {
    const api = await openFilled();
    await api.cycle({ startedAt: NOW + 900, finishedAt: NOW + 1_000 });
    await api.cycle({ startedAt: NOW + 1_900, finishedAt: NOW + 2_000, outcome: 'failed', errorKind: 'timeout' });
    const { items } = orderPage.parse(await json(api, '/api/orders'));
    const checkedAt = Object.fromEntries(items.map((order) => [order.brokerOrderId, Date.parse(order.lastCheckedAt)]));
    expect(checkedAt).toMatchObject({ '1001': NOW + 1_000, '1003': NOW, '1004': MONDAY_TEN + 55_000 });
  });

  it('stops counting at 10,000', async () => {
    const record = await openTestRecord();
    const many = Array.from({ length: 10_001 }, (_, i) => orderOf({ brokerOrderId: String(i + 1) }));
    await record.report(many);
    const api = await buildTestApi({ record: record.db });
    const page = orderPage.parse(await json(api, '/api/orders?limit=1'));
    expect(page).toMatchObject({ total: 10_000, totalIsCapped: true });
    expect(orderPage.parse(await json(api, '/api/orders?limit=1&brokerOrderId=7'))).toMatchObject({
      total: 1,
      totalIsCapped: false,
    });
  });
});

describe('GET /api/orders/:id', () => {
  it('gives legs, fills, audit trail, chain and evidence, numbers as the broker wrote them', async () => {
    const api = await openFilled();
    const [row] = orderPage.parse(await json(api, '/api/orders?brokerOrderId=1003')).items;
    const order = fullOrder.strict().parse(await json(api, `/api/orders/${row?.id}`));
    expect(order.fills.map(({ price, quantity }) => [quantity, price])).toEqual([
      ['60', '22.7301'],
      ['40', '22.7296'],
    ]);
    expect(order.legs).toEqual([expect.objectContaining({ sum: '2272.99', averagePrice: '22.7299' })]);
    expect(order.audit.map(({ kind }) => kind)).toContain('PRICE_CHANGED');
    expect(order.audit.every(({ actor }) => actor === 'poller')).toBe(true);
    expect(order.chain).toEqual([row]);
    expect(order.evidence).toEqual([
      { hash: 'sha-1', requestedAt: new Date(NOW).toISOString(), correlationId: 'corr-1', body: '{"price":22.7301}' },
    ]);
  });

  it.each(['999', '9007199254740991'])('answers 404 for the unknown id %s', async (id) => {
    const api = await openFilled();
    const answer = await api.app.inject(`/api/orders/${id}`);
    expect(answer.statusCode).toBe(404);
    expect(problem.strict().parse(answer.json())).toMatchObject({ status: 404, title: 'Not Found' });
  });
});

it('GET /api/summary counts tabs, what filled today in New York, and what needs a person', async () => {
  const api = await openFilled();
  expect(summary.strict().parse(await json(api, '/api/summary'))).toMatchObject({
    demo: true,
    counts: { pending: 3, completed: 1, failed: 1, attention: 1, all: 5 },
    filledToday: { date: '2026-01-05', orders: 1 },
    detectionLatency: { fills: 2, averageMs: 2_000 },
    attention: [{ flag: 'UNPRICED', orders: 1 }],
    lastSeq: await api.db.lastAuditSeq(),
  });
});

it('GET /api/poller tells a poller at work from a stopped one, and how fast it is', async () => {
  const api = await openFilled();
  const atWork = pollerHealth.strict().parse(await json(api, '/api/poller'));
  expect(atWork).toMatchObject({
    state: 'running',
    demo: true,
    broker: 'simulator',
    leaseHolder: 'host:1:poller',
    nextPollReason: 'young',
    marketPhase: 'regular',
    marketChangesAt: null,
    requests: { lastMinute: 2, lastHour: 2, perMinuteLimit: 80 },
    errorStreak: null,
    detectionLatency: { fills: 2, p50Ms: 1_000, p95Ms: 3_000 },
    detectionObjectiveMs: 30_000,
    signIn: null,
  });
  await api.cycle({ startedAt: NOW, finishedAt: NOW + 100, outcome: 'failed', errorKind: '429' });
  await api.endPoller();
  expect(pollerHealth.parse(await json(api, '/api/poller'))).toMatchObject({
    state: 'stopped',
    leaseHolder: null,
    nextPollAt: null,
    errorStreak: { cycles: 1, since: new Date(NOW).toISOString(), kinds: [{ kind: '429', cycles: 1 }] },
  });
});

it('GET /api/blind-spots gives every spot once, newest first, and what each kept out of sight', async () => {
  const record = await openTestRecord();
  const api = { ...record, ...(await buildTestApi({ record: record.db })) };
  const spots: readonly BlindSpot[] = [
    { beganAt: MONDAY_TEN - 3_600_000, endedAt: MONDAY_TEN - 3_000_000, cause: 'poller-down', also: ['network'] },
    { beganAt: MONDAY_TEN + 56_000, endedAt: MONDAY_TEN + 58_000, cause: 'timeout', also: [] },
    { beganAt: MONDAY_TEN + 59_500, endedAt: null, cause: 'sign-in-needed', also: [] },
  ];
  for (const spot of spots) await api.note({ blindSpots: [spot] });
  await api.note({ backfilledSpots: [{ id: 1, at: MONDAY_TEN }] });
  await api.report([FILLED]);
  const causes: unknown[] = [];
  let cursor = '';
  do {
    const page = blindSpotPage.strict().parse(await json(api, `/api/blind-spots?limit=2${cursor}`));
    causes.push(
      ...page.items.map(({ cause, also, lateFills, backfilledAt }) => [cause, also, lateFills, backfilledAt]),
    );
    cursor = page.nextCursor === null ? '' : `&cursor=${page.nextCursor}`;
  } while (cursor !== '');
  expect(causes).toEqual([
    ['sign-in-needed', [], 0, null],
    ['timeout', [], 1, null],
    ['poller-down', ['network'], 0, new Date(MONDAY_TEN).toISOString()],
  ]);
  const order = fullOrder.parse(await json(api, '/api/orders/1'));
  expect(order.fills.map(({ foundLate }) => foundLate?.cause ?? null)).toEqual(['timeout', null]);
  expect(pollerHealth.parse(await json(api, '/api/poller'))).toMatchObject({
    blindness: {
      open: { beganAt: new Date(MONDAY_TEN + 59_500).toISOString(), cause: 'sign-in-needed' },
      lastDay: { spots: 3, totalMs: 600_000 + 2_000 + 500 },
      toBackfill: 1,
    },
    detectionLatency: { foundLate: 1 },
  });
  expect((await api.app.inject('/api/blind-spots?cursor=nonsense')).statusCode).toBe(400);
});

it('GET /api/cycles gives every cycle once, newest first', async () => {
  const api = await openFilled();
  for (let n = 1; n <= 5; n += 1) {
    await api.cycle({ startedAt: NOW + n * 1_000, finishedAt: NOW + n * 1_000, outcome: 'failed', errorKind: `e${n}` });
  }
  const kinds: (string | null)[] = [];
  let cursor = '';
  do {
    const page = cyclePage.strict().parse(await json(api, `/api/cycles?limit=2${cursor}`));
    kinds.push(...page.items.map(({ errorKind }) => errorKind));
    cursor = page.nextCursor === null ? '' : `&cursor=${page.nextCursor}`;
  } while (cursor !== '');
  expect(kinds).toEqual(['e5', 'e4', 'e3', 'e2', 'e1', null, null]);
});

it('GET /api/audit gives every entry once, newest first, with what people call its order', async () => {
  const api = await openFilled();
  const seqs: number[] = [];
  let cursor = '';
  do {
    const page = auditPage.strict().parse(await json(api, `/api/audit?limit=4${cursor}`));
    seqs.push(...page.items.map(({ seq }) => seq));
    cursor = page.nextCursor === null ? '' : `&cursor=${page.nextCursor}`;
  } while (cursor !== '');
  const last = await api.db.lastAuditSeq();
  expect(seqs).toEqual(Array.from({ length: last }, (_, i) => last - i));
  const [row] = orderPage.parse(await json(api, '/api/orders?symbol=AMC')).items;
  const { items } = auditPage.parse(await json(api, `/api/audit?orderId=${row?.id}`));
  expect(items.length).toBeGreaterThan(0);
  expect(items.every(({ symbol, brokerOrderId }) => symbol === 'AMC' && brokerOrderId === '1004')).toBe(true);
});

it('GET /api/accounts shows masked numbers', async () => {
  const api = await openFilled();
  expect(accountList.strict().parse(await json(api, '/api/accounts')).items).toEqual([
    { id: 'A1', maskedNumber: '...4321', label: 'Long term', enabled: true },
    { id: 'A2', maskedNumber: '...8765', label: null, enabled: true },
  ]);
});

it('GET /api/commands/:id tells of a command of anybody', async () => {
  const api = await openFilled();
  const id = await api.db.enqueueCommand({
    kind: 'TRACK',
    accountId: 'A1',
    brokerOrderId: '7',
    orderId: null,
    requestedBy: 'cli',
    requestedAt: NOW,
  });
  expect(commandReport.strict().parse(await json(api, `/api/commands/${id}`))).toMatchObject({
    commandId: id,
    state: 'QUEUED',
    outcome: null,
    pollerState: 'running',
    appliedAt: null,
  });
  expect((await api.app.inject('/api/commands/999')).statusCode).toBe(404);
});

describe('what supervisors ask', () => {
  it('GET /healthz and /readyz', async () => {
    const api = await openFilled();
    expect(await json(api, '/healthz')).toEqual({ status: 'alive' });
    expect(await json(api, '/readyz')).toEqual({ status: 'ready' });
  });

  it('GET /metrics counts requests by route, never by address', async () => {
    const api = await openFilled();
    await api.app.inject('/api/orders/1');
    await api.app.inject('/api/orders/12345');
    const { body } = await api.app.inject('/metrics');
    expect(body).toContain(
      'fill_tracker_api_request_duration_seconds_count{method="GET",route="/api/orders/:id",status="200"} 1',
    );
    expect(body).not.toContain('12345');
  });

  it('GET /openapi.json describes every route, and that each may answer with a problem', async () => {
    const api = await openFilled();
    const document = (await json(api, '/openapi.json')) as {
      openapi: string;
      paths: Record<string, Record<string, { responses: Record<string, unknown> }>>;
    };
    expect(document.openapi).toBe('3.1.0');
    expect(Object.keys(document.paths).toSorted()).toEqual(
      [
        '/api/accounts',
        '/api/alerts',
        '/api/audit',
        '/api/blind-spots',
        '/api/commands/{id}',
        '/api/cycles',
        '/api/events',
        '/api/fills',
        '/api/orders',
        '/api/orders.csv',
        '/api/orders/{id}',
        '/api/orders/{id}/repoll',
        '/api/orders/{id}/resolve',
        '/api/orphans',
        '/api/poller',
        '/api/sign-in',
        '/api/summary',
        '/healthz',
        '/metrics',
        '/readyz',
      ].toSorted(),
    );
    for (const operation of Object.values(document.paths).flatMap((path) => Object.values(path))) {
      expect(operation.responses).toHaveProperty(['default', 'content', 'application/problem+json']);
    }
  });

  it('GET /docs is a page whose scripts are files', async () => {
    const api = await openFilled();
    const page = await api.app.inject('/docs');
    expect(page.statusCode).toBe(200);
    expect(page.headers['content-security-policy']).not.toContain('upgrade-insecure-requests');
    const scripts = page.body.match(/<script\b[^>]*>/g) ?? [];
    expect(scripts.length).toBeGreaterThan(0);
    for (const script of scripts) expect(script).toMatch(/ src="\/docs\//);
    expect((await api.app.inject('/docs/static/swagger-initializer.js')).statusCode).toBe(200);
  });
});
