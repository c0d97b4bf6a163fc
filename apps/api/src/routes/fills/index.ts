import { fillFeed, fillFeedQuery } from '@fill-tracker/contract';
import { presentFillEvent } from '@fill-tracker/db';
import type { App, Context } from '../../app.ts';

export function fillRoutes(app: App, { record }: Context): void {
  app.get(
    '/api/fills',
    {
      schema: {
        summary:
          'Every change of a fill, oldest first, numbered without a gap: read on from the last number you handled',
        description:
          'The fill is what it was at its number; its order is as it is now, at the time of the answer. ' +
          'Go on with `after` set to the last `sequence`; while `hasMore` is false there is nothing to wait for yet.',
        querystring: fillFeedQuery,
        response: { 200: fillFeed },
      },
    },
    async ({ query: { after, limit } }) => {
      const db = record();
      const events = await db.fillEventsAfter(after, limit + 1);
      // Read after the events: the newest number is never older than what is given.
      const lastSequence = await db.lastFillSequence();
      return {
        items: events.slice(0, limit).map(presentFillEvent),
        lastSequence,
        hasMore: events.length > limit,
      };
    },
  );
}
