import { createHmac } from 'node:crypto';
import { webhookMessage } from '@fill-tracker/contract';
import { HOUR } from '@fill-tracker/domain';
import { describe, expect, it } from 'vitest';
import { hastyClock, SECRET, startDeliverer } from '../testing/deliverer.ts';
import { anAlert, NOW, openRecord, recordFills, startReceiver } from '../testing/record.ts';

const sequences = (received: readonly { body: { sequence?: number } }[]) => received.map(({ body }) => body.sequence);
const raise = { clear: [], now: NOW, workingOrders: 1, notifies: true, fencing: null };

describe('messages to the webhook', () => {
  it('are signed, keep to the contract, and say the same in words', async () => {
    const { db } = await openRecord();
    await recordFills(db, 1);
    const receiver = await startReceiver();
    startDeliverer(db, receiver.url);
    await receiver.until(() => receiver.received.length === 1);

    const [message] = receiver.received;
    if (message === undefined) throw new Error('Nothing came');
    const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature } = message.headers;
    const expected = createHmac('sha256', SECRET).update(`${String(id)}.${String(timestamp)}.${message.text}`);
    expect(signature).toBe(`v1,${expected.digest('base64')}`);
    expect(id).toBe('fill-1');
    expect(webhookMessage.parse(message.body)).toMatchObject({
      type: 'fill',
      id: 'fill-1',
      sequence: 1,
      text: 'Filled: BUY 100 GME at 22.7; order 1000000000001 has 100 of 100 filled.',
      data: { fill: { price: '22.7', quantity: '100' }, order: { averagePrice: '22.7', account: 'A1' } },
    });
    expect(message.text).not.toMatch(/HASH-1|4321/);
  });

  it('of fills come in their order, each once, also when the receiver fails in between', async () => {
    const { db } = await openRecord();
    const numbers = await recordFills(db, 6);
    const troubles = [500, 'cut', 'silence', 429] as const;
    const receiver = await startReceiver(({ body }, count) =>
      body.sequence === 3 ? (troubles[count - 3] ?? 204) : 204,
    );
    // Long enough for a busy machine: only the receiver's own silence is one.
    const { heard } = startDeliverer(db, receiver.url, { timeoutMs: 3_000 });
    await receiver.until(() => receiver.received.length === numbers.length + troubles.length);
    expect(sequences(receiver.received)).toEqual([1, 2, 3, 3, 3, 3, 3, 4, 5, 6]);
    expect(heard.failed.map(({ problem }) => problem)).toEqual([
      'HTTP 500',
      expect.stringMatching(/^no answer/),
      'no answer within 3 s',
      'HTTP 429',
    ]);
  });

  it('follow no redirect: it could lead a signed body anywhere', async () => {
    const { db } = await openRecord();
    await recordFills(db, 1);
    const receiver = await startReceiver((_, count) => (count === 1 ? 307 : 204));
    const { heard } = startDeliverer(db, receiver.url);
    await receiver.until(() => receiver.received.length === 2);
    expect(heard.failed).toMatchObject([{ problem: 'HTTP 307', attempts: 1 }]);
  });

  it('go on where they stopped after a restart, without loss', async () => {
    const { db } = await openRecord();
    await recordFills(db, 5);
    const receiver = await startReceiver(({ body }, count) => (body.sequence === 3 && count === 3 ? 'silence' : 204));
    const first = startDeliverer(db, receiver.url, { timeoutMs: 60_000 });
    await receiver.until(() => receiver.received.length === 3);
    await first.stop();
    expect(first.heard.delivered.map(({ refId }) => refId)).toEqual([1, 2]);

    startDeliverer(db, receiver.url, { owner: 'two' });
    await receiver.until(() => receiver.received.length === 6);
    expect(sequences(receiver.received)).toEqual([1, 2, 3, 3, 4, 5]);
  });

  it('are delivered once, and in order, by two processes on one record', async () => {
    const { db, file } = await openRecord();
    const { db: other } = await openRecord(file);
    const receiver = await startReceiver();
    // A lock that runs out before a message is delivered would let both send it.
    startDeliverer(db, receiver.url, { owner: 'one', timeoutMs: 10_000, clock: hastyClock(4) });
    startDeliverer(other, receiver.url, { owner: 'two', timeoutMs: 10_000, clock: hastyClock(4) });
    await recordFills(db, 20);
    await recordFills(db, 20);
    await receiver.until(() => receiver.received.length >= 40);
    expect(sequences(receiver.received)).toEqual(Array.from({ length: 40 }, (_, i) => i + 1));
  });

  it('of alerts do not wait for a fill that nobody takes; its end waits for its beginning', async () => {
    const { db } = await openRecord();
    await recordFills(db, 1);
    const { raised } = await db.changeAlerts({ ...raise, raise: [anAlert()] });
    const [alert] = raised;
    if (alert === undefined) throw new Error('Nothing was raised');
    await db.changeAlerts({ ...raise, raise: [], clear: [{ alert, note: 'It lasted 1 min.', isSightWhole: true }] });
    let refusals = 0;
    const receiver = await startReceiver(({ body }) => {
      if (body.type === 'fill') return 500;
      return body.type === 'alert.raised' && refusals++ < 2 ? 500 : 204;
    });
    startDeliverer(db, receiver.url);
    await receiver.until(() => receiver.received.some(({ body }) => body.type === 'alert.cleared'));
    const types = receiver.received.map(({ body }) => body.type).filter((type) => type !== 'fill');
    expect(types).toEqual(['alert.raised', 'alert.raised', 'alert.raised', 'alert.cleared']);
    const cleared = receiver.received.find(({ body }) => body.type === 'alert.cleared');
    expect(cleared?.body.text).toContain('OVER: Schwab does not answer');
    expect(cleared?.body.text).toContain('It lasted 1 min. No fill was missed or late.');
  });

  it('are given up at once when the address is gone for good, and stay visible', async () => {
    const { db } = await openRecord();
    await recordFills(db, 2);
    const receiver = await startReceiver((_, count) => (count === 1 ? 410 : 204));
    const { heard } = startDeliverer(db, receiver.url);
    await receiver.until(() => receiver.received.length === 2);
    expect(heard.givenUp).toMatchObject([{ refId: 1, problem: 'HTTP 410' }]);
    expect(await db.readOutbox()).toMatchObject({ givenUp: 1 });
  });

  it('show markup from the broker as what it is: data', async () => {
    const { db } = await openRecord();
    await recordFills(db, 1, '<!channel> @everyone [x](http://evil) `*');
    const receiver = await startReceiver();
    startDeliverer(db, receiver.url);
    await receiver.until(() => receiver.received.length === 1);
    expect(receiver.received[0]?.body.text).not.toMatch(/[<>@`*[\]]/);
    expect(receiver.received[0]?.text).toContain('<!channel>');
  });

  it('that cannot be delivered say why without the address', async () => {
    const { db } = await openRecord();
    await recordFills(db, 1);
    const refusing = await startReceiver(() => 'cut');
    const { heard } = startDeliverer(db, refusing.url);
    await refusing.until(() => refusing.received.length === 2);
    const { lastProblem } = await db.readOutbox();
    expect(lastProblem).toMatch(/^no answer/);
    expect(JSON.stringify(heard)).not.toContain('canary');
  });
});

it('forgets what was delivered a month ago, never what it told of', async () => {
  const { db } = await openRecord();
  await recordFills(db, 1);
  const receiver = await startReceiver();
  const { stop, heard } = startDeliverer(db, receiver.url);
  await expect.poll(() => heard.delivered).toHaveLength(1);
  await stop();
  expect(await db.readOutbox()).toMatchObject({ waiting: 0, delivered: 1 });
  const clock = hastyClock();
  const later = { ...clock, now: () => clock.now() + 31 * 24 * HOUR };
  startDeliverer(db, receiver.url, { clock: later });
  await expect.poll(() => db.readOutbox()).toMatchObject({ waiting: 0, delivered: 0 });
  expect(await db.lastFillSequence()).toBe(1);
});
