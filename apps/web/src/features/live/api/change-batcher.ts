import type { Surroundings } from '../surroundings.ts';

/** Changes are gathered for so long, ms, from the first of them. */
const GATHER_MS = 400;

export interface ChangeBatcher {
  readonly add: (orderId: number) => void;
  readonly addAll: () => void;
}

/**
 * Gathers what changed and refreshes it in one go. The next refresh begins only when the one before has ended, however
 * slow the server is and however many changes come.
 */
export function createChangeBatcher(
  surroundings: Surroundings,
  refresh: (changed: ReadonlySet<number> | 'all') => Promise<void>,
): ChangeBatcher {
  let gathered: Set<number> | 'all' | null = null;
  let isBusy = false;

  const plan = () => {
    if (!isBusy) surroundings.after(GATHER_MS, () => void run());
    isBusy = true;
  };
  const run = async () => {
    const changed = gathered ?? new Set<number>();
    gathered = null;
    // What could not be refreshed is marked as old by the query itself, and the screen says so.
    await refresh(changed).catch(() => {});
    isBusy = false;
    if (gathered !== null) plan();
  };
  return {
    add: (orderId) => {
      if (gathered !== 'all') gathered = (gathered ?? new Set<number>()).add(orderId);
      plan();
    },
    addAll: () => {
      gathered = 'all';
      plan();
    },
  };
}
