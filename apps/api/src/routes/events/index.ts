import { Readable } from 'node:stream';
import { eventQuery } from '@fill-tracker/contract';
import { linkedSignal } from '@fill-tracker/schwab-client';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { App, Context } from '../../app.ts';
import type { ApiMetrics } from '../../plugins/metrics.ts';
import { ProblemError } from '../../problem-error.ts';
import { followRecord } from './follow-record.ts';
import { createLiveFeed } from './live-feed.ts';

/** Streams at a time: a dashboard needs one. */
export const MAX_STREAMS = 32;

export function eventRoutes(app: App, context: Context, metrics: ApiMetrics): void {
  const feed = createLiveFeed(context);
  let streams = 0;

  app.get(
    '/api/events',
    {
      config: { isUnlimited: true, isStream: true },
      // A HEAD request would open a stream that nobody reads.
      exposeHeadRoute: false,
      schema: { summary: 'What changes, as it changes (server-sent events)', querystring: eventQuery },
    },
    async (request, reply) => {
      context.record();
      if (context.stopping.aborted || streams >= MAX_STREAMS) {
        throw new ProblemError(503, `There are ${streams} event streams already, as many as are served at a time.`, {
          headers: { 'retry-after': '5' },
        });
      }
      streams += 1;
      metrics.streamsOpen(streams);
      const signal = endOf(reply, context.stopping);
      signal.addEventListener('abort', () => {
        streams -= 1;
        metrics.streamsOpen(streams);
        feed.leave();
      });
      await feed.join();
      const frames = followRecord(context, feed, { lastEventId: lastEventIdOf(request), signal });
      return reply
        .headers({
          'content-type': 'text/event-stream; charset=utf-8',
          'cache-control': 'no-store',
          // Kept alive, it would hold up the end of the server.
          connection: 'close',
          'x-accel-buffering': 'no',
        })
        .send(Readable.from(frames, { objectMode: false }));
    },
  );
}

/** Aborts once: when the reader goes away, the answer ends or the server stops. */
function endOf(reply: FastifyReply, stopping: AbortSignal): AbortSignal {
  const closed = new AbortController();
  const ended = linkedSignal([closed.signal, stopping]);
  reply.raw.once('close', () => {
    closed.abort();
    ended[Symbol.dispose]();
  });
  return ended.signal;
}

/** The header first: a browser that reconnects sends it, while its address keeps the id of the first time. */
function lastEventIdOf(request: FastifyRequest<{ Querystring: { lastEventId?: number | undefined } }>): number | null {
  const header = request.headers['last-event-id'];
  if (header === undefined || header === '') return request.query.lastEventId ?? null;
  return typeof header === 'string' && /^\d{1,15}$/.test(header) ? Number(header) : Number.NaN;
}
