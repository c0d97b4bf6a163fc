import type { App } from '../app.ts';

/** What pages may do: only what this server serves, and no inline script or style. */
const PAGE_POLICY =
  "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; " +
  "frame-ancestors 'none'";

/** Swagger UI sets styles from its templates; it runs no inline script either. */
export const DOCUMENTATION_POLICY = PAGE_POLICY.replace(';', "; style-src 'self' 'unsafe-inline';");

/**
 * Neither Strict-Transport-Security nor upgrade-insecure-requests: plain http on loopback is the normal case, and a
 * browser told to insist on https would never come back.
 */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': PAGE_POLICY,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  // Not `no-referrer`: browsers then send `Origin: null` with forms of our own.
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'x-dns-prefetch-control': 'off',
};

/** Sends these headers with every answer, errors included. */
export function sendSecurityHeaders(app: App): void {
  app.addHook('onRequest', async (_request, reply) => void reply.headers(SECURITY_HEADERS));
}
