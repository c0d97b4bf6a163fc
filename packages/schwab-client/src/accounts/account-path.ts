import { SchwabError } from '../errors.ts';
import type { Operation } from '../operation.ts';

/**
 * The path of one account. Its hash stands where Schwab's documents say `{accountNumber}`; the number itself answers 400.
 *
 * @throws {SchwabError} `bad-request` for what cannot be a hash (and could lead the path elsewhere): nothing is sent.
 */
export function accountPath(accountHash: string, operation: Operation): string {
  if (!/^\w{1,128}$/.test(accountHash)) {
    throw new SchwabError('bad-request', `${operation}: not an account hash (nothing was sent)`, { operation });
  }
  return `/trader/v1/accounts/${accountHash}`;
}
