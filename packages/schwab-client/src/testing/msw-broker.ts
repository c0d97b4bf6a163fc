import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import type { SetupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll } from 'vitest';

/** One answer of Schwab's; bodies are text, so that no digit of an id is rounded on the way. */
export type Reply = () => Response;

export const reply =
  (status: number, body = '', headers: Record<string, string> = {}): Reply =>
  () =>
    new HttpResponse(body, { status, headers });

export const networkFailure: Reply = () => HttpResponse.error();

export const newToken = (accessToken: string, more = ''): Reply =>
  reply(200, `{"expires_in":1800,"token_type":"Bearer","access_token":"${accessToken}"${more}}`);

export interface MswBroker {
  readonly server: SetupServer;
  /** Answers one route with these replies in turn, the last one for ever; gives the requests as they come. */
  answer(method: 'get' | 'post', url: string, ...replies: readonly [Reply, ...Reply[]]): Request[];
}

/** Stands in for Schwab in the tests of one file; a request that no test expects fails it. */
export function useMswBroker(): MswBroker {
  const server = setupServer();
  beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
  afterEach(() => server.resetHandlers());
  afterAll(() => server.close());
  return {
    server,
    answer(method, url, ...replies) {
      const requests: Request[] = [];
      server.use(
        http[method](url, ({ request }) => {
          requests.push(request.clone());
          return (replies[requests.length - 1] ?? replies.at(-1) ?? replies[0])();
        }),
      );
      return requests;
    },
  };
}
