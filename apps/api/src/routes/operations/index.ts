import type { Registry } from 'prom-client';
import { z } from 'zod';
import type { App, Context } from '../../app.ts';
import { ProblemError } from '../../problem-error.ts';

/** What supervisors and monitors ask. */
export function operationRoutes(app: App, { record }: Context, registry: Registry): void {
  app.get(
    '/healthz',
    {
      config: { isUnlimited: true, isPublic: true },
      schema: { summary: 'The process is alive', response: { 200: z.object({ status: z.literal('alive') }) } },
    },
    () => ({ status: 'alive' as const }),
  );

  app.get(
    '/readyz',
    {
      config: { isUnlimited: true },
      schema: {
        summary: 'The record can be read, and has the schema of this program; 503 says why not',
        response: { 200: z.object({ status: z.literal('ready') }) },
      },
    },
    async () => {
      if (await record().isSchemaCurrent()) return { status: 'ready' as const };
      throw new ProblemError(503, 'The record has the schema of another version of this program. Update both.');
    },
  );

  app.get('/metrics', { schema: { summary: 'For Prometheus' } }, async (_request, reply) =>
    reply.type(registry.contentType).send(await registry.metrics()),
  );
}
