/**
 * Who may talk to this server at all.
 *
 * It listens on loopback and trusts whoever can reach it there, and every web page open in a browser on this machine
 * can send requests there. Two headers, which pages cannot forge, tell them apart:
 * - Host. A page that points its own name at 127.0.0.1 (DNS rebinding) is same-origin with us in the browser's eyes,
 *   and its requests carry that name. Only our own names are answered.
 * - Origin. A page of another site can post to us, and browsers say whose it is.
 */
import { isIP } from 'node:net';
import type { App } from '../app.ts';
import { ProblemError } from '../problem-error.ts';

const LOOPBACK_NAMES: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);
const WILDCARDS: ReadonlySet<string> = new Set(['0.0.0.0', '::']);

/** Refuses foreign Host headers (421) and foreign origins (403) before anything else is done. */
export function guardOrigin(app: App, apiHost: string): void {
  app.addHook('onRequest', async (request) => {
    const { host, origin } = request.headers;
    const localAddress = request.socket.localAddress ?? null;
    if (!isOwnHost(host, { apiHost, localAddress })) {
      throw new ProblemError(421, 'This server does not answer to that host name. Use http://127.0.0.1 and its port.');
    }
    if (!isOwnOrigin(origin, host)) throw new ProblemError(403, 'Requests from pages of other sites are refused.');
  });
}

/**
 * True when a Host header names this server.
 *
 * @param server `apiHost` as configured; `localAddress` is the one the connection came in at: a wildcard address has
 *   no name of its own, and an address cannot be rebound as a name can.
 */
export function isOwnHost(
  host: string | undefined,
  server: { readonly apiHost: string; readonly localAddress: string | null },
): boolean {
  const name = hostNameOf(host);
  if (name === null) return false;
  if (LOOPBACK_NAMES.has(name) || name === bracketed(server.apiHost.toLowerCase())) return true;
  return WILDCARDS.has(server.apiHost) && server.localAddress !== null && name === addressName(server.localAddress);
}

/** True without an Origin, as for programs and links, and for the origin that the request itself was sent to. */
export function isOwnOrigin(origin: string | undefined, host: string | undefined): boolean {
  if (origin === undefined) return true;
  const match = /^https?:\/\/([^/?#\s]+)$/i.exec(origin);
  return match?.[1] !== undefined && host !== undefined && match[1].toLowerCase() === host.toLowerCase();
}

/** The name of `name:port`; null for what is no host, such as one with a user or a path in it. */
function hostNameOf(host: string | undefined): string | null {
  const match = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::\d{1,5})?$/i.exec(host ?? '');
  return match?.[1]?.toLowerCase() ?? null;
}

/** As Host headers write it; IPv4 addresses of a dual-stack socket come as `::ffff:192.0.2.1`. */
function addressName(address: string): string {
  return bracketed(address.replace(/^::ffff:(?=\d+\.)/i, '').toLowerCase());
}

function bracketed(name: string): string {
  return isIP(name) === 6 ? `[${name}]` : name;
}
