import { type CommandReport, commandReport, trackRequest, wholeNumberText } from '@fill-tracker/contract';
import type { FillDatabase, NewCommand } from '@fill-tracker/db';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { App, Context } from '../../app.ts';
import type { ApiMetrics } from '../../plugins/metrics.ts';
import { ProblemError } from '../../problem-error.ts';
import { orderParams } from '../orders/index.ts';
import { awaitCommand, lookAtCommand } from './await-command.ts';
import { preferredWait } from './prefer-wait.ts';
import { presentCommand } from './present-command.ts';

const commandParams = z.object({ id: wholeNumberText(1, Number.MAX_SAFE_INTEGER) });

/** 200 with the outcome when the caller waited for it and it came; 202 while the command is only queued. */
const responses = { 200: commandReport, 202: commandReport };

type Wish = Omit<NewCommand, 'requestedBy' | 'requestedAt'>;

/** What people and bots ask of the poller. The API itself writes nothing else. */
export function commandRoutes(app: App, context: Context, metrics: ApiMetrics): void {
  const { record, clock, stopping } = context;

  const queue = async (db: FillDatabase, wish: Wish, request: FastifyRequest, reply: FastifyReply) => {
    const id = await db.enqueueCommand({ ...wish, requestedBy: 'api', requestedAt: clock.now() });
    metrics.commandQueued(wish.kind);
    request.log.info({ commandId: id, kind: wish.kind, orderId: wish.orderId }, 'command queued');
    const waitSeconds = preferredWait(request.headers['prefer']);
    const signal = AbortSignal.any([stopping, disconnectionOf(reply)]);
    const standing = await awaitCommand(db, clock, { id, waitSeconds: waitSeconds ?? 0, signal });
    if (standing === null) throw new Error(`Command ${id} is gone: the record was replaced`);
    if (waitSeconds !== null) reply.header('preference-applied', `wait=${waitSeconds}`);
    const isAnswered = waitSeconds !== null && standing.command.state !== 'QUEUED';
    reply.code(isAnswered ? 200 : 202).header('location', `/api/commands/${id}`);
    return presentCommand(standing) satisfies CommandReport;
  };

  app.post(
    '/api/orders',
    { schema: { summary: 'Start to track an order placed elsewhere', body: trackRequest, response: responses } },
    async (request, reply) => {
      const db = record();
      const { account: accountId, brokerOrderId } = request.body;
      const accounts = await db.listAccounts();
      if (!accounts.some(({ id }) => id === accountId)) {
        const known = accounts.map(({ id }) => id).join(', ') || 'none yet: the poller learns them in its first cycle';
        throw new ProblemError(404, `There is no account ${accountId}. Known: ${known}.`, {
          errors: [{ in: 'body', name: 'account', message: 'is not the id of an account' }],
        });
      }
      return await queue(db, { kind: 'TRACK', accountId, brokerOrderId, orderId: null }, request, reply);
    },
  );

  app.post(
    '/api/orders/:id/repoll',
    { schema: { summary: 'Ask the broker about one order now', params: orderParams, response: responses } },
    async (request, reply) => {
      const db = record();
      const { id: orderId } = request.params;
      const [order] = await db.findOrder({ id: orderId });
      if (order === undefined) throw new ProblemError(404, `There is no order ${orderId} in the record.`);
      const { accountId, known } = order;
      if (known.brokerOrderId === '') {
        throw new ProblemError(409, `Order ${orderId} was imported without the broker's id: nobody can be asked.`);
      }
      const wish: Wish = { kind: 'REPOLL', accountId, brokerOrderId: known.brokerOrderId, orderId };
      return await queue(db, wish, request, reply);
    },
  );

  app.get(
    '/api/commands/:id',
    { schema: { summary: 'What became of a command', params: commandParams, response: { 200: commandReport } } },
    async ({ params: { id } }) => {
      const standing = await lookAtCommand(record(), clock, id);
      if (standing === null) throw new ProblemError(404, `There is no command ${id}.`);
      return presentCommand(standing);
    },
  );
}

/** Aborts when the caller goes away before the answer. */
function disconnectionOf(reply: FastifyReply): AbortSignal {
  const gone = new AbortController();
  reply.raw.once('close', () => gone.abort());
  return gone.signal;
}
