import { gzipSync } from 'node:zlib';

import { HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';

import { SchwabError } from './errors.ts';
import { reply, useMswBroker } from './testing/msw-broker.ts';
import { ALL_ORDERS_URL, CANARIES, listAll, testClient, TOKEN_URL } from './testing/test-client.ts';

const broker = useMswBroker();

describe('what Schwab says when it refuses', () => {
  const words = {
    'message and errors': [
      '{"message":"Refused","errors":["no such leg","no price"]}',
      'Refused; no such leg; no price',
    ],
    'a message alone': ['{"message":"Invalid account number"}', 'Invalid account number'],
    'a list of errors': [
      '{"errors":[{"id":"7","status":401,"title":"Unauthorized","detail":"Client not authorized"}]}',
      'Unauthorized: Client not authorized',
    ],
    'market data with a status in text': [
      '{"errors":[{"id":"7","status":"400","title":"Bad Request","detail":"Missing header","source":{"header":"Authorization"}}]}',
      'Bad Request: Missing header (header Authorization)',
    ],
    'market data with a bare status': ['{"errors":[{"id":"7","status":"404"}]}', 'status 404'],
    'a fault of the gateway': [
      '{"fault":{"faultstring":"Body buffer overflow","detail":{"errorcode":"protocol.http.TooBigBody"}}}',
      'Body buffer overflow (protocol.http.TooBigBody)',
    ],
    'a page of the edge': ['<html><head><title>Access Denied</title></head></html>', 'page titled "Access Denied"'],
    'a page of the server': [
      '<html><body><h1>Whitelabel Error Page</h1></body></html>',
      'page titled "Whitelabel Error Page"',
    ],
    'plain text': ['upstream request timeout', 'upstream request timeout'],
  } as const;
  const kinds = [
    [400, 'bad-request'],
    [401, 'unauthorized'],
    [403, 'forbidden'],
    [404, 'not-found'],
    [500, 'server'],
  ] as const;

  for (const [status, kind] of kinds) {
    it.each(Object.entries(words))(`is told with a ${status}: %s`, async (_shape, [body, detail]) => {
      broker.answer('get', ALL_ORDERS_URL, reply(status, body, { 'Schwab-Client-CorrelId': 'c-7' }));
      broker.answer('post', TOKEN_URL, reply(200, '{"access_token":"second"}'));
      const error: unknown = await listAll(testClient()).catch((caught: unknown) => caught);
      expect(error).toBeInstanceOf(SchwabError);
      expect(error).toMatchObject({
        kind,
        status,
        detail,
        correlationId: 'c-7',
        message: `list-orders: Schwab answered ${status} (${detail})`,
      });
    });

    it.each([
      ['an empty body', ''],
      ['white space', ' \n'],
      ['JSON that says nothing', '{}'],
      ['JSON that breaks off', '{"message":"Inval'],
    ])(`is the status alone with a ${status} and %s`, async (_what, body) => {
      broker.answer('get', ALL_ORDERS_URL, reply(status, body));
      broker.answer('post', TOKEN_URL, reply(200, '{"access_token":"second"}'));
      await expect(listAll(testClient())).rejects.toMatchObject({
        kind,
        status,
        detail: null,
        message: `list-orders: Schwab answered ${status}`,
      });
    });
  }

  it('is told when it comes as gzip that does not say so', async () => {
    broker.answer(
      'get',
      ALL_ORDERS_URL,
      () => new HttpResponse(gzipSync('{"message":"no such account"}'), { status: 404 }),
    );
    await expect(listAll(testClient())).rejects.toMatchObject({ kind: 'not-found', detail: 'no such account' });
  });

  it('is told without the account it names', async () => {
    broker.answer('get', ALL_ORDERS_URL, reply(400, `{"message":"no orders for ${CANARIES.accountNumber}"}`));
    await expect(listAll(testClient())).rejects.toMatchObject({ detail: 'no orders for …123' });
  });
});
