import { blindSpotPage, blindSpotQuery } from '@fill-tracker/contract';
import { presentBlindSpot } from '@fill-tracker/db';
import type { App, Context } from '../../app.ts';
import { decodeIdCursor, encodeIdCursor } from '../../cursors.ts';

export function blindSpotRoutes(app: App, { record }: Context): void {
  app.get(
    '/api/blind-spots',
    {
      schema: {
        summary: 'When the tracker could not see, why, and what that kept out of sight; newest first',
        querystring: blindSpotQuery,
        response: { 200: blindSpotPage },
      },
    },
    async ({ query: { limit, cursor } }) => {
      const beforeId = decodeIdCursor('blind-spots', cursor);
      const spots = await record().pageBlindSpots({ limit: limit + 1, ...(beforeId !== undefined && { beforeId }) });
      const page = spots.slice(0, limit);
      const last = page.at(-1);
      const hasMore = spots.length > limit && last !== undefined;
      return { items: page.map(presentBlindSpot), nextCursor: hasMore ? encodeIdCursor('blind-spots', last.id) : null };
    },
  );
}
