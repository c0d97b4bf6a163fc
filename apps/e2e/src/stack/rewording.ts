import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { freePorts } from './free-ports.ts';

export interface Rewording {
  readonly port: number;
  readonly close: () => Promise<void>;
}

/**
 * Stands in front of a server and changes the text of what it answers.
 *
 * @param address of the server, without a slash at the end
 */
export async function startRewording(address: string, reword: (answer: string) => string): Promise<Rewording> {
  const pass = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = 'GET', url = '/', headers } = request;
    const { authorization, 'content-type': contentType } = headers;
    const body = method === 'GET' ? null : await textOf(request);
    const answer = await fetch(`${address}${url}`, {
      method,
      body,
      headers: {
        ...(authorization !== undefined && { authorization }),
        ...(contentType !== undefined && { 'content-type': contentType }),
      },
    });
    const text = reword(await answer.text());
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'text/plain' }).end(text);
  };
  const server = createServer((request, response) => {
    pass(request, response).catch(() => response.destroy());
  });
  const [port = 0] = await freePorts(1);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8') as AsyncIterable<string>) text += chunk;
  return text;
}
