import type { Authorised, CallOptions } from '../authorised.ts';
import { accountPath } from '../accounts/account-path.ts';
import { OddOrderError, SchwabError, ShapeError } from '../errors.ts';
import { schwabUrl } from '../http/request.ts';
import type { SchwabRequest } from '../http/request.ts';
import { readingAnswer } from '../reading-answer.ts';
import type { AnswerFacts } from '../reading-answer.ts';
import { isOrderId } from './order-texts.ts';
import { parseOrder } from './parse-orders.ts';
import type { SchwabOrderReport } from './read-order-tree.ts';

export interface OrderAnswer extends AnswerFacts {
  readonly report: SchwabOrderReport;
}

export interface OrderQuery {
  readonly accountHash: string;
  readonly orderId: string;
}

/**
 * `GET /accounts/{hash}/orders/{orderId}`; children can be asked for by their own ids.
 *
 * @throws {SchwabError} `not-found` for an unknown order, and for some seconds for a new one; `shape` when the answer
 * cannot be read or is about another order; as OddOrderError when it is about this one, which cannot be read.
 */
export async function getOrder(
  { baseUrl, authorised }: { baseUrl: string; authorised: Authorised },
  { accountHash, orderId }: OrderQuery,
  call: CallOptions,
): Promise<OrderAnswer> {
  const operation = 'get-order';
  const path = accountPath(accountHash, operation);
  if (!isOrderId(orderId)) {
    throw new SchwabError('bad-request', 'get-order: not an order id (nothing was sent)', { operation });
  }
  const url = schwabUrl(baseUrl, `${path}/orders/${orderId}`);
  const request: SchwabRequest = { operation, method: 'GET', url, secrets: [accountHash] };
  return readingAnswer(await authorised.read(request, call), request, (text) => ({ report: readOwn(text, orderId) }));
}

function readOwn(text: string, orderId: string): SchwabOrderReport {
  const about = (id: string): void => {
    if (id !== orderId) throw new ShapeError('orderId', 'the answer is about another order');
  };
  try {
    const report = parseOrder(text);
    about(report.order.orderId);
    return report;
  } catch (error) {
    if (error instanceof OddOrderError) about(error.orderId);
    throw error;
  }
}
