import type { Account, FillDatabase } from '@fill-tracker/db';
import { maskAccountNumber, type SchwabClient } from '@fill-tracker/schwab-client';

/** An account as the poller calls the broker about it. */
export interface PolledAccount {
  /** Our short id. */
  readonly id: string;
  /** The broker's hash, which takes the account number's place in addresses. */
  readonly hash: string;
}

/** The accounts of this login. The whole account numbers live here, in memory, and nowhere else. */
export interface AccountDirectory {
  /** The enabled accounts; asks the broker the first time, and again after `forget`. */
  current(signal?: AbortSignal): Promise<readonly PolledAccount[]>;
  /** The account that an order names by number; null when it is not one of ours. */
  byNumber(accountNumber: string): PolledAccount | null;
  /** Hashes can change: look again at the next cycle. */
  forget(): void;
}

export function createAccountDirectory(db: FillDatabase, client: SchwabClient): AccountDirectory {
  let accounts: readonly PolledAccount[] | null = null;
  let numbers = new Map<string, PolledAccount>();
  return {
    async current(signal) {
      accounts ??= await load();
      return accounts;

      async function load(): Promise<readonly PolledAccount[]> {
        const references = await client.listAccounts({ lane: 'fresh', ...(signal && { signal }) });
        const known = new Map<string, PolledAccount>();
        for (const { accountNumber, hash } of references) {
          const account: Account = await db.upsertAccount({ hash, maskedNumber: maskAccountNumber(accountNumber) });
          if (account.enabled) known.set(accountNumber, { id: account.id, hash });
        }
        numbers = known;
        return [...known.values()];
      }
    },
    byNumber: (accountNumber) => numbers.get(accountNumber) ?? null,
    forget() {
      accounts = null;
    },
  };
}
