import type { Readiness } from '@fill-tracker/contract';
import { type Instant, isStuck, pollerReadiness } from '@fill-tracker/domain';
import { fastify } from 'fastify';
import type { Registry } from 'prom-client';
import type { PollerLife } from '../loop/run-poller.ts';

export interface HealthServer {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Serves `/healthz` (the loop moves), `/readyz` (every due order was examined when it was due) and `/metrics` on loopback.
 *
 * @throws with code EADDRINUSE when the port is taken.
 */
export async function startHealthServer(
  port: number,
  life: PollerLife,
  registry: Registry,
  now: () => Instant,
): Promise<HealthServer> {
  const app = fastify({ logger: false, forceCloseConnections: true });
  app.get('/healthz', async (_request, reply) => {
    const isHung = hangs(life, now());
    const { cycles, lastCycleAt, lastOutcome, consecutiveFailures, next } = life.progress;
    await reply.code(isHung ? 503 : 200).send({
      state: isHung ? 'hung' : life.state,
      cycles,
      lastCycleAt: isoText(lastCycleAt),
      lastOutcome,
      consecutiveFailures,
      nextPollAt: isoText(next?.at ?? null),
      nextPollReason: next?.reason ?? null,
    });
  });
  app.get('/readyz', async (_request, reply) => {
    const answer = readinessOf(life, now());
    await reply.code(answer.ready ? 200 : 503).send(answer);
  });
  app.get('/metrics', async (_request, reply) => reply.type(registry.contentType).send(await registry.metrics()));
  await app.listen({ host: '127.0.0.1', port });
  const address = app.server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    close: () => app.close(),
  };
}

function readinessOf({ state, leaseSeenAt, progress }: PollerLife, now: Instant): Readiness {
  const { ready, conditions } = pollerReadiness(
    { ...progress, state, leaseSeenAt, nextPollAt: progress.next?.at ?? null },
    now,
  );
  return { ready, state, conditions: [...conditions] };
}

/** A standby rests for ever; a loop at work must move on when it said it would. */
function hangs({ state, progress: { cycleStartedAt, next } }: PollerLife, now: Instant): boolean {
  return state === 'polling' && isStuck({ cycleStartedAt, nextPollAt: next?.at ?? null }, now);
}

function isoText(at: Instant | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
