import { createHash, timingSafeEqual } from 'node:crypto';
import type { App } from '../app.ts';
import { ProblemError } from '../problem-error.ts';
import type { PasswordLimit } from './limit-rate.ts';

/** Asks for the password, as HTTP Basic with any user name, on every route that is not public. */
export function requirePassword(app: App, password: string, limit: PasswordLimit): void {
  app.addHook('onRequest', async (request) => {
    if (request.routeOptions.config.isPublic === true) return;
    await limit.check(request);
    const given = passwordIn(request.headers.authorization);
    if (given !== null && isSame(given, password)) return;
    if (given !== null) await limit.count(request);
    throw new ProblemError(401, 'The password of the dashboard is needed, as HTTP Basic with any user name.', {
      headers: { 'www-authenticate': 'Basic realm="Schwab Fill Tracker", charset="UTF-8"' },
    });
  });
}

/** The password of a Basic authorization; null when there is none. It may hold colons, the user name may not. */
export function passwordIn(authorization: string | undefined): string | null {
  const [, encoded] = /^basic +([A-Za-z0-9+/]+=*) *$/i.exec(authorization ?? '') ?? [];
  if (encoded === undefined) return null;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon === -1 ? null : text.slice(colon + 1);
}

/** Takes as long for a near miss as for any other. Hashes first, as the comparison needs equal lengths. */
function isSame(a: string, b: string): boolean {
  return timingSafeEqual(hashOf(a), hashOf(b));
}

function hashOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
