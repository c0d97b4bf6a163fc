import type { CommandReport } from '@fill-tracker/contract';
import type { FillDatabase, NewCommand } from '@fill-tracker/db';
import { linkedSignal } from '@fill-tracker/schwab-client';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../../app.ts';
import type { ApiMetrics } from '../../plugins/metrics.ts';
import { awaitCommand } from './await-command.ts';
import { preferredWait } from './prefer-wait.ts';
import { presentCommand } from './present-command.ts';

/** What is asked of the poller. */
export type Wish = Omit<NewCommand, 'requestedBy' | 'requestedAt'>;

/** Queues a wish and answers it: with the outcome when the caller waits and it comes, else that it is queued. */
export type QueueCommand = (
  db: FillDatabase,
  wish: Wish,
  request: FastifyRequest,
  reply: FastifyReply,
) => Promise<CommandReport>;

export function createQueue({ clock, stopping }: Context, metrics: ApiMetrics): QueueCommand {
  return async (db, wish, request, reply) => {
    const id = await db.enqueueCommand({ ...wish, requestedBy: 'api', requestedAt: clock.now() });
    metrics.commandQueued(wish.kind);
    // Never the payload: that of a sign-in is a secret.
    request.log.info({ commandId: id, kind: wish.kind, orderId: wish.orderId }, 'command queued');
    const waitSeconds = preferredWait(request.headers['prefer']);
    using unwanted = linkedSignal([stopping, disconnectionOf(reply)]);
    const standing = await awaitCommand(db, clock, { id, waitSeconds: waitSeconds ?? 0, signal: unwanted.signal });
    if (standing === null) throw new Error(`Command ${id} is gone: the record was replaced`);
    if (waitSeconds !== null) reply.header('preference-applied', `wait=${waitSeconds}`);
    const isAnswered = waitSeconds !== null && standing.command.state !== 'QUEUED';
    reply.code(isAnswered ? 200 : 202).header('location', `/api/commands/${id}`);
    return presentCommand(standing);
  };
}

/** Aborts when the caller goes away before the answer. */
function disconnectionOf(reply: FastifyReply): AbortSignal {
  const gone = new AbortController();
  reply.raw.once('close', () => gone.abort());
  return gone.signal;
}
