import { jsonAnswer, type SchwabAnswer, traderError, unauthorized } from '../http/schwab-answer.ts';
import type { Fault, FaultKind } from './fault.ts';

/** How an answer leaves the broker. */
export type Delivery =
  | { readonly how: 'answer'; readonly answer: SchwabAnswer }
  /** The whole length announced, half of the body sent, the connection closed. */
  | { readonly how: 'truncate'; readonly answer: SchwabAnswer }
  | { readonly how: 'stay-silent' }
  | { readonly how: 'reset' };

const WHITELABEL_PAGE =
  '<html><body><h1>Whitelabel Error Page</h1><p>There was an unexpected error (type=Internal Server Error, status=500).</p></body></html>';

/**
 * What the client gets when `fault` strikes. `answer` is asked for only by the faults that spoil a true answer: under
 * every other one the request has no effect, so a failed POST placed no order.
 */
export function spoilAnswer(fault: Fault | null, answer: () => SchwabAnswer, newId: () => string): Delivery {
  return fault === null ? whole(answer()) : DELIVERIES[fault.kind]({ fault, answer, newId });
}

interface Struck {
  readonly fault: Fault;
  readonly answer: () => SchwabAnswer;
  readonly newId: () => string;
}

const DELIVERIES: Record<FaultKind, (struck: Struck) => Delivery> = {
  'status-500': () => whole(traderError(500, 'Internal Server Error')),
  'html-error': () => whole({ status: 500, headers: { 'content-type': 'text/html' }, body: WHITELABEL_PAGE }),
  'rate-limit': ({ fault }) => whole(tooManyRequests({ 'retry-after': String(fault.retryAfterSeconds) })),
  'rate-limit-without-retry-after': () => whole(tooManyRequests({})),
  unauthorized: ({ newId }) => whole(unauthorized(newId())),
  timeout: () => ({ how: 'stay-silent' }),
  reset: () => ({ how: 'reset' }),
  'truncated-body': ({ answer }) => ({ how: 'truncate', answer: answer() }),
  'cut-json': ({ answer }) => whole(cutInHalf(answer())),
  // These two act on orders, not on the answer as a whole: whoever writes the answer heeds them.
  'malformed-order': ({ answer }) => whole(answer()),
  'visibility-lag': ({ answer }) => whole(answer()),
};

function whole(answer: SchwabAnswer): Delivery {
  return { how: 'answer', answer };
}

function tooManyRequests(headers: Readonly<Record<string, string>>): SchwabAnswer {
  return jsonAnswer(429, JSON.stringify({ message: 'Too Many Requests' }), headers);
}

function cutInHalf(answer: SchwabAnswer): SchwabAnswer {
  return { ...answer, body: answer.body.slice(0, Math.floor(answer.body.length / 2)) };
}
