import { Agent } from 'undici';

/**
 * The global fetch over a small pool of its own connections. The global one, looked up at each call, because request
 * interceptors such as msw replace it and cannot see undici's own.
 */
export function createPooledFetch(): typeof fetch {
  const dispatcher = new Agent({ connections: 8, keepAliveTimeout: 10_000 });
  return (input, init) => {
    // Through `object`, for the types of Node's own undici and of ours differ where the dispatchers do not.
    const pooled: object = { ...init, dispatcher };
    return globalThis.fetch(input, pooled);
  };
}
