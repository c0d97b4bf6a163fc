import { Readable } from 'node:stream';
import { fullOrder, orderFilter, orderPage, orderQuery, wholeNumberText } from '@fill-tracker/contract';
import { presentFullOrder, presentOrder } from '@fill-tracker/db';
import { z } from 'zod';
import type { App, Context } from '../../app.ts';
import { decodeOrderCursor, encodeOrderCursor } from '../../cursors.ts';
import { ProblemError } from '../../problem-error.ts';
import { filterOf, sortOf } from './order-selection.ts';
import { ordersCsv } from './orders-csv.ts';

/** Counting more rows than anybody pages through would cost more than the page itself. */
const COUNT_CAP = 10_000;

/** The path of one order. */
export const orderParams = z.object({ id: wholeNumberText(1, Number.MAX_SAFE_INTEGER) });

export function orderRoutes(app: App, { record }: Context): void {
  app.get(
    '/api/orders',
    { schema: { summary: 'Orders, filtered and sorted', querystring: orderQuery, response: { 200: orderPage } } },
    async ({ query }) => {
      const db = record();
      const filter = filterOf(query);
      const { sort, direction } = sortOf(query);
      const order = `${sort} ${direction}`;
      const after = decodeOrderCursor(order, query.cursor);
      const [page, count, lastCompleteAt] = await Promise.all([
        db.pageOrders({ ...filter, sort, direction, limit: query.limit, ...(after && { after }) }),
        db.countMatchingOrders(filter, COUNT_CAP + 1),
        db.lastCompleteCycleAt(),
      ]);
      return {
        items: page.orders.map((view) => presentOrder(view, lastCompleteAt)),
        nextCursor: page.next && encodeOrderCursor(order, page.next),
        total: Math.min(count, COUNT_CAP),
        totalIsCapped: count > COUNT_CAP,
      };
    },
  );

  app.get(
    '/api/orders/:id',
    {
      schema: { summary: 'One order with all that is known of it', params: orderParams, response: { 200: fullOrder } },
    },
    async ({ params: { id } }) => {
      const db = record();
      const [[detail], lastCompleteAt] = await Promise.all([db.findOrder({ id }), db.lastCompleteCycleAt()]);
      if (detail === undefined) throw new ProblemError(404, `There is no order ${id} in the record.`);
      return presentFullOrder(detail, lastCompleteAt);
    },
  );

  app.get(
    '/api/orders.csv',
    {
      // A HEAD request would run the whole export for nobody.
      exposeHeadRoute: false,
      schema: { summary: 'All orders of a selection, as CSV', querystring: orderFilter, produces: ['text/csv'] },
    },
    (request, reply) => {
      const rows = ordersCsv(record(), { ...filterOf(request.query), ...sortOf(request.query) });
      return reply
        .type('text/csv; charset=utf-8; header=present')
        .header('content-disposition', 'attachment; filename="orders.csv"')
        .header('cache-control', 'no-store')
        .send(Readable.from(rows, { objectMode: false }));
    },
  );
}
