import type { Authorised, CallOptions } from '../authorised.ts';
import { accountPath } from '../accounts/account-path.ts';
import { AnswerCutOffError, SchwabError } from '../errors.ts';
import { refusalOf } from '../http/refusal.ts';
import { schwabUrl } from '../http/request.ts';
import type { Answer, SchwabRequest } from '../http/request.ts';
import { maskHashes } from '../redact.ts';
import { orderIdFromLocation } from './location-header.ts';
import { writeOrderRequest } from './order-request.ts';
import type { OrderRequest } from './order-request.ts';

/** Schwab took the order and named it. It may still reject it: that shows a second later as its status. */
export interface OrderPlaced {
  readonly outcome: 'placed';
  readonly orderId: string;
  /** The `Location` header, the account hash in it masked. */
  readonly location: string;
  readonly correlationId: string | null;
}

/** Schwab refused: there is no order. */
export interface OrderRejected {
  readonly outcome: 'rejected';
  readonly status: number;
  /** Schwab's own words where it gave any, redacted. */
  readonly message: string;
  readonly correlationId: string | null;
}

/** Nobody knows whether there is an order. Look for it before anything else: placing it again may buy twice. */
export interface OrderUnknown {
  readonly outcome: 'unknown';
  /** `timeout`, `network`: no whole answer; `server`: 5xx, 408 or a redirect; `no-order-id`: accepted, without a usable Location. */
  readonly reason: 'timeout' | 'network' | 'server' | 'no-order-id';
  readonly status: number | null;
  readonly message: string;
  /** Named by the headers of an answer that then broke off: the first place to look. */
  readonly orderId: string | null;
  readonly correlationId: string | null;
}

export type PlaceOrderResult = OrderPlaced | OrderRejected | OrderUnknown;

export interface PlaceOrderQuery {
  readonly accountHash: string;
  readonly order: OrderRequest;
}

/**
 * `POST /accounts/{hash}/orders`, sent once and never again: Schwab knows no client order id.
 *
 * @throws only before anything was sent: a SchwabError (no token, a request that cannot be right), or the reason of
 * an abort in the queue. Once it is sent, a signal no longer ends it, for the answer must not be lost.
 */
export async function placeOrder(
  { baseUrl, authorised }: { baseUrl: string; authorised: Authorised },
  { accountHash, order }: PlaceOrderQuery,
  call: CallOptions,
): Promise<PlaceOrderResult> {
  const request: SchwabRequest = {
    operation: 'place-order',
    method: 'POST',
    url: schwabUrl(baseUrl, `${accountPath(accountHash, 'place-order')}/orders`),
    contentType: 'application/json',
    body: writeOrderRequest(order),
    secrets: [accountHash],
  };
  let isSent = false;
  const onSend = () => {
    isSent = true;
  };
  try {
    return readPlacement(await authorised.write(request, call, onSend), request);
  } catch (error) {
    if (!isSent) throw error;
    return lostAnswer(error);
  }
}

/** 408 is a 4xx by which a gateway admits that it does not know either. */
const REQUEST_TIMEOUT = 408;

function readPlacement(answer: Answer, request: SchwabRequest): PlaceOrderResult {
  const { status, correlationId } = answer;
  const refused = refusalOf(answer, request);
  if (refused !== null) {
    const message = refused.detail ?? `Schwab answered ${status}`;
    if (refused.kind !== 'server' && status !== REQUEST_TIMEOUT)
      return { outcome: 'rejected', status, message, correlationId };
    return { outcome: 'unknown', reason: 'server', status, message, orderId: null, correlationId };
  }
  const orderId = orderIdFromLocation(answer.location);
  if (orderId !== null) {
    return { outcome: 'placed', orderId, location: maskHashes(answer.location ?? ''), correlationId };
  }
  const message =
    answer.location === null ? 'accepted without a Location' : 'accepted with a Location that names no order';
  return { outcome: 'unknown', reason: 'no-order-id', status, message, orderId: null, correlationId };
}

function lostAnswer(error: unknown): OrderUnknown {
  const known = error instanceof SchwabError ? error : null;
  return {
    outcome: 'unknown',
    reason: known?.kind === 'timeout' ? 'timeout' : 'network',
    status: known?.status ?? null,
    message: known?.message ?? 'the call failed after the order was sent',
    orderId: orderIdFromLocation(known instanceof AnswerCutOffError ? known.location : null),
    correlationId: known?.correlationId ?? null,
  };
}
