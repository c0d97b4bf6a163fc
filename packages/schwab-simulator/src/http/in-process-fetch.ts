import type { FastifyInstance, InjectOptions } from 'fastify';

/**
 * A `fetch` that reaches the broker without a socket, for rehearsals in one process. Its `Date` header is the broker's own
 * clock. Faults that break a connection need one, and are not for this way in.
 *
 * @param now the broker's time, epoch ms
 */
export function inProcessFetch(app: FastifyInstance, now: () => number): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const { pathname, search } = new URL(request.url);
    const payload = await request.text();
    const answer = await unlessAborted(
      app.inject({
        method: methodOf(request),
        url: `${pathname}${search}`,
        headers: Object.fromEntries(request.headers),
        ...(payload !== '' && { payload }),
      }),
      request.signal,
    );
    const headers = new Headers();
    for (const [name, value] of Object.entries(answer.headers)) headers.set(name, String(value));
    headers.set('date', new Date(now()).toUTCString());
    return new Response(answer.body === '' ? null : answer.body, { status: answer.statusCode, headers });
  };
}

type Method = NonNullable<InjectOptions['method']>;

const METHODS: readonly Method[] = ['GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS', 'PATCH'];

function methodOf(request: Request): Method {
  const method = METHODS.find((name) => name === request.method);
  if (method === undefined) throw new TypeError(`The broker knows no ${request.method}`);
  return method;
}

/** Rejects with the signal's reason when it aborts first, as a real fetch does. */
function unlessAborted<T>(answer: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const giveUp = (): void => reject(signal.reason);
    if (signal.aborted) giveUp();
    signal.addEventListener('abort', giveUp, { once: true });
    answer.then(resolve, reject).finally(() => signal.removeEventListener('abort', giveUp));
  });
}
