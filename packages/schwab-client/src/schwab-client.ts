import { listAccounts } from './accounts/list-accounts.ts';
import type { AccountReference } from './accounts/list-accounts.ts';
import type { RefreshLock } from './auth/refresh-lock.ts';
import type { StoredToken, TokenStore } from './auth/stored-token.ts';
import { createTokenEndpoint } from './auth/token-endpoint.ts';
import type { Credentials } from './auth/token-endpoint.ts';
import { createTokenSource } from './auth/token-source.ts';
import { createAuthorised } from './authorised.ts';
import type { CallOptions } from './authorised.ts';
import type { Clock } from './clock.ts';
import { createClockComparison } from './clock-skew.ts';
import type { ClockSkew } from './clock-skew.ts';
import { CircuitBreaker } from './http/circuit-breaker.ts';
import type { OpenCircuit } from './http/circuit-breaker.ts';
import { createPooledFetch } from './http/pooled-fetch.ts';
import { TokenBucket } from './http/token-bucket.ts';
import type { BudgetState } from './http/token-bucket.ts';
import { createTransmit } from './http/transmit.ts';
import type { AttemptEvent } from './http/transmit.ts';
import { getMarketHours } from './markets/market-hours.ts';
import type { MarketHours, MarketHoursQuery } from './markets/market-hours.ts';
import { getPriceHistory } from './markets/price-history.ts';
import type { PriceHistory, PriceHistoryQuery } from './markets/price-history.ts';
import { getOrder } from './orders/get-order.ts';
import type { OrderAnswer, OrderQuery } from './orders/get-order.ts';
import { listOrders } from './orders/list-orders.ts';
import type { OrderList } from './orders/list-orders.ts';
import { createOrderListReader } from './orders/order-list-reader.ts';
import type { OrderWindow } from './orders/order-window.ts';
import { placeOrder } from './orders/place-order.ts';
import type { PlaceOrderQuery, PlaceOrderResult } from './orders/place-order.ts';
import { listTransactions } from './transactions/list-transactions.ts';
import type { TransactionList, TransactionQuery } from './transactions/list-transactions.ts';

const DEFAULT_ATTEMPT_TIMEOUT_MS = 10_000;

export interface SchwabClientOptions {
  /** `https://api.schwabapi.com`, or a simulator's. */
  readonly baseUrl: string;
  readonly credentials: Credentials;
  readonly tokens: TokenStore;
  /** Needed where other processes refresh the tokens of the same store. */
  readonly refreshLock?: RefreshLock;
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

/** When the account holder signed in and how long that lasts: a week, however often tokens are refreshed. ms since epoch. */
export type SignInTimes = Pick<StoredToken, 'signedInAt' | 'refreshTokenExpiresAt'>;

/**
 * Schwab's HTTP in Schwab's words. Every call keeps to the request budget, is bounded in time and rejects with a
 * SchwabError (see its kinds), or with the reason of the caller's own signal. Reads are retried three times when that
 * can help; an order is sent once. While an operation meets outages only, new calls of it are held back, for up to five
 * seconds at a time; a person's own (lanes `sign-in` and `command`) are not.
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
  /** What trades cost, as booked in one account within at most 365 days. */
  listTransactions(query: TransactionQuery, call: CallOptions): Promise<TransactionList>;
  getMarketHours(query: MarketHoursQuery, call: CallOptions): Promise<MarketHours>;
  /** What a symbol traded at, in candles of some minutes. */
  getPriceHistory(query: PriceHistoryQuery, call: CallOptions): Promise<PriceHistory>;
  /** Trades a sign-in code for tokens and stores them. Voids the tokens of every earlier sign-in. */
  exchangeCode(query: SignInCode, call: CallOptions): Promise<void>;
  /** The sign-in whose tokens are in the store now; null when nobody signed in. */
  signInTimes(): Promise<SignInTimes | null>;
  /** Where the request budget stands now. */
  budget(): BudgetState;
  /** The operations that are held back now since Schwab did not answer the last calls. */
  openCircuits(): readonly OpenCircuit[];
  /** How far our clock is from Schwab's, by the answers of the last minutes; null without any. */
  clockSkew(): ClockSkew | null;
}

/**
 * @throws {TypeError} when the base URL is none.
 * @throws {RangeError} when `requestsPerMinute` is not a whole number of at least 1.
 */
export function createSchwabClient(options: SchwabClientOptions): SchwabClient {
  const { baseUrl, clock, random } = options;
  if (!/^https?:\/\//.test(baseUrl) || !URL.canParse(baseUrl)) throw new TypeError('baseUrl must be an http(s) URL');
  const bucket = new TokenBucket({ requestsPerMinute: options.requestsPerMinute, clock });
  const breaker = new CircuitBreaker({ clock });
  const clocks = createClockComparison();
  const transmit = createTransmit({
    bucket,
    breaker,
    clock,
    fetch: options.fetch ?? createPooledFetch(),
    attemptTimeoutMs: options.attemptTimeoutMs ?? DEFAULT_ATTEMPT_TIMEOUT_MS,
    onAttempt: options.onAttempt ?? (() => {}),
    clocks,
  });
  const endpoint = createTokenEndpoint({ baseUrl, credentials: options.credentials, transmit, clock, random });
  const tokens = createTokenSource({
    store: options.tokens,
    clock,
    refresh: (token) => endpoint.refresh(token),
    lock: options.refreshLock,
  });
  const authorised = createAuthorised({ tokens, transmit, clock, random });
  const broker = { baseUrl, authorised };
  const readList = createOrderListReader();
  const listing = () => ({ ...broker, readList, now: clock.now() });

  return {
    listAccounts: (call) => listAccounts(broker, call),
    listOrders: (query, call) => listOrders(listing(), query, call),
    listAllOrders: (query, call) => listOrders(listing(), { ...query, accountHash: null }, call),
    getOrder: (query, call) => getOrder(broker, query, call),
    placeOrder: (query, call) => placeOrder(broker, query, call),
    listTransactions: (query, call) => listTransactions(broker, query, call),
    getMarketHours: (query, call) => getMarketHours(broker, query, call),
    getPriceHistory: (query, call) => getPriceHistory(broker, query, call),
    exchangeCode: ({ code, callbackUrl }, { lane, signal }) =>
      tokens.signIn(() => endpoint.exchange(code, callbackUrl, lane, signal)),
    signInTimes: async () => {
      const token = await options.tokens.load();
      return token === null
        ? null
        : { signedInAt: token.signedInAt, refreshTokenExpiresAt: token.refreshTokenExpiresAt };
    },
    budget: () => bucket.state(),
    openCircuits: () => breaker.open(),
    clockSkew: () => clocks.skew(clock.now()),
  };
}
