import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';

export type Handler = (request: IncomingMessage, response: ServerResponse) => void;

export interface RealBroker {
  readonly baseUrl: string;
  /** `METHOD /path` of every request, in order of arrival. */
  readonly requests: readonly string[];
  /** The handlers of the next requests, in turn; the last one stays. */
  script(...handlers: readonly Handler[]): void;
  close(): Promise<void>;
}

/** A server on loopback that does as scripted, once it has read a request to its end. */
export async function startRealBroker(): Promise<RealBroker> {
  const requests: string[] = [];
  let queue: Handler[] = [];
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      requests.push(`${request.method} ${request.url?.split('?')[0]}`);
      const handler = queue.length > 1 ? queue.shift() : queue[0];
      handler?.(request, response);
    });
  });
  await new Promise<void>((listening) => {
    server.listen(0, '127.0.0.1', listening);
  });
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return {
    baseUrl: `http://127.0.0.1:${port}`,
    requests,
    script(...handlers) {
      queue = [...handlers];
    },
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}
