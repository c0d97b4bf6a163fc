/**
 * The baseline: what a poller usually does, and the first design wanted. Every 10 to 30 s, here 15, it asks for each
 * pending order in turn, with some chance between two orders, here up to 5 s. It only notes when it first sees an order
 * FILLED.
 */
import type { Clock, SchwabClient } from '@fill-tracker/schwab-client';

const EVERY_MS = 15_000;
const JITTER_MS = 5_000;

export interface PerOrderLoop {
  readonly client: SchwabClient;
  readonly clock: Clock;
  readonly random: () => number;
  readonly orderIds: readonly string[];
}

/** Runs until every order was seen FILLED, or until the signal aborts. @returns when each was seen, ms */
export async function runPerOrderLoop(loop: PerOrderLoop, signal: AbortSignal): Promise<ReadonlyMap<string, number>> {
  const seenAt = new Map<string, number>();
  const [account] = await loop.client.listAccounts({ lane: 'rest' });
  if (account === undefined) return seenAt;
  while (seenAt.size < loop.orderIds.length && !signal.aborted) {
    const startedAt = loop.clock.now();
    for (const orderId of loop.orderIds.filter((id) => !seenAt.has(id))) {
      const query = { accountHash: account.hash, orderId };
      const { report } = await loop.client.getOrder(query, { lane: 'rest' });
      if (report.order.status === 'FILLED') seenAt.set(orderId, loop.clock.now());
      await loop.clock.sleep(loop.random() * JITTER_MS, signal).catch(() => undefined);
      if (signal.aborted) break;
    }
    await loop.clock.sleep(Math.max(0, startedAt + EVERY_MS - loop.clock.now()), signal).catch(() => undefined);
  }
  return seenAt;
}
