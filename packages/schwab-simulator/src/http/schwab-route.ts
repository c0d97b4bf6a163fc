import type { IncomingHttpHeaders } from 'node:http';
import type { SchwabAnswer } from './schwab-answer.ts';

/** One of Schwab's endpoints as a function from call to answer, so that the HTTP server stays in one place. */
export interface SchwabRoute {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** In Fastify's notation. */
  readonly path: string;
  /** True for what is called without a bearer token. */
  readonly open?: boolean;
  /** True when the answer holds orders, which a fault may spoil. */
  readonly answersOrders?: boolean;
  answer(call: SchwabCall): SchwabAnswer;
}

export interface SchwabCall {
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** As text; empty when there is none. */
  readonly body: string;
  /** Scheme, host and port as the client knows them. */
  readonly baseUrl: string;
  /** The order that a fault spoils in this answer: its id, or any. */
  readonly spoiledOrder: { readonly orderId: string | null } | null;
}
