import { createHash } from 'node:crypto';

/**
 * What the broker last said of each listed order, by hash, so that an unchanged answer costs neither a read nor a
 * write. Only a cache: an order is marked once its report is committed, or refused, and a new lease starts with none.
 */
export interface SeenReports {
  isUnchanged(accountId: string, brokerOrderId: string, hash: string): boolean;
  mark(accountId: string, brokerOrderId: string, hash: string): void;
  /** Forgets what the list no longer shows, so that the cache stays as small as the list. */
  retain(shown: ReadonlySet<string>): void;
  clear(): void;
}

export function createSeenReports(): SeenReports {
  const hashes = new Map<string, string>();
  return {
    isUnchanged: (accountId, brokerOrderId, hash) => hashes.get(`${accountId}/${brokerOrderId}`) === hash,
    mark: (accountId, brokerOrderId, hash) => void hashes.set(`${accountId}/${brokerOrderId}`, hash),
    retain(shown) {
      for (const key of hashes.keys()) if (!shown.has(key)) hashes.delete(key);
    },
    clear: () => hashes.clear(),
  };
}

export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
