import { createHmac } from 'node:crypto';

/**
 * A digest by which an account number is known again, and which does not give it away: numbers are short, so whoever has
 * the record alone could try them all, but not without the key.
 *
 * @param key the one that the tokens are encrypted with
 */
export function accountDigest(key: Uint8Array): (accountNumber: string) => string {
  return (accountNumber) => createHmac('sha256', key).update(`account number ${accountNumber}`).digest('hex');
}
