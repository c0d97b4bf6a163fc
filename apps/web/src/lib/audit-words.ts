import { wordsOf } from './words.ts';

/** Kinds whose own name would mislead: the rest read well as they are. */
const TITLES: Readonly<Record<string, string>> = {
  FILL_WITHDRAWN: 'Fill withdrawn, counts no longer',
  FILL_IDENTIFIED: 'Fill identified by the broker',
  RESOLUTION_CHANGED: 'A person’s decision',
  VERIFIED: 'Held against the account’s transactions',
  NOT_FOUND: 'Unknown to the broker',
};

/** What a line of the audit trail is about, for people. */
export function auditTitle(kind: string): string {
  return Object.hasOwn(TITLES, kind) ? (TITLES[kind] ?? '') : wordsOf(kind);
}
