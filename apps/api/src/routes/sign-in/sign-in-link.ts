import { randomBytes } from 'node:crypto';
import { type FillDatabase, SIGN_IN_LINK_LIFE_MS } from '@fill-tracker/db';
import { type Instant, MINUTE } from '@fill-tracker/domain';
import { authorizeUrl } from '@fill-tracker/schwab-client';

/** The app at the broker that people sign in to. */
export interface SignInApp {
  readonly baseUrl: string;
  readonly appKey: string;
  /** To the letter as registered. */
  readonly callbackUrl: string;
}

export interface OfferedLink {
  readonly url: string;
  /** Until when its redirect is taken. */
  readonly expiresAt: Instant;
}

/** A link is offered again while so much of its time is left: a page that is reloaded makes no new one. */
const OFFER_AGAIN_MS = 10 * MINUTE;

/**
 * The address to sign in at, remembered in the record: only a redirect that answers a remembered link is taken.
 *
 * @param now when it is asked for
 */
export async function offerSignInLink(db: FillDatabase, app: SignInApp, now: Instant): Promise<OfferedLink> {
  const young = (await db.listSignInLinks(now)).find(
    (link) => link.callbackUrl === app.callbackUrl && link.issuedAt + SIGN_IN_LINK_LIFE_MS - now >= OFFER_AGAIN_MS,
  );
  const link = young ?? {
    state: randomBytes(24).toString('base64url'),
    callbackUrl: app.callbackUrl,
    issuedAt: now,
  };
  if (young === undefined) await db.issueSignInLink(link);
  return {
    url: authorizeUrl({ ...app, state: link.state }),
    expiresAt: link.issuedAt + SIGN_IN_LINK_LIFE_MS,
  };
}
