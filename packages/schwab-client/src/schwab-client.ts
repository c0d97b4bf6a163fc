import { listAccounts } from './accounts/list-accounts.ts';
import type { AccountReference } from './accounts/list-accounts.ts';
import type { TokenStore } from './auth/stored-token.ts';
import { createTokenEndpoint } from './auth/token-endpoint.ts';
import type { Credentials } from './auth/token-endpoint.ts';
import { createTokenSource } from './auth/token-source.ts';
import { createAuthorised } from './authorised.ts';
import type { CallOptions } from './authorised.ts';
import type { Clock } from './clock.ts';
import { createPooledFetch } from './http/pooled-fetch.ts';
import { TokenBucket } from './http/token-bucket.ts';
import type { BudgetState } from './http/token-bucket.ts';
import { createTransmit } from './http/transmit.ts';
import type { AttemptEvent } from './http/transmit.ts';
import { getMarketHours } from './markets/market-hours.ts';
import type { MarketHours, MarketHoursQuery } from './markets/market-hours.ts';
import { getOrder } from './orders/get-order.ts';
import type { OrderAnswer, OrderQuery } from './orders/get-order.ts';
import { listOrders } from './orders/list-orders.ts';
import type { OrderList } from './orders/list-orders.ts';
import type { OrderWindow } from './orders/order-window.ts';
import { placeOrder } from './orders/place-order.ts';
import type { PlaceOrderQuery, PlaceOrderResult } from './orders/place-order.ts';

const DEFAULT_ATTEMPT_TIMEOUT_MS = 10_000;

export interface SchwabClientOptions {
  /** `https://api.schwabapi.com`, or a simulator's. */
  readonly baseUrl: string;
  readonly credentials: Credentials;
  readonly tokens: TokenStore;
  readonly clock: Clock;
  /** In [0, 1), for the jitter of retries. */
  readonly random: () => number;
  /** The ceiling on requests in any 60 seconds, retries and token refreshes included. Schwab's own is 120 per app. */
  readonly requestsPerMinute: number;
  /** The global fetch over a pool of its own when left out. */
  readonly fetch?: typeof fetch;
  /** ms for one attempt, from connecting to the last byte; 10 s when left out. */
  readonly attemptTimeoutMs?: number;
  /** Told of every attempt when it is over. What it throws is dropped. */
  readonly onAttempt?: (attempt: AttemptEvent) => void;
}

/** A sign-in code and the callback it came to. */
interface SignInCode {
  /** As it stands in the redirect URL, `%40` and all, or already decoded. Works once, for about 30 seconds. */
  readonly code: string;
  /** Exactly the one of the sign-in link. */
  readonly callbackUrl: string;
}

/**
 * Schwab's HTTP in Schwab's words. Every call keeps to the request budget, is bounded in time and rejects with a
 * SchwabError (see its kinds), or with the reason of the caller's own signal. Reads are retried three times when that
 * can help; an order is sent once.
 */
export interface SchwabClient {
  listAccounts(call: CallOptions): Promise<AccountReference[]>;
  /** Orders of one account entered in a window. */
  listOrders(query: OrderWindow & { readonly accountHash: string }, call: CallOptions): Promise<OrderList>;
  /** Orders of all linked accounts entered in a window. */
  listAllOrders(query: OrderWindow, call: CallOptions): Promise<OrderList>;
  getOrder(query: OrderQuery, call: CallOptions): Promise<OrderAnswer>;
  /** Throws only when nothing was sent; afterwards the result says what is known. */
  placeOrder(query: PlaceOrderQuery, call: CallOptions): Promise<PlaceOrderResult>;
  getMarketHours(query: MarketHoursQuery, call: CallOptions): Promise<MarketHours>;
  /** Trades a sign-in code for tokens and stores them. Voids the tokens of every earlier sign-in. */
  exchangeCode(query: SignInCode, call: CallOptions): Promise<void>;
  /** Where the request budget stands now. */
  budget(): BudgetState;
}

/**
 * @throws {TypeError} when the base URL is none.
 * @throws {RangeError} when `requestsPerMinute` is not a whole number of at least 1.
 */
export function createSchwabClient(options: SchwabClientOptions): SchwabClient {
  const { baseUrl, clock, random } = options;
  if (!/^https?:\/\//.test(baseUrl) || !URL.canParse(baseUrl)) throw new TypeError('baseUrl must be an http(s) URL');
  const bucket = new TokenBucket({ requestsPerMinute: options.requestsPerMinute, clock });
  const transmit = createTransmit({
    bucket,
    clock,
    fetch: options.fetch ?? createPooledFetch(),
    attemptTimeoutMs: options.attemptTimeoutMs ?? DEFAULT_ATTEMPT_TIMEOUT_MS,
    onAttempt: options.onAttempt ?? (() => {}),
  });
  const endpoint = createTokenEndpoint({ baseUrl, credentials: options.credentials, transmit, clock, random });
  const tokens = createTokenSource({ store: options.tokens, clock, refresh: (token) => endpoint.refresh(token) });
  const authorised = createAuthorised({ tokens, transmit, clock, random });
  const broker = { baseUrl, authorised };

  return {
    listAccounts: (call) => listAccounts(broker, call),
    listOrders: (query, call) => listOrders({ ...broker, now: clock.now() }, query, call),
    listAllOrders: (query, call) => listOrders({ ...broker, now: clock.now() }, { ...query, accountHash: null }, call),
    getOrder: (query, call) => getOrder(broker, query, call),
    placeOrder: (query, call) => placeOrder(broker, query, call),
    getMarketHours: (query, call) => getMarketHours(broker, query, call),
    exchangeCode: ({ code, callbackUrl }, { lane, signal }) =>
      tokens.signIn(() => endpoint.exchange(code, callbackUrl, lane, signal)),
    budget: () => bucket.state(),
  };
}
