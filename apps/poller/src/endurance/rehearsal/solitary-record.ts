import type { FillDatabase, StoredToken, TokenStore } from '@fill-tracker/db';
import { type Instant, MINUTE } from '@fill-tracker/domain';

const RENEW_EVERY_MS = 10 * MINUTE;

/**
 * A record on which nobody else works. What is done for others alone is done rarely: the lease is renewed every ten
 * minutes, the database is asked for commands only when one was queued here, and for tokens once. All that concerns
 * orders is as ever.
 */
export function solitaryRecord(db: FillDatabase): FillDatabase {
  let renewedAt: Instant = 0;
  let mayHaveCommands = true;
  return {
    ...db,
    async renewLease(renewal) {
      if (renewal.now - renewedAt < RENEW_EVERY_MS) return true;
      renewedAt = renewal.now;
      return await db.renewLease({ ...renewal, ttlMs: Math.max(renewal.ttlMs, 2 * RENEW_EVERY_MS) });
    },
    async enqueueCommand(command) {
      mayHaveCommands = true;
      return await db.enqueueCommand(command);
    },
    async loadQueuedCommands() {
      if (!mayHaveCommands) return [];
      const commands = await db.loadQueuedCommands();
      mayHaveCommands = commands.length > 0;
      return commands;
    },
    tokenStore: (cipher) => solitaryTokens(db.tokenStore(cipher)),
  };
}

function solitaryTokens(store: TokenStore): TokenStore {
  let kept: StoredToken | null = null;
  return {
    load: async () => (kept ??= await store.load()),
    async save(token) {
      await store.save(token);
      kept = token;
    },
  };
}
