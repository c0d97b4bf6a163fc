import { createMemoryHistory } from '@tanstack/react-router';
import { act, cleanup, render } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, vi } from 'vitest';
import { App } from '../app/app.tsx';
import { createQueryClient } from '../app/query-client.ts';
import { createAppRouter } from '../app/router.tsx';
import { createLiveStore } from '../features/live/live-store.ts';
import { startLive } from '../features/live/start-live.ts';
import { aHealthEvent } from './builders.ts';
import { type FakeSource, fakeSurroundings } from './fake-surroundings.ts';

let stopLive = () => {};

beforeEach(() => {
  // No layout happens here: without a height the table would hold no rows.
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(800);
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(1400);
});

afterEach(() => {
  stopLive();
  cleanup();
  vi.restoreAllMocks();
  localStorage.clear();
});

/** The whole page at an address, with a live connection that the test holds in its hand. */
export function renderApp(address: string) {
  const surroundings = fakeSurroundings();
  const client = createQueryClient();
  client.setDefaultOptions({
    ...client.getDefaultOptions(),
    queries: { ...client.getDefaultOptions().queries, retry: false },
  });
  const store = createLiveStore();
  const history = createMemoryHistory({ initialEntries: [address] });
  const router = createAppRouter(history);
  stopLive = startLive(client, store, surroundings);
  render(<App client={client} store={store} surroundings={surroundings} router={router} />);
  const newest = (): FakeSource => surroundings.sources.at(-1) ?? expect.unreachable('no connection was made');
  return {
    client,
    user: userEvent.setup(),
    address: () => history.location.href,
    source: newest,
    /** The live connection opens, and the server says how things are. */
    goLive: (health: Parameters<typeof aHealthEvent>[0] = {}) =>
      act(() => {
        newest().open();
        newest().emit('health', aHealthEvent(health), '40');
      }),
    emit: (name: string, data: unknown) => act(() => newest().emit(name, data)),
    fail: () => act(() => newest().fail()),
    comeBack: () => act(() => surroundings.comeBack()),
    connections: () => surroundings.sources.length,
    advance: (ms: number) => act(() => surroundings.advance(ms)),
  };
}
