/** What a client signs in with. The refresh token is accepted always, so that a demo needs no login. */
export const DEMO_CREDENTIALS = {
  appKey: 'demo-app-key',
  appSecret: 'demo-app-secret',
  refreshToken: 'demo-refresh-token',
} as const;
