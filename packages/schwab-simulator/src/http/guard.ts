const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * Why a control call is refused, or null. A page in the user's browser must not command the broker: neither by a name
 * that it makes point at this machine (foreign `Host`), nor across origins.
 */
export function refusalOf(headers: { host?: string | undefined; origin?: string | undefined }): string | null {
  if (!isLoopback(`http://${headers.host ?? ''}`)) return 'Host must be this machine';
  if (headers.origin !== undefined && !isLoopback(headers.origin)) return 'Origin must be this machine';
  return null;
}

/** True for a host that only this machine answers to, which is all that the simulator may listen on. */
export function isLoopbackHost(host: string): boolean {
  return LOOPBACK.has(host.includes(':') ? `[${host}]` : host);
}

function isLoopback(url: string): boolean {
  return URL.canParse(url) && LOOPBACK.has(new URL(url).hostname);
}
