/**
 * Sign-in links that were given out, so that a redirect which answers none of them is refused: nobody can slip their
 * own account's sign-in into this record.
 */
import { type Instant, MINUTE } from '@fill-tracker/domain';
import type { Queries } from './connection.ts';
import { instantFromText, instantText } from './rows/instant-text.ts';

export interface SignInLink {
  /** Unguessable; the broker echoes it in the redirect. */
  readonly state: string;
  /** Exactly the one of the link: the code is good for no other. */
  readonly callbackUrl: string;
  readonly issuedAt: Instant;
}

/** How long somebody may take to sign in by a link, in ms. */
export const SIGN_IN_LINK_LIFE_MS = 15 * MINUTE;

/** Remembers a link, and forgets those that ran out. */
export async function issueSignInLink(db: Queries, { state, callbackUrl, issuedAt }: SignInLink): Promise<void> {
  await db.signInLink.deleteMany({ where: { issuedAt: { lte: runOutBy(issuedAt) } } });
  await db.signInLink.create({ data: { state, callbackUrl, issuedAt: instantText(issuedAt) } });
}

/** The links that may still come back, the youngest first. */
export async function listSignInLinks(db: Queries, now: Instant): Promise<SignInLink[]> {
  const rows = await db.signInLink.findMany({
    where: { issuedAt: { gt: runOutBy(now) } },
    orderBy: { issuedAt: 'desc' },
  });
  return rows.map(({ issuedAt, ...row }) => ({ ...row, issuedAt: instantFromText(issuedAt) }));
}

/** Uses a link up. @returns false when it was used before, ran out, or was never given out */
export async function takeSignInLink(db: Queries, state: string, now: Instant): Promise<boolean> {
  const { count } = await db.signInLink.deleteMany({ where: { state, issuedAt: { gt: runOutBy(now) } } });
  return count === 1;
}

function runOutBy(now: Instant): string {
  return instantText(now - SIGN_IN_LINK_LIFE_MS);
}
