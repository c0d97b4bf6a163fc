import type { StoredToken, TokenStore } from '../auth/stored-token.ts';
import type { AttemptEvent } from '../http/transmit.ts';
import type { OrderList } from '../orders/list-orders.ts';
import type { OrderRequest } from '../orders/order-request.ts';
import type { PlaceOrderResult } from '../orders/place-order.ts';
import { createSchwabClient } from '../schwab-client.ts';
import type { SchwabClient, SchwabClientOptions } from '../schwab-client.ts';
import { EagerClock } from './fake-clock.ts';

/** What must never come out of a message, an event or evidence. */
export const CANARIES = {
  appSecret: 'canary-app-secret',
  accessToken: 'canary-access-token',
  refreshToken: 'canary-refresh-token',
  accountNumber: '87650123',
  accountHash: 'CA9A1278'.repeat(8),
} as const;

export const BASE_URL = 'https://schwab.test';
export const TOKEN_URL = `${BASE_URL}/v1/oauth/token`;
export const ORDERS_URL = `${BASE_URL}/trader/v1/accounts/${CANARIES.accountHash}/orders`;
export const ALL_ORDERS_URL = `${BASE_URL}/trader/v1/orders`;

export function tokenSignedIn(now: number, changes: Partial<StoredToken> = {}): StoredToken {
  return {
    accessToken: CANARIES.accessToken,
    accessTokenExpiresAt: now + 30 * 60_000,
    refreshToken: CANARIES.refreshToken,
    refreshTokenExpiresAt: now + 7 * 24 * 60 * 60_000,
    signedInAt: now,
    ...changes,
  };
}

/** A token store in memory; `failures` is how many of the next saves reject. */
export class MemoryTokenStore implements TokenStore {
  token: StoredToken | null;
  failures = 0;
  saves = 0;

  constructor(token: StoredToken | null) {
    this.token = token;
  }

  load(): Promise<StoredToken | null> {
    return Promise.resolve(this.token);
  }

  save(token: StoredToken): Promise<void> {
    if (this.failures > 0) {
      this.failures -= 1;
      return Promise.reject(new Error('the disk is full'));
    }
    this.saves += 1;
    this.token = token;
    return Promise.resolve();
  }
}

export interface TestClient {
  readonly client: SchwabClient;
  readonly clock: EagerClock;
  readonly store: MemoryTokenStore;
  readonly attempts: AttemptEvent[];
}

/** A signed-in client on an eager clock. */
export function testClient(changes: Partial<SchwabClientOptions> = {}): TestClient {
  const clock = new EagerClock();
  const store = new MemoryTokenStore(tokenSignedIn(clock.now()));
  const attempts: AttemptEvent[] = [];
  const client = createSchwabClient({
    baseUrl: BASE_URL,
    credentials: { appKey: 'app-key', appSecret: CANARIES.appSecret },
    tokens: store,
    clock,
    random: () => 0.5,
    requestsPerMinute: 120,
    onAttempt: (attempt) => void attempts.push(attempt),
    ...changes,
  });
  return { client, clock, store, attempts };
}

/** A read like any other. */
export function listAll({ client, clock }: TestClient, signal?: AbortSignal): Promise<OrderList> {
  const window = { from: clock.now() - 60_000, to: clock.now() };
  return client.listAllOrders(window, signal === undefined ? { lane: 'rest' } : { lane: 'rest', signal });
}

export const BUY_TEN: OrderRequest = {
  orderType: 'LIMIT',
  session: 'NORMAL',
  duration: 'DAY',
  price: '22.50',
  legs: [{ instruction: 'BUY', quantity: '10', symbol: 'GME' }],
};

/** The one write. */
export function placeTen({ client }: TestClient): Promise<PlaceOrderResult> {
  return client.placeOrder({ accountHash: CANARIES.accountHash, order: BUY_TEN }, { lane: 'command' });
}
