import type { Instant } from '@fill-tracker/domain';

/** What one look brought for the pending orders, by our order id. */
export interface ExaminedOrders {
  /** Every order that is pending after the look. */
  readonly pending: readonly number[];
  /** Those that the broker told of, in the list or by id, were it that it does not know them. */
  readonly examined: readonly number[];
  /** Those that were asked about in vain, for a reason of their own. */
  readonly inVain: readonly number[];
}

/**
 * Whether every pending order has been examined since the tracker began to see again: at the start of a run, and after
 * each blind spot.
 *
 * Orders that no list shows are asked for by id within the budget, so that catching up may take many looks. One that
 * the broker refuses each time must not make the poller look unready for ever: it has been asked about. Yet a spot in
 * which that order may have traded is not back-filled before the broker has told of it.
 */
export interface CatchUp {
  /** All is to be examined anew, the look that is being taken included. */
  begin(): void;
  /** After a good look. */
  note(look: ExaminedOrders, at: Instant): void;
  /** When each pending order had been asked about, once or in vain; null until then. */
  caughtUpAt(): Instant | null;
  /** True when the broker has told of each of them. */
  isComplete(): boolean;
}

export function createCatchUp(): CatchUp {
  /** Orders still to be examined, and whether they were asked about in vain; null before the first good look. */
  let left: Map<number, boolean> | null = null;
  let caughtUpAt: Instant | null = null;
  return {
    begin() {
      left = null;
      caughtUpAt = null;
    },
    note({ pending, examined, inVain }, at) {
      const before = left ?? new Map(pending.map((id) => [id, false]));
      const isOver = new Set(examined);
      const isVain = new Set(inVain);
      const isPending = new Set(pending);
      left = new Map(
        [...before]
          .filter(([id]) => isPending.has(id) && !isOver.has(id))
          .map(([id, wasInVain]) => [id, wasInVain || isVain.has(id)]),
      );
      if ([...left.values()].every((isAsked) => isAsked)) caughtUpAt ??= at;
    },
    caughtUpAt: () => caughtUpAt,
    isComplete: () => left?.size === 0,
  };
}
