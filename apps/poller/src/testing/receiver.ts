import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { webhookMessage, type WebhookMessage } from '@fill-tracker/contract';
import type { OwningTest } from './world.ts';

export interface Receiver {
  readonly url: string;
  /** Messages in the order in which they came; each keeps to the contract. */
  readonly messages: readonly WebhookMessage[];
  readonly headers: readonly IncomingHttpHeaders[];
  /** Requests without a body, as a monitor gets them. */
  readonly pings: () => number;
  /** What it answers from now on. */
  readonly answerWith: (status: number) => void;
}

/** The other end of a webhook or a monitor, on loopback. `onNews` is called once a request has come. */
export async function startReceiver(test: OwningTest, onNews: () => void): Promise<Receiver> {
  const messages: WebhookMessage[] = [];
  const headers: IncomingHttpHeaders[] = [];
  let pings = 0;
  let status = 204;
  const server = createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    request.on('end', () => {
      if (text === '') pings += 1;
      else if (status < 300) messages.push(webhookMessage.parse(JSON.parse(text)));
      headers.push(request.headers);
      response.writeHead(status).end();
      onNews();
    });
  });
  await new Promise<void>((resolve) => server.listen({ host: '127.0.0.1', port: 0 }, resolve));
  test.onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/hook/canary-path?key=canary-query`,
    messages,
    headers,
    pings: () => pings,
    answerWith: (next) => {
      status = next;
    },
  };
}
