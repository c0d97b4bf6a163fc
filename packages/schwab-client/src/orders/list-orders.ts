import type { Authorised, CallOptions } from '../authorised.ts';
import { accountPath } from '../accounts/account-path.ts';
import { schwabUrl } from '../http/request.ts';
import type { SchwabRequest } from '../http/request.ts';
import { readingAnswer } from '../reading-answer.ts';
import type { AnswerFacts } from '../reading-answer.ts';
import { orderWindowQuery } from './order-window.ts';
import type { OrderWindow } from './order-window.ts';
import type { ParsedOrderList } from './parse-orders.ts';

/** The orders entered in a window, top-level ones only (children lie inside them), and what was odd among them. */
export interface OrderList extends ParsedOrderList, AnswerFacts {}

export interface OrderListQuery extends OrderWindow {
  /** Null for the orders of all linked accounts in one call. */
  readonly accountHash: string | null;
}

interface ListingBroker {
  readonly baseUrl: string;
  readonly now: number;
  readonly authorised: Authorised;
  /** Reads the body of an answer; throws a ShapeError when it is no list. */
  readonly readList: (text: string) => ParsedOrderList;
}

/** `GET /accounts/{hash}/orders`, or `GET /orders`. */
export async function listOrders(
  { baseUrl, now, authorised, readList }: ListingBroker,
  query: OrderListQuery,
  call: CallOptions,
): Promise<OrderList> {
  const account = query.accountHash === null ? '/trader/v1' : accountPath(query.accountHash, 'list-orders');
  const request: SchwabRequest = {
    operation: 'list-orders',
    method: 'GET',
    url: schwabUrl(baseUrl, `${account}/orders`, orderWindowQuery(query, now)),
    secrets: query.accountHash === null ? [] : [query.accountHash],
  };
  return readingAnswer(await authorised.read(request, call), request, readList);
}
