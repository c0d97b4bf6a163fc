import { QueryClient } from '@tanstack/react-query';
import { healInterval } from '../lib/heal-interval.ts';
import { isPassing } from '../lib/http.ts';

const RETRIES = 2;

/** The cache of what the server said. It is kept current by the live connection, not by age. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: Infinity,
        retry: (failures, error) => failures < RETRIES && isPassing(error),
        retryDelay: (attempt) => 400 * 2 ** attempt,
        refetchInterval: healInterval,
        refetchOnWindowFocus: false,
        // The fallback of the live connection asks again by itself.
        refetchOnReconnect: false,
        // Loopback answers without any network.
        networkMode: 'always',
      },
      mutations: { networkMode: 'always' },
    },
  });
}
