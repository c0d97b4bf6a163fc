import type { Queries } from './connection.ts';

/** A brokerage account, with the full number nowhere. */
export interface Account {
  /** Short and stable: A1, A2, ... in the order of first appearance. */
  readonly id: string;
  /** The broker's hash of the account number: what its API takes in paths. Another for another app registration. */
  readonly hash: string;
  /** Such as `...4321`: for people. */
  readonly maskedNumber: string;
  readonly label: string | null;
  readonly enabled: boolean;
}

export interface NewAccount {
  readonly hash: string;
  readonly maskedNumber: string;
  /** A keyed digest of the account number, by which it is known again under another hash. */
  readonly numberDigest?: string;
  /** Left as it is when not given. */
  readonly label?: string;
}

/** Adds an account, or updates the one with that hash or that number. */
export async function upsertAccount(db: Queries, account: NewAccount): Promise<Account> {
  if (account.numberDigest !== undefined) await renameAccount(db, account.hash, account.numberDigest);
  // One statement, so two callers never give one id twice.
  await db.$executeRaw`
    INSERT INTO accounts (id, hash, masked_number, label, number_digest)
    SELECT 'A' || (COALESCE(MAX(CAST(substr(id, 2) AS INTEGER)), 0) + 1),
      ${account.hash}, ${account.maskedNumber}, ${account.label ?? null}, ${account.numberDigest ?? null}
    FROM accounts
    WHERE true
    ON CONFLICT (hash) DO UPDATE
    SET masked_number = excluded.masked_number, label = COALESCE(excluded.label, label),
      number_digest = COALESCE(excluded.number_digest, number_digest)`;
  return await db.account.findUniqueOrThrow({ where: { hash: account.hash }, select: COLUMNS });
}

/** The account of that number takes the new hash, unless another row has that already. */
async function renameAccount(db: Queries, hash: string, numberDigest: string): Promise<void> {
  await db.$executeRaw`
    UPDATE accounts SET hash = ${hash}
    WHERE NOT EXISTS (SELECT 1 FROM accounts WHERE hash = ${hash})
      AND id = (
        SELECT id FROM accounts WHERE number_digest = ${numberDigest}
        ORDER BY CAST(substr(id, 2) AS INTEGER) LIMIT 1
      )`;
}

/** All accounts, in the order of first appearance. */
export async function listAccounts(db: Queries): Promise<Account[]> {
  const accounts = await db.account.findMany({ select: COLUMNS });
  return accounts.sort((a, b) => Number(a.id.slice(1)) - Number(b.id.slice(1)));
}

const COLUMNS = { id: true, hash: true, maskedNumber: true, label: true, enabled: true } as const;
