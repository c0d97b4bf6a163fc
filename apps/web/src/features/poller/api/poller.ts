import { blindSpotPage, cyclePage, pollerHealth } from '@fill-tracker/contract';
import { queryOptions } from '@tanstack/react-query';
import { requestJson } from '../../../lib/http.ts';
import { queryKeys } from '../../../lib/query-keys.ts';

/** How many cycles the history shows. */
const CYCLES = 120;

export const pollerQuery = queryOptions({
  queryKey: queryKeys.poller,
  queryFn: ({ signal }) => requestJson(pollerHealth, '/api/poller', { signal }),
});

/** Newest first. */
export const cyclesQuery = queryOptions({
  queryKey: queryKeys.cycles,
  queryFn: async ({ signal }) => (await requestJson(cyclePage, `/api/cycles?limit=${CYCLES}`, { signal })).items,
});

/** More than a day brings; older ones are in the API. */
const BLIND_SPOTS = 100;

/** Newest first. */
export const blindSpotsQuery = queryOptions({
  queryKey: queryKeys.blindSpots,
  queryFn: async ({ signal }) =>
    (await requestJson(blindSpotPage, `/api/blind-spots?limit=${BLIND_SPOTS}`, { signal })).items,
});
