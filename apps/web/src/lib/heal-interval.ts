import type { Query } from '@tanstack/react-query';

/** How often what could not be refreshed is asked for again, ms. */
const HEAL_MS = 15_000;

type Failing = Pick<Query['state'], 'status' | 'data' | 'fetchMeta'>;

/**
 * What is shown and could not be refreshed is asked for again by itself: else it would stay old until the next change.
 * Where nothing is shown, or where rows are good and only more of them could not be loaded, the page offers to try.
 */
export function healInterval({ state }: { readonly state: Failing }): number | false {
  const isOld = state.status === 'error' && state.data !== undefined;
  return isOld && state.fetchMeta?.fetchMore === undefined ? HEAL_MS : false;
}
