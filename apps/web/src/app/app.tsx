import { type QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { LiveProvider } from '../features/live/live-context.tsx';
import type { LiveStore } from '../features/live/live-store.ts';
import type { Surroundings } from '../features/live/surroundings.ts';
import type { createAppRouter } from './router.tsx';

export function App(props: {
  client: QueryClient;
  store: LiveStore;
  surroundings: Surroundings;
  router: ReturnType<typeof createAppRouter>;
}) {
  const { client, store, surroundings, router } = props;
  return (
    <StrictMode>
      <QueryClientProvider client={client}>
        <LiveProvider store={store} surroundings={surroundings}>
          <RouterProvider router={router} />
        </LiveProvider>
      </QueryClientProvider>
    </StrictMode>
  );
}
