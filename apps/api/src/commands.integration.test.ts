/** Commands: queued by the API, carried out by a poller, which is played here. */
import { commandReport, problem } from '@fill-tracker/contract';
import type { Command } from '@fill-tracker/db';
import { orderOf } from '@fill-tracker/domain/testing';
import { describe, expect, it } from 'vitest';
import { buildTestApi, type TestApi } from './testing/api.ts';
import { openTestRecord, type TestRecord } from './testing/record.ts';

async function openWithOrder(): Promise<TestRecord & TestApi> {
  const record = await openTestRecord();
  await record.report([orderOf()]);
  await record.beat();
  return { ...record, ...(await buildTestApi({ record: record.db })) };
}

const REPOLL = { method: 'POST', url: '/api/orders/1/repoll' } as const;
const TRACK = { method: 'POST', url: '/api/orders', payload: { account: 'A2', brokerOrderId: '42' } } as const;

/** Waits until a command is queued. */
async function nextCommand({ db }: TestRecord): Promise<Command> {
  for (;;) {
    const [command] = await db.loadQueuedCommands();
    if (command !== undefined) return command;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

it('queues a re-poll and says where to ask for its outcome', async () => {
  const api = await openWithOrder();
  const answer = await api.app.inject(REPOLL);
  expect(answer.statusCode).toBe(202);
  const report = commandReport.strict().parse(answer.json());
  expect(report).toMatchObject({ kind: 'REPOLL', state: 'QUEUED', outcome: null, pollerState: 'running', orderId: 1 });
  expect(answer.headers['location']).toBe(`/api/commands/${report.commandId}`);
  expect(await api.db.loadQueuedCommands()).toMatchObject([{ accountId: 'A1', orderId: 1, requestedBy: 'api' }]);
});

it('queues to track an order, also when the poller has the id already', async () => {
  const api = await openWithOrder();
  const answer = await api.app.inject(TRACK);
  expect(answer.statusCode).toBe(202);
  expect(commandReport.parse(answer.json())).toMatchObject({ kind: 'TRACK', brokerOrderId: '42', orderId: null });
  expect(await nextCommand(api)).toMatchObject({ accountId: 'A2', brokerOrderId: '42' });
});

it('asks once for an order that is asked for twice', async () => {
  const api = await openWithOrder();
  const [first, second] = [await api.app.inject(REPOLL), await api.app.inject(REPOLL)];
  expect(first.json()).toMatchObject({ commandId: commandReport.parse(second.json()).commandId });
});

it.each(['DONE', 'FAILED'] as const)('answers 200 with the outcome when a preferred wait sees it %s', async (state) => {
  const api = await openWithOrder();
  const answering = api.app.inject({ ...REPOLL, headers: { prefer: 'wait=30' } });
  const { id } = await nextCommand(api);
  await api.answer({ id, state, outcome: { found: true, newFills: 0 } });
  const answer = await answering;
  expect(answer.statusCode).toBe(200);
  expect(answer.headers['preference-applied']).toBe('wait=30');
  expect(commandReport.parse(answer.json())).toMatchObject({ state, outcome: { found: true, newFills: 0 } });
});

it('answers 202 when the wait ends first; the command stays', async () => {
  const record = await openTestRecord();
  await record.report([orderOf()]);
  await record.beat();
  const start = Date.now();
  // Seconds pass as tenths of one.
  const clock = { now: () => start + (Date.now() - start) * 10 };
  await record.beat(start);
  const api = await buildTestApi({ record: record.db, clock });
  const answer = await api.app.inject({ ...REPOLL, headers: { prefer: 'respond-async, wait=2' } });
  expect(answer.statusCode).toBe(202);
  expect(answer.headers['preference-applied']).toBe('wait=2');
  expect(await record.db.loadQueuedCommands()).toHaveLength(1);
});

it('does not wait for a poller that is not at work, and says so; the command is kept', async () => {
  const api = await openWithOrder();
  await api.endPoller();
  const answer = await api.app.inject({ ...REPOLL, headers: { prefer: 'wait=30' } });
  expect(answer.statusCode).toBe(202);
  expect(commandReport.parse(answer.json())).toMatchObject({ state: 'QUEUED', pollerState: 'stopped' });
  expect(await api.db.loadQueuedCommands()).toHaveLength(1);
});

it('answers what it knows when the server stops during a wait', async () => {
  const api = await openWithOrder();
  const answering = api.app.inject({ ...REPOLL, headers: { prefer: 'wait=30' } });
  await nextCommand(api);
  await api.app.close();
  expect((await answering).statusCode).toBe(202);
});

it.each([
  ['an unknown order', { method: 'POST', url: '/api/orders/77/repoll' }],
  ['an unknown account', { ...TRACK, payload: { account: 'A9', brokerOrderId: '42' } }],
] as const)('answers 404 for %s, and queues nothing', async (_what, request) => {
  const api = await openWithOrder();
  const answer = await api.app.inject(request);
  expect(answer.statusCode).toBe(404);
  expect(problem.strict().safeParse(answer.json()).success).toBe(true);
  expect(await api.db.loadQueuedCommands()).toEqual([]);
});

it('names every bad part of a body', async () => {
  const api = await openWithOrder();
  const answer = await api.app.inject({
    ...TRACK,
    payload: { account: 12_345_678, brokerOrderId: '1e5', side: 'BUY' },
  });
  expect(answer.statusCode).toBe(400);
  const { errors = [] } = problem.strict().parse(answer.json());
  expect(errors.map(({ in: place, name }) => `${place} ${name}`).toSorted()).toEqual([
    'body account',
    'body brokerOrderId',
    'body side',
  ]);
});

describe('resolve', () => {
  const RESOLVE = { method: 'POST', url: '/api/orders/1/resolve' } as const;

  it.each([
    { action: 'close', reason: 'the desk confirmed it' },
    { action: 'accept-transactions', reason: 'the statement agrees', by: 'Ann' },
    { action: 'link', replaces: 7, reason: 'changed on the site' },
    { action: 'unlink', reason: 'they are two orders' },
  ])('queues $action with its reason', async (payload) => {
    const api = await openWithOrder();
    const answer = await api.app.inject({ ...RESOLVE, payload });
    expect(answer.statusCode).toBe(202);
    expect(commandReport.strict().parse(answer.json())).toMatchObject({ kind: 'RESOLVE', orderId: 1, state: 'QUEUED' });
    expect(await nextCommand(api)).toMatchObject({ kind: 'RESOLVE', accountId: 'A1', requestedBy: 'api', payload });
  });

  it('answers with what changed, or with what is in the way', async () => {
    const api = await openWithOrder();
    const payload = { action: 'close', reason: 'x' };
    const answering = api.app.inject({ ...RESOLVE, payload, headers: { prefer: 'wait=30' } });
    const { id } = await nextCommand(api);
    await api.answer({ id, state: 'FAILED', outcome: { problem: 'The broker says that the order is alive.' } });
    const answer = await answering;
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toMatchObject({ state: 'FAILED', outcome: { problem: expect.stringContaining('alive') } });
  });

  it.each([
    [{ action: 'close' }, 'reason'],
    [{ action: 'close', reason: '   ' }, 'reason'],
    [{ action: 'close', reason: 'two\nlines' }, 'reason'],
    [{ action: 'close', reason: 'x'.repeat(501) }, 'reason'],
    [{ action: 'close', reason: 'x', by: '' }, 'by'],
    [{ action: 'close', reason: 'x', replaces: 7 }, 'replaces'],
    [{ action: 'link', reason: 'x' }, 'replaces'],
    [{ action: 'link', reason: 'x', replaces: '7' }, 'replaces'],
    [{ action: 'link', reason: 'x', replaces: 1.5 }, 'replaces'],
    [{ action: 'cancel', reason: 'x' }, 'action'],
    [{ reason: 'x' }, 'action'],
  ])('refuses %j, naming %s, and queues nothing', async (payload, name) => {
    const api = await openWithOrder();
    const answer = await api.app.inject({ ...RESOLVE, payload });
    expect(answer.statusCode).toBe(400);
    const { errors = [] } = problem.strict().parse(answer.json());
    expect(errors.map((error) => error.name)).toContain(name);
    expect(await api.db.loadQueuedCommands()).toEqual([]);
  });

  it('answers 404 for an order that is not there', async () => {
    const api = await openWithOrder();
    const payload = { action: 'close', reason: 'x' };
    expect((await api.app.inject({ ...RESOLVE, url: '/api/orders/77/resolve', payload })).statusCode).toBe(404);
  });
});
