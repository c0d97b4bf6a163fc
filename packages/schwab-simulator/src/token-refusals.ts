/** How the token endpoint turns a refresh down. */
export const REFRESH_REFUSALS = [
  /** 400: the cause as JSON inside the description of another error. */
  'refresh_token_authentication_error',
  /** The same with another cause. */
  'invalid_grant',
  /** 400: the cause in its own place, as the standard has it. */
  'plain_invalid_grant',
  /** 400: the outer error without any cause; seen to pass by itself. */
  'unsupported_token_type',
  /** 401 with the cause inside. */
  'unauthorized',
  /** 403: an HTML page from the edge. */
  'access_denied_page',
] as const;

export type RefreshRefusal = (typeof REFRESH_REFUSALS)[number];
