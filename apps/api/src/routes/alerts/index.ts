import { alertPage, alertQuery } from '@fill-tracker/contract';
import { presentAlert } from '@fill-tracker/notices';
import type { App, Context } from '../../app.ts';
import { decodeIdCursor, encodeIdCursor } from '../../cursors.ts';

export function alertRoutes(app: App, { record }: Context): void {
  app.get(
    '/api/alerts',
    {
      schema: {
        summary: 'What needs a person, newest first',
        querystring: alertQuery,
        response: { 200: alertPage },
      },
    },
    async ({ query: { limit, cursor, state } }) => {
      const beforeId = decodeIdCursor('alerts', cursor);
      const alerts = await record().pageAlerts({
        isOpen: state === 'open',
        limit: limit + 1,
        ...(beforeId !== undefined && { beforeId }),
      });
      const page = alerts.slice(0, limit);
      const last = page.at(-1);
      const hasMore = alerts.length > limit && last !== undefined;
      return { items: page.map(presentAlert), nextCursor: hasMore ? encodeIdCursor('alerts', last.id) : null };
    },
  );
}
