import type { Queries } from './connection.ts';

/** A brokerage account, with the full number nowhere. */
export interface Account {
  /** Short and stable: A1, A2, ... in the order of first appearance. */
  readonly id: string;
  /** The broker's hash of the account number: what its API takes in paths. */
  readonly hash: string;
  /** Such as `...4321`: for people. */
  readonly maskedNumber: string;
  readonly label: string | null;
  readonly enabled: boolean;
}

export interface NewAccount {
  readonly hash: string;
  readonly maskedNumber: string;
  /** Left as it is when not given. */
  readonly label?: string;
}

/** Adds an account, or updates the one with that hash. One statement, so two callers never give one id twice. */
export async function upsertAccount(db: Queries, account: NewAccount): Promise<Account> {
  await db.$executeRaw`
    INSERT INTO accounts (id, hash, masked_number, label)
    SELECT 'A' || (COALESCE(MAX(CAST(substr(id, 2) AS INTEGER)), 0) + 1),
      ${account.hash}, ${account.maskedNumber}, ${account.label ?? null}
    FROM accounts
    WHERE true
    ON CONFLICT (hash) DO UPDATE
    SET masked_number = excluded.masked_number, label = COALESCE(excluded.label, label)`;
  return await db.account.findUniqueOrThrow({ where: { hash: account.hash } });
}

/** All accounts, in the order of first appearance. */
export async function listAccounts(db: Queries): Promise<Account[]> {
  const accounts = await db.account.findMany();
  return accounts.sort((a, b) => Number(a.id.slice(1)) - Number(b.id.slice(1)));
}
