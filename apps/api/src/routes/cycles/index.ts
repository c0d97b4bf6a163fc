import { cyclePage, cycleQuery } from '@fill-tracker/contract';
import type { App, Context } from '../../app.ts';
import { decodeIdCursor, encodeIdCursor } from '../../cursors.ts';
import { presentCycle } from './present-cycle.ts';

export function cycleRoutes(app: App, { record }: Context): void {
  app.get(
    '/api/cycles',
    { schema: { summary: 'Looks at the broker, newest first', querystring: cycleQuery, response: { 200: cyclePage } } },
    async ({ query: { limit, cursor } }) => {
      const beforeId = decodeIdCursor('cycles', cursor);
      const cycles = await record().pageCycles({ limit: limit + 1, ...(beforeId !== undefined && { beforeId }) });
      const page = cycles.slice(0, limit);
      const last = page.at(-1);
      const hasMore = cycles.length > limit && last !== undefined;
      return { items: page.map(presentCycle), nextCursor: hasMore ? encodeIdCursor('cycles', last.id) : null };
    },
  );
}
