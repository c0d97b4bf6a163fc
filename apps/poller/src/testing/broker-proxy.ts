import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { OwningTest } from './world.ts';

/** What passed between a poller and the broker. */
interface Exchange {
  readonly path: string;
  readonly requestBody: string;
  readonly authorization: string;
  /** Empty when the answer was withheld. */
  readonly responseBody: string;
}

export interface BrokerProxy {
  readonly url: string;
  readonly port: number;
  readonly exchanges: readonly Exchange[];
}

export interface BrokerProxyOptions {
  /** Requests with such a path are never answered. */
  readonly silentOn?: RegExp;
  /** How long the answer to a request with such a body is held back, ms. */
  readonly holdFor?: (requestBody: string) => number;
  /** Called once a request has come. */
  readonly onRequest?: () => void;
}

/** Stands between a poller and the simulator, and sees every word. */
export async function startBrokerProxy(
  test: OwningTest,
  brokerUrl: string,
  { silentOn, holdFor = () => 0, onRequest = () => undefined }: BrokerProxyOptions = {},
): Promise<BrokerProxy> {
  const exchanges: Exchange[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    const forward = async (): Promise<void> => {
      const requestBody = await bodyOf(request);
      const { authorization = '' } = request.headers;
      const isSilent = silentOn?.test(path) === true;
      const answer = isSilent ? null : await ask(brokerUrl, request, requestBody);
      exchanges.push({ path, requestBody, authorization, responseBody: answer?.body ?? '' });
      onRequest();
      await wait(holdFor(requestBody));
      if (answer !== null) response.writeHead(answer.status, answer.headers).end(answer.body);
    };
    forward().catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen({ host: '127.0.0.1', port: 0 }, resolve));
  test.onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, port, exchanges };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8') as AsyncIterable<string>) text += chunk;
  return text;
}

async function ask(
  brokerUrl: string,
  { method = 'GET', url = '', headers: { authorization = '', 'content-type': contentType = '' } }: IncomingMessage,
  body: string,
): Promise<{ status: number; headers: Record<string, string>; body: string }> {
  const answer = await fetch(`${brokerUrl}${url}`, {
    method,
    headers: { authorization, ...(contentType !== '' && { 'content-type': contentType }) },
    ...(method === 'POST' && { body }),
    redirect: 'manual',
  });
  const headers: Record<string, string> = {};
  for (const name of ['content-type', 'location', 'retry-after', 'schwab-client-correlid']) {
    const value = answer.headers.get(name);
    if (value !== null) headers[name] = value;
  }
  return { status: answer.status, headers, body: await answer.text() };
}
