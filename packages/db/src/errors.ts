/** What can be wrong with a database, as one word for programs. */
export type FillDatabaseErrorCode =
  /** The file is no SQLite database, or a damaged one. */
  | 'NOT_A_DATABASE'
  /** A SQLite database that another program made. */
  | 'FOREIGN_DATABASE'
  /** Ours, and it records another broker (address or demo/live). */
  | 'OTHER_BROKER'
  /** Written by an older version of this program; the poller migrates it at its start. */
  | 'OLDER_SCHEMA'
  /** Written by a newer version of this program. */
  | 'NEWER_SCHEMA'
  /** A migration that was applied differs from the one in this program. */
  | 'CHANGED_MIGRATION'
  /** Missing, unreadable, no permission, or otherwise not to be opened. */
  | 'CANNOT_OPEN'
  /** Another process uses the file, which this must not happen under. */
  | 'IN_USE'
  /** Someone else holds the lease now; nothing was written. */
  | 'STALE_LEASE'
  /** Not the older bot's database, or not for an account that the record knows; nothing was taken over. */
  | 'NOT_IMPORTABLE'
  /** The key is no key, can be read by others, or is not the one that the tokens were encrypted with. */
  | 'TOKEN_KEY';

/** An error that a person can act on: its message says what is wrong, where, and what to do. */
export class FillDatabaseError extends Error {
  override readonly name: string = 'FillDatabaseError';
  readonly code: FillDatabaseErrorCode;

  constructor(code: FillDatabaseErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** The lease was lost, so the cycle was not written. Not to be retried: whoever holds the lease does the work. */
export class StaleLeaseError extends FillDatabaseError {
  override readonly name = 'StaleLeaseError';

  constructor(fencing: number) {
    super('STALE_LEASE', `Lease number ${fencing} is no longer held: another poller took over. Nothing was written.`);
  }
}
