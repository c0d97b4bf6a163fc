import { describe, expect, it } from 'vitest';

import { EagerClock } from '../testing/fake-clock.ts';
import type { SchwabRequest } from './request.ts';
import { send } from './send.ts';

const request: SchwabRequest = { operation: 'get-order', method: 'GET', url: 'https://schwab.test/', secrets: [] };

const options = (fetched: () => Promise<Response>) => ({
  fetch: fetched,
  clock: new EagerClock(),
  timeoutMs: 1_000,
  maxBodyBytes: 10,
});

const answering =
  (body: string, status = 200) =>
  () =>
    Promise.resolve(new Response(body, { status }));

const failing = (problem: Error) => async () => {
  throw problem;
};

describe('send', () => {
  it('says that a body is too large, and not what is in it', async () => {
    await expect(send(request, 'Bearer x', options(answering('canary'.repeat(10))))).rejects.toMatchObject({
      kind: 'shape',
      status: 200,
      message: 'get-order: the body is too large',
    });
  });

  it('keeps the status of a refusal whose body cannot be read', async () => {
    await expect(send(request, 'Bearer x', options(answering('x'.repeat(100), 404)))).resolves.toMatchObject({
      status: 404,
      text: '',
    });
  });

  it('keeps nothing of an error but its code, for the rest may quote a header', async () => {
    const failure = new TypeError('fetch failed: Bearer canary', {
      cause: Object.assign(new Error('canary'), { code: 'ECONNRESET' }),
    });
    const caught = await send(request, 'Bearer canary', options(failing(failure))).catch((error: unknown) => error);
    expect(caught).toMatchObject({ kind: 'network', message: 'get-order: the connection failed (ECONNRESET)' });
    expect(caught).not.toHaveProperty('cause');
  });

  it.each(['UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_HEADERS_TIMEOUT', 'ETIMEDOUT'])('calls %s a timeout', async (code) => {
    const failure = new TypeError('fetch failed', { cause: Object.assign(new Error('slow'), { code }) });
    await expect(send(request, 'Bearer x', options(failing(failure)))).rejects.toMatchObject({
      kind: 'timeout',
    });
  });

  it('sends nothing when its caller gave up before', async () => {
    const signal = AbortSignal.abort(new Error('gave up'));
    await expect(send(request, 'Bearer x', { ...options(failing(new Error('sent'))), signal })).rejects.toThrow(
      'gave up',
    );
  });
});
