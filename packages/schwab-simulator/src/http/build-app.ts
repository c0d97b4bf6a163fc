import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { z } from 'zod';
import { spoilAnswer } from '../faults/spoil-answer.ts';
import { TOKEN_PATH } from './auth-routes.ts';
import { type ControlDesk, registerControlRoutes } from './control-routes.ts';
import type { RecordedRequest } from './request-log.ts';
import { type SchwabAnswer, unauthorized } from './schwab-answer.ts';
import type { SchwabCall, SchwabRoute } from './schwab-route.ts';

const CONTROL = '/simulator';
const paramsSchema = z.record(z.string(), z.string());
const LARGEST_BODY_BYTES = 256 * 1024;

/** The HTTP server: Schwab's routes with faults in front of them, and the control routes beside them. */
export function buildApp(
  desk: ControlDesk & {
    readonly routes: readonly SchwabRoute[];
    readonly newId: () => string;
    /** The real time, epoch ms. */
    readonly realNow: () => number;
    /** Told of each call that is recorded, as it arrives. */
    readonly onRequest: (request: RecordedRequest) => void;
  },
): FastifyInstance {
  // Clients that wait for an answer which never comes (a fault) must not hold up the end.
  const app = Fastify({ bodyLimit: LARGEST_BODY_BYTES, forceCloseConnections: true, exposeHeadRoutes: false });
  const recorded = new WeakMap<FastifyRequest, RecordedRequest>();

  // Bodies stay text: Schwab's are read without passing numbers through doubles, forms and JSON alike.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));

  app.addHook('onRequest', async (request, reply) => {
    void reply.header('Schwab-Client-CorrelId', desk.newId()).header('Date', httpDate());
    if (request.url.startsWith(CONTROL)) return;
    const entry = desk.log.open({ time: desk.realNow(), method: request.method, url: request.url });
    recorded.set(request, entry);
    desk.onRequest(entry);
  });
  app.addHook('onSend', async (request, reply) => {
    const entry = recorded.get(request);
    if (entry !== undefined) entry.status = reply.statusCode;
  });
  app.setErrorHandler((error, _request, reply) => {
    const { status, body } = failureOf(error);
    return reply.code(status).send(body);
  });
  app.setNotFoundHandler((_request, reply) => reply.code(404).send({ message: 'Not Found' }));

  for (const route of desk.routes) {
    app.route({ method: route.method, url: route.path, handler: (request, reply) => serve(route, request, reply) });
  }
  void app.register((control) => registerControlRoutes(control, desk), { prefix: CONTROL });

  /** By the simulated clock: that is what a client compares its own with. */
  function httpDate(): string {
    return new Date(desk.clock.now()).toUTCString();
  }

  function serve(route: SchwabRoute, request: FastifyRequest, reply: FastifyReply): FastifyReply {
    const call = readCall(request);
    const entry = recorded.get(request);
    if (entry !== undefined && route.path === TOKEN_PATH) entry.grantType = grantTypeOf(call);
    const fault = desk.faults.strike({
      path: request.url.split('?')[0] ?? '',
      orderId: call.params['orderId'] ?? null,
      answersOrders: route.answersOrders === true,
    });
    const spoiledOrder = fault?.kind === 'malformed-order' ? { orderId: fault.orderId ?? null } : null;
    const answer = () =>
      route.open === true || desk.tokens.accepts(bearerOf(request))
        ? route.answer({ ...call, spoiledOrder })
        : unauthorized(desk.newId());
    const delivery = spoilAnswer(fault, answer, desk.newId);
    if (delivery.how === 'answer') return sendWhole(reply, delivery.answer);
    reply.hijack();
    if (delivery.how === 'truncate') {
      if (entry !== undefined) entry.status = delivery.answer.status;
      sendHalf(reply, { ...delivery.answer, headers: { ...delivery.answer.headers, date: httpDate() } });
    }
    if (delivery.how === 'reset') request.raw.socket.resetAndDestroy();
    return reply;
  }

  return app;
}

function readCall(request: FastifyRequest): SchwabCall {
  const baseUrl = `${request.protocol}://${request.host}`;
  return {
    params: paramsSchema.parse(request.params),
    query: new URL(request.url, baseUrl).searchParams,
    headers: request.headers,
    body: typeof request.body === 'string' ? request.body : '',
    baseUrl,
    spoiledOrder: null,
  };
}

function grantTypeOf({ body }: SchwabCall): string {
  return new URLSearchParams(body).get('grant_type') ?? '';
}

function bearerOf({ headers }: FastifyRequest): string {
  return /^Bearer (\S+)$/i.exec(headers.authorization ?? '')?.[1] ?? '';
}

function sendWhole(reply: FastifyReply, { status, headers, body }: SchwabAnswer): FastifyReply {
  return reply.code(status).headers(headers).send(body);
}

/** Announces the whole body, sends half of it and closes the connection. */
function sendHalf(reply: FastifyReply, { status, headers, body }: SchwabAnswer): void {
  const bytes = Buffer.from(body);
  reply.raw.writeHead(status, { ...headers, 'content-length': Math.max(1, bytes.length) });
  reply.raw.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => reply.raw.destroy());
}

/** The answer to a request that could not be served; names the field that is wrong. */
function failureOf(error: unknown): { status: number; body: object } {
  if (error instanceof z.ZodError) return { status: 400, body: { message: firstIssueOf(error) } };
  if (!(error instanceof Error)) return { status: 500, body: { message: 'Internal Server Error' } };
  if ('code' in error && error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
    const fault = { faultstring: 'Body buffer overflow', detail: { errorcode: 'protocol.http.TooBigBody' } };
    return { status: 413, body: { fault } };
  }
  if (error instanceof SyntaxError || error instanceof RangeError) {
    return { status: 400, body: { message: error.message } };
  }
  const status = 'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : 500;
  return { status, body: { message: error.message } };
}

function firstIssueOf({ issues }: z.ZodError): string {
  const [issue] = issues;
  if (issue === undefined) return 'Invalid request';
  return issue.path.length === 0 ? issue.message : `${issue.path.join('.')}: ${issue.message}`;
}
