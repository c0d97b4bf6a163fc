import type { Account, FillDatabase } from '@fill-tracker/db';
import { type Instant, isPast, MINUTE, type MissingAccount } from '@fill-tracker/domain';
import {
  type AccountReference,
  type Clock,
  maskAccountNumber,
  type SchwabClient,
  SchwabError,
} from '@fill-tracker/schwab-client';

/** An account as the poller calls the broker about it. */
export interface PolledAccount {
  /** Our short id. */
  readonly id: string;
  /** The broker's hash, which takes the account number's place in addresses. */
  readonly hash: string;
}

/** An enabled account of the record that this login does not reach, since when that was first seen. */
type UnreachedAccount = Pick<MissingAccount, 'id' | 'maskedNumber' | 'since'>;

/** The accounts of this login. The whole account numbers live here, in memory, and nowhere else. */
export interface AccountDirectory {
  /**
   * The enabled accounts. Asks the broker the first time, after `forget`, and every few minutes: somebody may have signed
   * in elsewhere, with other accounts.
   *
   * @throws {SchwabError} also when the login reaches no account at all.
   */
  current(signal?: AbortSignal): Promise<readonly PolledAccount[]>;
  /** The account that an order names by number; null when it is not one of ours. */
  byNumber(accountNumber: string): PolledAccount | null;
  /** Hashes can change: look again at the next cycle. */
  forget(): void;
  /** As of the last look. */
  missing(): readonly UnreachedAccount[];
}

export interface AccountDirectoryParts {
  readonly db: Pick<FillDatabase, 'upsertAccount' | 'listAccounts'>;
  readonly client: Pick<SchwabClient, 'listAccounts'>;
  readonly clock: Pick<Clock, 'now'>;
  /** By which an account is known again when the broker names it by another hash. */
  readonly digestOf: (accountNumber: string) => string;
  /** The login reaches an account that it did not reach before: what it holds is not known yet. */
  readonly onMore: () => void;
}

const LOOK_AGAIN_MS = 5 * MINUTE;

interface Loaded {
  readonly accounts: readonly PolledAccount[];
  readonly byNumber: ReadonlyMap<string, PolledAccount>;
  readonly missing: readonly UnreachedAccount[];
  readonly at: Instant;
}

export function createAccountDirectory(parts: AccountDirectoryParts): AccountDirectory {
  const { db, client, clock, digestOf, onMore } = parts;
  let loaded: Loaded | null = null;
  let isStale = true;
  let reached: ReadonlySet<string> | null = null;

  /** @returns null when the broker does not answer, and what is known may stand: whoever asks it next finds out why */
  async function ask(signal: AbortSignal | undefined): Promise<readonly AccountReference[] | null> {
    try {
      return await client.listAccounts({ lane: 'fresh', ...(signal && { signal }) });
    } catch (error) {
      // After `forget` nothing that is known is trusted.
      if (loaded === null || isStale || !(error instanceof SchwabError)) throw error;
      return null;
    }
  }

  async function take(references: readonly AccountReference[]): Promise<Loaded> {
    if (references.length === 0) throw new SchwabError('forbidden', NONE_REACHED);
    const known = new Map<string, Account>();
    for (const { accountNumber, hash } of references) {
      const maskedNumber = maskAccountNumber(accountNumber);
      known.set(accountNumber, await db.upsertAccount({ hash, maskedNumber, numberDigest: digestOf(accountNumber) }));
    }
    const enabled = [...known].filter(([, account]) => account.enabled);
    const byNumber = new Map(enabled.map(([number, { id, hash }]) => [number, { id, hash }]));
    const ids = new Set([...known.values()].map(({ id }) => id));
    return { accounts: [...byNumber.values()], byNumber, missing: await missingFrom(ids), at: clock.now() };
  }

  async function missingFrom(ids: ReadonlySet<string>): Promise<readonly UnreachedAccount[]> {
    const before = new Map(loaded?.missing.map((account) => [account.id, account]));
    return (await db.listAccounts())
      .filter(({ id, enabled }) => enabled && !ids.has(id))
      .map(({ id, maskedNumber }) => before.get(id) ?? { id, maskedNumber, since: clock.now() });
  }

  function noteReached({ accounts }: Loaded): void {
    const ids = new Set(accounts.map(({ id }) => id));
    const isMore = reached !== null && [...ids].some((id) => reached?.has(id) === false);
    reached = ids;
    if (isMore) onMore();
  }

  return {
    async current(signal) {
      if (loaded !== null && !isStale && !isPast(loaded.at, LOOK_AGAIN_MS, clock.now())) return loaded.accounts;
      const references = await ask(signal);
      loaded = references === null && loaded !== null ? { ...loaded, at: clock.now() } : await take(references ?? []);
      isStale = false;
      noteReached(loaded);
      return loaded.accounts;
    },
    byNumber: (accountNumber) => loaded?.byNumber.get(accountNumber) ?? null,
    forget() {
      isStale = true;
    },
    missing: () => loaded?.missing ?? [],
  };
}

const NONE_REACHED = 'list-accounts: this sign-in reaches no account. Sign in again, and tick your accounts.';
