import { Readable } from 'node:stream';
import {
  fullOrder,
  orderAsKnown,
  orderDetailQuery,
  orderFilter,
  orderPage,
  orderQuery,
  wholeNumberText,
} from '@fill-tracker/contract';
import {
  type FillDatabase,
  type OrderDetail,
  ordersCsv,
  presentOrder,
  presentOrderAsKnown,
  readFullOrder,
} from '@fill-tracker/db';
import { z } from 'zod';
import type { App, Context } from '../../app.ts';
import { decodeOrderCursor, encodeOrderCursor } from '../../cursors.ts';
import { ProblemError } from '../../problem-error.ts';
import { filterOf, sortOf } from './order-selection.ts';

/** Counting more rows than anybody pages through would cost more than the page itself. */
const COUNT_CAP = 10_000;

/** The path of one order. */
export const orderParams = z.object({ id: wholeNumberText(1, Number.MAX_SAFE_INTEGER) });

export function orderRoutes(app: App, { record, clock }: Context): void {
  app.get(
    '/api/orders',
    { schema: { summary: 'Orders, filtered and sorted', querystring: orderQuery, response: { 200: orderPage } } },
    async ({ query }) => {
      const db = record();
      const filter = filterOf(query);
      const { sort, direction } = sortOf(query);
      const order = `${sort} ${direction}`;
      const after = decodeOrderCursor(order, query.cursor);
      const [page, count, looks] = await Promise.all([
        db.pageOrders({ ...filter, sort, direction, limit: query.limit, ...(after && { after }) }),
        db.countMatchingOrders(filter, COUNT_CAP + 1),
        db.readLooks(),
      ]);
      return {
        items: page.orders.map((view) => presentOrder(view, looks)),
        nextCursor: page.next && encodeOrderCursor(order, page.next),
        total: Math.min(count, COUNT_CAP),
        totalIsCapped: count > COUNT_CAP,
      };
    },
  );

  app.get(
    '/api/orders/:id',
    {
      schema: {
        summary: 'One order with all that is known of it, or as it was known at an instant',
        params: orderParams,
        querystring: orderDetailQuery,
        response: { 200: z.union([fullOrder, orderAsKnown]) },
      },
    },
    async ({ params: { id }, query: { asKnownAt } }) => {
      const db = record();
      const detail = await findOrder(db, id);
      if (asKnownAt === undefined) return await readFullOrder(db, detail);
      const at = Date.parse(asKnownAt);
      if (at > clock.now()) throw stillToCome();
      return presentOrderAsKnown(detail, at, await db.auditOfOrderUntil(id, at));
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

/** @throws {ProblemError} 404 when the record does not have it */
export async function findOrder(db: FillDatabase, id: number): Promise<OrderDetail> {
  const [detail] = await db.findOrder({ id });
  if (detail === undefined) throw new ProblemError(404, `There is no order ${id} in the record.`);
  return detail;
}

function stillToCome(): ProblemError {
  const message = 'is still to come: nobody knows what will be known then';
  return new ProblemError(400, `The request is not valid: asKnownAt ${message}.`, {
    errors: [{ in: 'query', name: 'asKnownAt', message }],
  });
}
