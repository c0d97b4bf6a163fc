import { schwabUrl } from '../http/request.ts';

export interface SignInLink {
  readonly baseUrl: string;
  readonly appKey: string;
  /** Exactly as registered with Schwab, its final slash included. */
  readonly callbackUrl: string;
  /** Echoed back in the redirect; whoever catches that must compare it. */
  readonly state: string;
}

/** The page where the account holder signs in; it redirects to `{callbackUrl}?code=...&session=...&state=...`. */
export function authorizeUrl(link: SignInLink): string {
  return schwabUrl(link.baseUrl, '/v1/oauth/authorize', {
    client_id: link.appKey,
    redirect_uri: link.callbackUrl,
    response_type: 'code',
    state: link.state,
  });
}
