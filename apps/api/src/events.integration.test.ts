/** The event stream, over real connections. */
import { auditRecord, healthEvent, problem } from '@fill-tracker/contract';
import { EventEmitter, once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { backUpRecord, restoreRecord } from '@fill-tracker/db';
import { decimal } from '@fill-tracker/domain';
import { fillActivity, orderOf } from '@fill-tracker/domain/testing';
import { EventSource } from 'eventsource';
import { expect, it, onTestFinished } from 'vitest';
import { ProblemError } from './problem-error.ts';
import { MAX_STREAMS } from './routes/events/index.ts';
import { buildTestApi, listen, openStream, type TestApi } from './testing/api.ts';
import { DEMO, NOW, openTestRecord, type TestRecord } from './testing/record.ts';

interface ServedRecord extends TestRecord, TestApi {
  readonly address: string;
}

async function serveRecord(file?: string): Promise<ServedRecord> {
  const record = await openTestRecord(file);
  const api = await buildTestApi({ record: record.db });
  return { ...record, ...api, address: `${await listen(api.app)}/api/events` };
}

async function endRecord({ db, endPoller }: TestRecord): Promise<void> {
  await endPoller();
  await db.close();
}

/** Orders that came into the record; each makes audit entries. */
async function addOrders({ report }: TestRecord, first: number, count: number): Promise<void> {
  await report(Array.from({ length: count }, (_, i) => orderOf({ brokerOrderId: String(first + i) })));
}

/** What an EventSource heard, in order, until it is enough. */
function hear(address: string) {
  const source = new EventSource(address);
  onTestFinished(() => source.close());
  const seqs: number[] = [];
  const names: string[] = [];
  const waiting = new Set<() => void>();
  const heard = (): void => {
    for (const look of waiting) look();
  };
  source.addEventListener('message', ({ data, lastEventId }) => {
    const record = auditRecord.strict().parse(JSON.parse(String(data)));
    expect(lastEventId).toBe(String(record.seq));
    seqs.push(record.seq);
    heard();
  });
  for (const name of ['reset', 'health', 'open', 'error']) {
    source.addEventListener(name, () => {
      names.push(name);
      heard();
    });
  }
  const until = (isEnough: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (!isEnough()) return;
        waiting.delete(look);
        resolve();
      };
      waiting.add(look);
      look();
    });
  return { source, seqs, names, until };
}

const upTo = (last: number, from = 1): number[] => Array.from({ length: last - from + 1 }, (_, i) => from + i);

/** Reads until the text holds something. */
async function readUntil(stream: IncomingMessage, isEnough: (text: string) => boolean): Promise<string> {
  let text = '';
  for await (const piece of stream.iterator({ destroyOnReturn: false })) {
    text += String(piece);
    if (isEnough(text)) return text;
  }
  throw new Error(`the stream ended after: ${text}`);
}

it('tells every change that comes, with the number of its audit entry as id', async () => {
  const world = await serveRecord();
  await addOrders(world, 1, 3);
  const before = await world.db.lastAuditSeq();
  const listener = hear(world.address);
  await listener.until(() => listener.names.includes('health'));
  await addOrders(world, 10, 5);
  const last = await world.db.lastAuditSeq();
  await listener.until(() => listener.seqs.at(-1) === last);
  expect(listener.seqs).toEqual(upTo(last, before + 1));
});

it('goes on telling two that begin to listen while the record is slow to answer', async () => {
  const record = await openTestRecord();
  const news = new EventEmitter();
  const both = once(news, 'both');
  let looks = 0;
  const lastAuditSeq = async (): Promise<number> => {
    looks += 1;
    if (looks === 2) news.emit('both');
    await both;
    return await record.db.lastAuditSeq();
  };
  const { app } = await buildTestApi({ record: { ...record.db, lastAuditSeq } });
  const address = `${await listen(app)}/api/events`;
  const listeners = [hear(address), hear(address)];
  await Promise.all(listeners.map(({ names, until }) => until(() => names.includes('health'))));
  await addOrders(record, 1, 1);
  const last = await record.db.lastAuditSeq();
  await Promise.all(listeners.map(({ seqs, until }) => until(() => seqs.at(-1) === last)));
  expect(listeners.map(({ seqs }) => seqs.at(-1))).toEqual([last, last]);
});

it('resumes after the id that a reader names, through a long history, without gaps or repeats', async () => {
  const world = await serveRecord();
  await addOrders(world, 1, 300);
  const last = await world.db.lastAuditSeq();
  expect(last).toBeGreaterThan(600);
  const listener = hear(`${world.address}?lastEventId=5`);
  await listener.until(() => listener.seqs.at(-1) === last);
  expect(listener.seqs).toEqual(upTo(last, 6));
});

it('gives a reader that is cut off again and again each change once, while changes go on', async () => {
  const world = await serveRecord();
  const listener = hear(`${world.address}?lastEventId=0`);
  for (let round = 1; round <= 5; round += 1) {
    await addOrders(world, round * 100, 20);
    const last = await world.db.lastAuditSeq();
    await listener.until(() => (listener.seqs.at(-1) ?? 0) > last - 30);
    world.app.server.closeAllConnections();
  }
  const last = await world.db.lastAuditSeq();
  await listener.until(() => listener.seqs.at(-1) === last);
  expect(listener.seqs).toEqual(upTo(last));
  expect(listener.names.filter((name) => name === 'open').length).toBeGreaterThan(1);
});

it('goes by the header rather than the address: a browser that comes back still has the address of its first time', async () => {
  const world = await serveRecord();
  await addOrders(world, 1, 10);
  const last = await world.db.lastAuditSeq();
  const stream = await openStream(`${world.address}?lastEventId=1`, { 'last-event-id': String(last - 1) });
  const text = await readUntil(stream, (read) => read.includes('event: health'));
  expect([...text.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id))).toEqual([last - 1, last]);
});

it.each(['999999', '1e3', 'abc', '-1'])('resets a reader that names %j, which is no id of this record', async (id) => {
  const world = await serveRecord();
  await addOrders(world, 1, 2);
  const last = await world.db.lastAuditSeq();
  const stream = await openStream(world.address, { 'last-event-id': id });
  const text = await readUntil(stream, (read) => read.includes('event: health'));
  expect(text).toContain(`event: reset\nid: ${last}\ndata: {"lastSeq":${last}}\n\n`);
  expect(text).not.toContain('"seq"');
});

it('resets a reader who saw what a restored record lost, however far that record has come since', async () => {
  const first = await openTestRecord();
  await addOrders(first, 1, 2);
  const known = await first.db.lastAuditSeq();
  await endRecord(first);
  const { file } = first;
  const { file: backup } = await backUpRecord({ file, broker: DEMO, target: null, keep: null, now: NOW });
  const lost = await openTestRecord(file);
  await addOrders(lost, 3, 2);
  const seen = await lost.db.lastAuditSeq();
  await endRecord(lost);
  await restoreRecord({ file, backup, broker: DEMO, now: NOW });

  const world = await serveRecord(file);
  await addOrders(world, 3, 2);
  const last = await world.db.lastAuditSeq();
  const reader = await openStream(world.address, { 'last-event-id': String(seen) });
  expect(await readUntil(reader, (read) => read.includes('event: health'))).toContain(`event: reset\nid: ${last}\n`);
  const slower = await openStream(world.address, { 'last-event-id': String(known) });
  const text = await readUntil(slower, (read) => read.includes('event: health'));
  const ids = [...text.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id));
  expect(ids).toEqual([known, ...upTo(last, seen + 1)]);
});

it('says at once, and without an id, how the poller stands', async () => {
  const world = await serveRecord();
  await world.beat();
  await addOrders(world, 1, 1);
  const stream = await openStream(world.address);
  expect(stream.headers).toMatchObject({
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  const text = await readUntil(stream, (read) => /event: health\n.*\n\n/.test(read));
  const [, data = ''] = /event: health\ndata: (.*)\n\n/.exec(text) ?? [];
  expect(healthEvent.strict().parse(JSON.parse(data))).toMatchObject({
    state: 'running',
    lastCycleOutcome: 'complete',
    lastCompleteAt: new Date(NOW).toISOString(),
    marketPhase: 'regular',
  });
});

it('says so again every few seconds, when the poller has stopped too', async () => {
  const record = await openTestRecord();
  let now = NOW;
  const api = await buildTestApi({ record: record.db, clock: { now: () => now } });
  await record.beat();
  const stream = await openStream(`${await listen(api.app)}/api/events`);
  await readUntil(stream, (text) => text.includes('"state":"running"'));
  now += 11_000;
  const text = await readUntil(stream, (read) => read.includes('"state":"stopped"'));
  expect(text).toContain(': alive\n\n');
});

it('tells of price changes with their values before and after', async () => {
  const world = await serveRecord();
  await addOrders(world, 1, 1);
  const stream = await openStream(world.address);
  await readUntil(stream, (text) => text.includes('event: health'));
  const filled = orderOf({
    brokerOrderId: '1',
    brokerStatus: 'FILLED',
    filledQuantity: decimal('100'),
    activities: [fillActivity({ price: '22.7299', quantity: '100' })],
  });
  await world.report([filled], { at: NOW + 1_000 });
  const text = await readUntil(stream, (read) => read.includes('"kind":"PRICE_CHANGED"'));
  expect(text).toContain('"averagePrice":"22.7299"');
});

it('serves a bounded number of streams; the others are told to come later', async () => {
  const world = await serveRecord();
  const streams = await Promise.all(Array.from({ length: 100 }, () => openStream(world.address)));
  const open = streams.filter(({ statusCode }) => statusCode === 200);
  const refused = streams.find(({ statusCode }) => statusCode === 503);
  expect(open).toHaveLength(MAX_STREAMS);
  expect(refused?.headers['retry-after']).toBe('5');
  const body = refused && (await readUntil(refused, (text) => text.endsWith('}')));
  expect(problem.strict().parse(JSON.parse(body ?? ''))).toMatchObject({ status: 503 });
  const [first] = open;
  first?.destroy();
  await expect.poll(async () => (await openStream(world.address)).statusCode, { timeout: 10_000 }).toBe(200);
});

it('ends its streams when the server stops', async () => {
  const world = await serveRecord();
  const stream = await openStream(world.address);
  await readUntil(stream, (text) => text.includes('event: health'));
  const ended = once(stream.resume(), 'close');
  await world.app.close();
  await ended;
  expect(stream.complete).toBe(true);
});

it('ends its streams when the record is replaced: numbers of another record mean something else', async () => {
  const [one, another] = [await openTestRecord(), await openTestRecord()];
  let { db } = one;
  const api = await buildTestApi({ record: () => db });
  const stream = await openStream(`${await listen(api.app)}/api/events`);
  await readUntil(stream, (text) => text.includes('event: health'));
  const ended = once(stream.resume(), 'close');
  db = another.db;
  await addOrders(another, 1, 1);
  await ended;
  expect(stream.complete).toBe(true);
});

it('answers 503 while there is no record', async () => {
  const api = await buildTestApi({
    record: () => {
      throw new ProblemError(503, 'There is no record yet.');
    },
  });
  const answer = await api.app.inject('/api/events');
  expect(answer.json()).toMatchObject({ status: 503, detail: 'There is no record yet.' });
});
