import { orphans } from '@fill-tracker/contract';
import { readOrphans } from '@fill-tracker/db';
import type { App, Context } from '../../app.ts';

export function orphanRoutes(app: App, { record }: Context): void {
  app.get(
    '/api/orphans',
    { schema: { summary: 'Orders that only the broker, or only the record, knows', response: { 200: orphans } } },
    async () => await readOrphans(record()),
  );
}
