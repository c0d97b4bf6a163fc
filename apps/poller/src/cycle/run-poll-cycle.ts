/**
 * One poll cycle: read the clock, the known orders and the broker's report; reconcile; write the result in one
 * transaction, or in two when orders had to be asked for by id. What failed is said in the summary; only a lost lease
 * or a broken database throws.
 */
import {
  type CommitNotes,
  type CycleRecord,
  isUneventful,
  type OrderCommit,
  type Sighting,
  type StoredOrder,
} from '@fill-tracker/db';
import type { Instant, KnownOrder } from '@fill-tracker/domain';
import type { SchwabErrorKind } from '@fill-tracker/schwab-client';
import type { Look } from '../blind/blind-watch.ts';
import type { Poller } from '../poller.ts';
import type { Listing } from './list-orders.ts';
import { lookAtBroker, type LookOptions, type Sight } from './look-at-broker.ts';
import { orderKey, type OrderReport } from './order-report.ts';
import { reconcileSight, type SightReconciled, unreadableName } from './reconcile-sight.ts';
import { recordOrders } from './record-orders.ts';
import { type DueLooks, rechecksAfterLook, rechecksOfChanges } from './settle-orders.ts';
import { tellOldOrders } from './tell-trouble.ts';

export interface CycleOptions extends Omit<LookOptions, 'beforeById' | 'rechecks'> {
  readonly fencing: number;
}

export interface CycleResult {
  readonly summary: CycleRecord;
  /** Whether the broker's list came. */
  readonly hasList: boolean;
  /** The orders that are pending now: the next poll depends on them. */
  readonly pending: readonly KnownOrder[];
  /** What changed, once it is in the record. */
  readonly changed: readonly OrderCommit[];
  /** Ended orders that were looked at once more. */
  readonly looked: readonly StoredOrder[];
}

/** The most ended orders that one cycle looks at once more. */
const MOST_DUE = 200;

/** Runs one cycle and says how it went. */
export async function runPollCycle(poller: Poller, options: CycleOptions): Promise<CycleResult> {
  const { fencing } = options;
  const startedAt = poller.clock.now();
  const before = poller.requestsMade();
  await poller.blindWatch.beginLook();
  const atStart = await poller.pending.load();
  let pending = atStart;
  const due = await poller.db.loadDueRechecks(startedAt, MOST_DUE);
  const changed: OrderCommit[] = [];
  tellOldOrders(poller, pending, startedAt);
  // Asking by id takes long when the broker does not answer: what the list told is in the record before.
  const beforeById = async (listing: Listing, currentSince: Instant): Promise<void> => {
    const { reports, unreadable } = listing;
    // What filled in a blind spot that this look ends is told as such.
    poller.blindWatch.judge(lookOf(listing, listing.failure, startedAt, poller.clock.now()));
    const early = await reconcileSight(poller, pending, { reports, unreadable, absent: [], currentSince });
    changed.push(...changesOf(early));
    const notes = notesOf(poller, pending, early);
    if (changed.length + early.foreign.length > 0) {
      await recordOrders(poller, { fencing, cycle: null, orders: early.commits, commands: [], ...notes });
    }
    remember(poller, early);
    pending = await poller.pending.load();
  };
  const sight = await lookAtBroker(
    poller,
    pending,
    { ...options, rechecks: due.map(({ order }) => order), beforeById },
    startedAt,
  );
  const reconciled = await reconcileSight(poller, pending, sight);
  changed.push(...changesOf(reconciled));
  const summary: CycleRecord = {
    ...sight.tally,
    outcome: outcomeOf(sight),
    listed: sight.listing?.reports.length ?? 0,
    changed: changed.length,
    requests: poller.requestsMade() - before,
    errorKind: sight.failures[0] ?? null,
    note: sight.listing?.isCutOff === true ? 'the list is full: what is missing from it may be cut off' : null,
    startedAt,
    finishedAt: poller.clock.now(),
  };
  const notes = notesOf(poller, pending, reconciled, {
    due,
    looked: sight.rechecked,
    failed: sight.recheckFailed,
  });
  const seen = poller.blindWatch.judge(
    lookOf(sight.listing, sight.listing?.failure ?? sight.failures[0] ?? null, startedAt, summary.finishedAt),
  );
  const orders = reconciled.commits;
  if (isUneventful(summary) && isNothingNoted({ ...notes, ...seen })) poller.unwrittenCycles.add(summary);
  else await recordOrders(poller, { fencing, cycle: summary, orders, commands: [], ...notes, ...seen });
  poller.blindWatch.settle();
  // Not before what it showed is in the record: a sweep that looks for orders placed elsewhere is made once.
  poller.sweeps = sight.sweeps;
  if (seen.lastLookAt !== null) noteExamined(poller, sight, atStart);
  remember(poller, reconciled);
  if (sight.listing?.shown && sight.reachesAll) poller.seen.retain(sight.listing.shown);
  const stillPending = pendingAfter(pending, reconciled.commits);
  return { summary, hasList: sight.listing?.failure === null, pending: stillPending, changed, looked: sight.rechecked };
}

/** A look is good when its list came; what failed by id is trouble with single orders. */
function lookOf(listing: Listing | null, failure: SchwabErrorKind | null, startedAt: Instant, now: Instant): Look {
  const isGood = listing !== null && listing.failure === null;
  return isGood ? { at: listing.requestedAt ?? startedAt, failure: null } : { at: now, failure: failure ?? 'network' };
}

/** Orders that this look discovered were examined by it. */
function noteExamined(poller: Poller, { examined, inVain }: Sight, pending: readonly StoredOrder[]): void {
  const idsOf = (orders: readonly StoredOrder[]): number[] => orders.map(({ id }) => id);
  const look = { pending: idsOf(pending), examined: idsOf(examined), inVain: idsOf(inVain) };
  poller.blindWatch.catchUp.note(look, poller.clock.now());
}

/** What is written beside the orders: when to look again at those that ended, and what nobody tracks. */
export function notesOf(
  poller: Poller,
  pending: readonly StoredOrder[],
  reconciled: SightReconciled,
  looks: DueLooks = { due: [], looked: [], failed: [] },
): Pick<CommitNotes, 'rechecks' | 'sightings'> {
  const now = poller.clock.now();
  const calendar = poller.calendar();
  return {
    rechecks: [
      ...rechecksAfterLook(looks, reconciled.commits, calendar, now),
      ...rechecksOfChanges(pending, changesOf(reconciled), calendar, now),
    ],
    sightings: reconciled.foreign.map((report) => sightingOf(report, now)),
  };
}

function sightingOf({ accountId, order }: OrderReport, seenAt: Instant): Sighting {
  const { brokerOrderId, brokerStatus, quantity, enteredAt, legs } = order;
  const [leg] = legs;
  return {
    accountId,
    brokerOrderId,
    brokerStatus,
    quantity,
    enteredAt,
    symbol: leg?.symbol ?? null,
    instruction: leg?.instruction ?? null,
    seenAt,
  };
}

function changesOf({ commits }: SightReconciled): readonly OrderCommit[] {
  return commits.filter(({ reconciliation }) => reconciliation.isChanged);
}

/**
 * Only after the commit. An order that the database refused is remembered too: it would refuse it again. One that came
 * too late to be believed is not: told again, it may be the news.
 */
function remember(poller: Poller, { commits, ignored, unreadable }: SightReconciled): void {
  for (const report of unreadable) poller.toldUnreadable.mark(report.accountId, unreadableName(report), report.hash);
  for (const { accountId, order, hash } of ignored) poller.seen.mark(accountId, order.brokerOrderId, hash);
  for (const { accountId, evidence, reconciliation } of commits) {
    const { brokerOrderId, reportedAt } = reconciliation.order;
    if (evidence === null || (reportedAt !== null && evidence.requestedAt < reportedAt)) continue;
    poller.seen.mark(accountId, brokerOrderId, evidence.hash);
  }
}

/** Nothing but what was known before was seen, and the same will be seen again: that is worth no write of its own. */
function isNothingNoted({ rechecks = [], sightings = [], blindSpots = [] }: CommitNotes): boolean {
  return rechecks.length + sightings.length + blindSpots.length === 0;
}

function pendingAfter(pending: readonly StoredOrder[], commits: readonly OrderCommit[]): readonly KnownOrder[] {
  const now = new Map(pending.map(({ accountId, known }) => [orderKey(accountId, known.brokerOrderId), known]));
  for (const { accountId, reconciliation } of commits) {
    now.set(orderKey(accountId, reconciliation.order.brokerOrderId), reconciliation.order);
  }
  return [...now.values()].filter(({ state }) => state.status === 'PENDING');
}

/** A cycle whose list came has not failed, even if the one order that was asked for by id did: new orders were seen. */
function outcomeOf({ listing, failures, tally }: Sight): CycleRecord['outcome'] {
  if (listing?.failure === null) return failures.length === 0 ? 'complete' : 'partial';
  return tally.examined === 0 ? 'failed' : 'partial';
}
