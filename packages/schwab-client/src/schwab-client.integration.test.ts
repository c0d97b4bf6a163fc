import { gzipSync } from 'node:zlib';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { SchwabError } from './errors.ts';
import { CANARIES, testClient } from './testing/test-client.ts';
import type { TestClient } from './testing/test-client.ts';
import { startRealBroker } from './testing/real-broker.ts';
import type { Handler, RealBroker } from './testing/real-broker.ts';

const accountHash = CANARIES.accountHash;
const order = {
  orderType: 'MARKET',
  session: 'NORMAL',
  duration: 'DAY',
  legs: [{ instruction: 'BUY', quantity: '1', symbol: 'GME' }],
} as const;

const hang: Handler = () => {};
const hangUp: Handler = (request) => void request.socket.destroy();
const emptyList: Handler = (_request, response) => void response.end('[]');
const location = `/trader/v1/accounts/${accountHash}/orders/12`;

/** Sends headers and the first bytes of a longer body, and then does what is asked. */
const beginBody =
  (status: number, headers: Record<string, string>, then: Handler): Handler =>
  (request, response) => {
    response.writeHead(status, headers);
    response.write('[{"orderId":1', () => then(request, response));
  };

let broker: RealBroker;
beforeEach(async () => {
  broker = await startRealBroker();
});
afterEach(() => broker.close());

function connect(attemptTimeoutMs = 10_000): TestClient {
  return testClient({ baseUrl: broker.baseUrl, attemptTimeoutMs });
}

function list({ client, clock }: TestClient) {
  return client.listAllOrders({ from: clock.now(), to: clock.now() }, { lane: 'rest' });
}

function place({ client }: TestClient) {
  return client.placeOrder({ accountHash, order }, { lane: 'command' });
}

describe('a read over a bad line', () => {
  it.each([
    ['never answers', hang, 'timeout'],
    ['begins a body and stalls', beginBody(200, {}, hang), 'timeout'],
    ['hangs up', hangUp, 'network'],
    ['cuts a counted body off', beginBody(200, { 'content-length': '100' }, hangUp), 'network'],
    ['cuts a chunked body off', beginBody(200, {}, hangUp), 'network'],
    [
      'says gzip and sends something else',
      ((_request, response) =>
        void response.writeHead(200, { 'content-encoding': 'gzip' }).end('[]')) satisfies Handler,
      'network',
    ],
  ])('is tried four times when the server %s', async (_what, handler, kind) => {
    broker.script(handler);
    const test = connect(kind === 'timeout' ? 150 : 10_000);
    await expect(list(test)).rejects.toMatchObject({ kind, operation: 'list-orders' });
    expect(broker.requests).toHaveLength(4);
    expect(test.attempts.map(({ outcome }) => outcome)).toEqual([kind, kind, kind, kind]);
  });

  it('succeeds when the line recovers', async () => {
    broker.script(hangUp, beginBody(200, {}, hangUp), emptyList);
    await expect(list(connect())).resolves.toMatchObject({ orders: [], odd: [] });
  });

  it('says that nobody listens', async () => {
    const test = connect();
    await broker.close();
    await expect(list(test)).rejects.toMatchObject({
      kind: 'network',
      message: 'list-orders: the connection failed (ECONNREFUSED)',
    });
  });

  it('unpacks gzip, and keeps every digit', async () => {
    const body = gzipSync('[{"orderId":9223372036854775807,"status":"NEW","price":0.10}]');
    broker.script((_request, response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end(body));
    const { orders } = await list(connect());
    expect(orders).toMatchObject([{ order: { orderId: '9223372036854775807', price: '0.10' } }]);
  });

  it('reads the words of an error that came packed', async () => {
    const body = gzipSync('{"message":"Invalid account number"}');
    broker.script((_request, response) => void response.writeHead(400, { 'content-encoding': 'gzip' }).end(body));
    await expect(list(connect())).rejects.toMatchObject({ kind: 'bad-request', detail: 'Invalid account number' });
  });

  it('reads the words of an error that came packed without saying so', async () => {
    const body = gzipSync('{"message":"Invalid account number"}');
    broker.script((_request, response) => void response.writeHead(400).end(body));
    await expect(list(connect())).rejects.toMatchObject({ kind: 'bad-request', detail: 'Invalid account number' });
  });

  it.each([
    ['cut off', beginBody(404, { 'content-length': '100' }, hangUp)],
    [
      'wrongly called gzip',
      ((_request, response) =>
        void response.writeHead(404, { 'content-encoding': 'gzip' }).end('<html>')) satisfies Handler,
    ],
  ])('knows a 404 though its body is %s', async (_what, handler) => {
    broker.script(handler);
    await expect(list(connect())).rejects.toMatchObject({ kind: 'not-found', status: 404, detail: null });
    expect(broker.requests).toHaveLength(1);
  });

  it('leaves the line when its caller gives up', async () => {
    const abort = new AbortController();
    const lineClosed = new Promise<void>((closed) => {
      broker.script((request) => {
        request.socket.once('close', () => closed());
        abort.abort(new Error('no longer wanted'));
      });
    });
    const test = connect();
    const call = test.client.listAccounts({ lane: 'rest', signal: abort.signal });
    await expect(call).rejects.toThrow('no longer wanted');
    await lineClosed;
  });
});

describe('an outage', () => {
  const down: Handler = (_request, response) => void response.writeHead(503).end();

  it('is asked about again after each pause, and its end is found at once', async () => {
    broker.script(down);
    const test = testClient({ baseUrl: broker.baseUrl, random: () => 0 });
    const outcomeOf = async () => {
      const before = broker.requests.length;
      const outcome = await list(test).then(
        () => 'answered',
        (error: unknown) => (error instanceof SchwabError ? error.kind : error),
      );
      return [outcome, broker.requests.length - before];
    };
    expect(await outcomeOf()).toEqual(['server', 4]);
    expect(await outcomeOf()).toEqual(['server', 4]);
    expect(await outcomeOf()).toEqual(['breaker-open', 0]);
    test.clock.pass(5_000);
    expect(await outcomeOf()).toEqual(['server', 4]);
    broker.script(emptyList);
    expect(await outcomeOf()).toEqual(['breaker-open', 0]);
    test.clock.pass(5_000);
    expect(await outcomeOf()).toEqual(['answered', 1]);
    expect(test.client.openCircuits()).toEqual([]);
  });
});

describe('an order over a bad line', () => {
  it('is placed', async () => {
    broker.script((_request, response) => void response.writeHead(201, { LOCATION: location }).end());
    await expect(place(connect())).resolves.toMatchObject({ outcome: 'placed', orderId: '12' });
  });

  it.each([
    ['never answers', hang, { reason: 'timeout', status: null, orderId: null }],
    ['hangs up', hangUp, { reason: 'network', status: null, orderId: null }],
    [
      'hangs up inside its answer',
      beginBody(201, { 'content-length': '100', location }, hangUp),
      { reason: 'network', status: 201, orderId: '12' },
    ],
    ['stalls inside its answer', beginBody(201, { location }, hang), { reason: 'timeout', status: 201, orderId: '12' }],
    [
      'sends it elsewhere',
      ((_request, response) => void response.writeHead(307, { location: '/elsewhere' }).end()) satisfies Handler,
      { reason: 'server', status: 307, orderId: null },
    ],
  ])('is unknown, and sent once only, when the server %s', async (_what, handler, facts) => {
    broker.script(handler);
    const test = connect(facts.reason === 'timeout' ? 300 : 10_000);
    await expect(place(test)).resolves.toMatchObject({ outcome: 'unknown', ...facts });
    // Whatever would be sent a second time is ahead of this call, on the same few lines.
    broker.script(emptyList);
    await list(test);
    expect(broker.requests.filter((request) => request.startsWith('POST'))).toHaveLength(1);
  });
});
