/**
 * After a blind spot, what was entered or traded in it must be in the record. Today's list shows what was entered since
 * the close before; what was entered earlier in the spot is asked for by its range of time. Orders that were pending
 * are examined by the looks themselves, those that no list shows by id (`catch-up.ts`). Only when both are done is the
 * spot back-filled; until then it stays to be done in the record, across restarts.
 */
import type { StoredBlindSpot } from '@fill-tracker/db';
import { blindSpotWindows, type Instant, isPast, type PollWindow, pollWindow, SECOND } from '@fill-tracker/domain';
import { SchwabError } from '@fill-tracker/schwab-client';
import { listOrders } from '../cycle/list-orders.ts';
import { reconcileSight } from '../cycle/reconcile-sight.ts';
import { recordOrders } from '../cycle/record-orders.ts';
import { notesOf } from '../cycle/run-poll-cycle.ts';
import { spareCalls } from '../cycle/spare-calls.ts';
import { describeFailure } from '../cycle/tell-trouble.ts';
import { within } from '../cycle/within.ts';
import type { Poller } from '../poller.ts';

export interface BackfillTurn {
  readonly fencing: number;
  readonly signal: AbortSignal;
}

export interface SpotBackfill {
  /**
   * After a good look: at most one list call, so that the next look hardly waits. Never throws on the broker's account.
   *
   * @returns true when another turn could go on at once
   */
  turn(turn: BackfillTurn): Promise<boolean>;
}

/** Polling waits meanwhile. */
const LIST_WITHIN_MS = 20 * SECOND;
/** After a failure; the broker has just had trouble. */
const TRY_AGAIN_AFTER_MS = 30 * SECOND;

interface Waiting {
  readonly spot: StoredBlindSpot;
  /** Ranges of entered time that are still to be asked for; null until that is worked out. */
  windows: PollWindow[] | null;
}

export function createSpotBackfill(poller: Poller): SpotBackfill {
  let waiting: Waiting[] | null = null;
  let loadedAfter = -1;
  let failedAt: Instant | null = null;

  return {
    async turn(turn) {
      const ended = poller.blindWatch.spotsEnded();
      if (waiting === null || ended !== loadedAfter) {
        waiting = await loadWaiting(waiting ?? []);
        loadedAfter = ended;
      }
      const toAsk = waiting.find((each) => windowsOf(each).length > 0);
      const isAsked = toAsk !== undefined && isFreeToAsk() && (await askForNext(toAsk, turn));
      const done = waiting.filter((each) => windowsOf(each).length === 0 && poller.blindWatch.catchUp.isComplete());
      waiting = waiting.filter((each) => !done.includes(each));
      const spots = done.map(({ spot }) => spot);
      if (spots.length > 0) await conclude(spots, turn.fencing);
      return isAsked && waiting.some((each) => windowsOf(each).length > 0);
    },
  };

  async function loadWaiting(before: readonly Waiting[]): Promise<Waiting[]> {
    const spots = await poller.db.loadBlindSpotsToBackfill();
    return spots.map((spot) => before.find((each) => each.spot.id === spot.id) ?? { spot, windows: null });
  }

  function windowsOf(each: Waiting): PollWindow[] {
    const { beganAt, endedAt } = each.spot;
    const now = poller.clock.now();
    // Where orders placed elsewhere are not looked for, those that are tracked are pending, and are examined as such.
    const isAsked = poller.discoversOrders && endedAt !== null;
    each.windows ??= isAsked
      ? [...blindSpotWindows({ beganAt, endedAt }, pollWindow(poller.calendar(), now), now)]
      : [];
    return each.windows;
  }

  /** Looks at orders that are young come first, whatever is to be made up for. */
  function isFreeToAsk(): boolean {
    const isRested = failedAt === null || isPast(failedAt, TRY_AGAIN_AFTER_MS, poller.clock.now());
    return isRested && spareCalls(poller.client) > 0;
  }

  async function askForNext(each: Waiting, { fencing, signal }: BackfillTurn): Promise<boolean> {
    const [window] = windowsOf(each);
    const isTaken = window !== undefined && (await takeIn(window, fencing, signal));
    if (isTaken) each.windows?.shift();
    failedAt = isTaken ? null : poller.clock.now();
    return isTaken;
  }

  /** @returns false when the broker did not show all of it */
  async function takeIn(window: PollWindow, fencing: number, signal: AbortSignal): Promise<boolean> {
    try {
      const listing = await within(poller.client, LIST_WITHIN_MS, signal, async (limited) =>
        listOrders(poller, await poller.accounts.current(limited), window, limited, 'rest'),
      );
      if (listing.failure !== null) return false;
      const pending = await poller.db.loadPendingOrders();
      const reconciled = await reconcileSight(poller, pending, {
        reports: listing.reports,
        unreadable: listing.unreadable,
        absent: [],
        isAllNews: true,
      });
      const notes = notesOf(poller, pending, reconciled);
      await recordOrders(poller, { fencing, cycle: null, orders: reconciled.commits, commands: [], ...notes });
      return !listing.isCutOff;
    } catch (error) {
      if (!(error instanceof SchwabError)) throw error;
      poller.events.brokerCallFailed({ operation: 'list-orders', ...describeFailure(error) });
      return false;
    }
  }

  async function conclude(spots: readonly StoredBlindSpot[], fencing: number): Promise<void> {
    const at = poller.clock.now();
    const backfilledSpots = spots.map(({ id }) => ({ id, at }));
    await recordOrders(poller, { fencing, cycle: null, orders: [], commands: [], backfilledSpots });
    for (const { id: spotId, beganAt, endedAt, cause } of spots) {
      if (endedAt !== null) poller.events.blindSpotBackfilled({ spotId, beganAt, endedAt, cause });
    }
  }
}
