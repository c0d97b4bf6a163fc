import type { StoredOrder } from '@fill-tracker/db';
import {
  type ByIdFacts,
  chooseById,
  type Instant,
  isUnproved,
  listWindow,
  type PollWindow,
  type SweepFacts,
  type SweepMemory,
  restingIntervalMs,
  restingOrders,
  SECOND,
} from '@fill-tracker/domain';
import { SchwabError, type SchwabErrorKind } from '@fill-tracker/schwab-client';
import type { Poller } from '../poller.ts';
import type { PolledAccount } from './account-directory.ts';
import { askById, endsRound, isPointlessAfter } from './ask-by-id.ts';
import { listOrders, type Listing } from './list-orders.ts';
import { sweepFactsOf } from './sweep-facts.ts';
import { describeFailure, tellUnreadable } from './tell-trouble.ts';
import { orderKey, type OrderReport, type UnreadableReport } from './order-report.ts';
import { within } from './within.ts';

export interface LookOptions {
  /** The most by-id calls of this cycle; null for as many as are due. */
  readonly byIdLimit: number | null;
  /** Cuts calls to the broker short. */
  readonly signal: AbortSignal;
  /** Ended orders whose time for another look has come. */
  readonly rechecks?: readonly StoredOrder[];
  /** Told what the list showed before orders are asked for by id, which can take long. */
  readonly beforeById?: (listing: Listing, currentSince: Instant) => Promise<void>;
}

/** All that a cycle saw. */
export interface Sight {
  readonly listing: Listing | null;
  /** Orders entered before belong to earlier trading dates: those that nobody tracks matter only while they live. */
  readonly currentSince: Instant;
  /** What is to be remembered of sweeps, once this look is in the record. */
  readonly sweeps: SweepMemory;
  /** True when no order of interest lies before the list's window: what it does not show is gone from it. */
  readonly reachesAll: boolean;
  readonly reports: readonly OrderReport[];
  readonly unreadable: readonly UnreadableReport[];
  readonly absent: readonly StoredOrder[];
  /** Of the rechecks, those that were looked at: in the list, or by id. */
  readonly rechecked: readonly StoredOrder[];
  /** Of the rechecks, those that were asked about in vain. */
  readonly recheckFailed: readonly StoredOrder[];
  readonly failures: readonly SchwabErrorKind[];
  /** Of the pending orders, those that the broker told of, in the list or by id. */
  readonly examined: readonly StoredOrder[];
  /** Of the pending orders, those that it was asked about in vain, for a reason of their own. */
  readonly inVain: readonly StoredOrder[];
  readonly tally: { readonly due: number; readonly examined: number };
}

/** The list first; then, by id, what the list cannot show. Orders that ended before come last. */
export async function lookAtBroker(
  poller: Poller,
  allPending: readonly StoredOrder[],
  { byIdLimit, signal, rechecks: allRechecks = [], beforeById }: LookOptions,
  now: Instant,
): Promise<Sight> {
  const accounts = await accountsOf(poller, signal);
  if ('kind' in accounts) return blindSight(accounts.kind, allPending.length, { sweeps: poller.sweeps, now });
  const pending = withinLogin(poller, accounts, allPending);
  const rechecks = withinLogin(poller, accounts, allRechecks);
  const reached = new Set(pending);
  const beyond = Array<SchwabErrorKind>(allPending.length - pending.length).fill('forbidden');
  const sweepFacts = sweepFactsOf(
    poller,
    pending.map(({ known }) => known),
    now,
  );
  const { listing, window, sweeps } = await listOrSweep(poller, accounts, sweepFacts, signal);
  if (listing.failure !== null && isPointlessAfter(listing.failure))
    return blindSight(listing.failure, pending.length, { sweeps, now });
  const isListed = ({ accountId, known }: StoredOrder): boolean =>
    listing.shown?.has(orderKey(accountId, known.brokerOrderId)) === true;
  const limit = byIdLimit ?? pending.length;
  const chosen = choosePending(poller, pending, {
    window,
    lastSweep: sweeps.last,
    restingEveryMs: restingIntervalMs({ ...sweepFacts, sweeps }),
    isListed,
    isListKnown: listing.shown !== null,
    limit,
    now,
  });
  const again = chooseRechecks(
    rechecks.filter((order) => !isListed(order)),
    byIdLimit,
    chosen.length,
  );
  if (chosen.length + again.length > 0) await beforeById?.(listing, sweepFacts.window.from);
  const asked = await askEach(poller, accounts, chosen, signal);
  // A round that broke off is not taken up for less urgent orders.
  const askedAgain = asked.skipped > 0 ? NOTHING_ASKED : await askEach(poller, accounts, again, signal);
  const seen = new Set(chosen.filter(isListed));
  const listed = pending.filter((order) => isListed(order) && !seen.has(order)).length;
  return {
    listing,
    currentSince: sweepFacts.window.from,
    sweeps,
    reachesAll: window !== sweepFacts.window || restingOrders(sweepFacts).length === 0,
    reports: [...listing.reports, ...asked.reports, ...askedAgain.reports],
    unreadable: [...listing.unreadable, ...asked.unreadable, ...askedAgain.unreadable],
    // The list must agree that the order is not there; a list that failed or was cut off says nothing.
    absent: listing.shown === null || listing.isCutOff ? [] : asked.absent.filter((order) => !isListed(order)),
    rechecked: [...rechecks.filter(isListed), ...askedAgain.answered],
    recheckFailed: [...askedAgain.failed, ...allRechecks.filter((order) => !rechecks.includes(order))],
    examined: [...pending.filter(isListed), ...asked.answered],
    inVain: [...asked.inVain, ...allPending.filter((order) => !reached.has(order))],
    failures: [...(listing.failure === null ? [] : [listing.failure]), ...asked.failures, ...beyond],
    tally: {
      due: listed + chosen.length + beyond.length,
      examined: listed + chosen.length - asked.failures.length - asked.skipped,
    },
  };
}

/** Orders of accounts that this login does not reach: nobody can be asked, and they must not take the turn of others. */
function withinLogin(
  poller: Poller,
  accounts: readonly PolledAccount[],
  orders: readonly StoredOrder[],
): readonly StoredOrder[] {
  const reached = new Set(accounts.map(({ id }) => id));
  for (const { accountId, known } of orders) {
    const problem = `account ${accountId} is not among the accounts of this login`;
    if (!reached.has(accountId)) tellUnreadable(poller, known.brokerOrderId, problem, problem);
  }
  return orders.filter(({ accountId }) => reached.has(accountId));
}

/** A morning may bring hundreds: each cycle takes some, so that fresh orders hardly wait for them. */
const MOST_RECHECKS = 3;

function chooseRechecks(
  unlisted: readonly StoredOrder[],
  byIdLimit: number | null,
  taken: number,
): readonly StoredOrder[] {
  return byIdLimit === null ? unlisted : unlisted.slice(0, Math.max(0, Math.min(byIdLimit - taken, MOST_RECHECKS)));
}

/** The trading date's list; or one that reaches back, and when that does not come the trading date's at once. */
async function listOrSweep(
  poller: Poller,
  accounts: readonly PolledAccount[],
  facts: SweepFacts,
  signal: AbortSignal,
): Promise<Listed> {
  const { now, window, sweeps } = facts;
  const wide = listWindow(facts);
  if (wide.from >= window.from) return { listing: await listOrders(poller, accounts, window, signal), window, sweeps };
  const failed = { last: sweeps.last, failedAt: now };
  // Should it be cut short in the middle, it has failed.
  poller.sweeps = failed;
  const swept = await listOrders(poller, accounts, { ...wide, isSweep: true }, signal);
  poller.sweeps = sweeps;
  const { failure, calls } = swept;
  if (failure === null) {
    const last = { at: now, from: wide.from, calls };
    return { listing: swept, window: wide, sweeps: { last, failedAt: null } };
  }
  const listing = isPointlessAfter(failure) ? swept : await listOrders(poller, accounts, window, signal);
  // Where the trading date's list fails as well, the trouble is not that the sweep asks for too much.
  return { listing, window, sweeps: listing.failure === null ? failed : sweeps };
}

interface Listed {
  readonly listing: Listing;
  readonly window: PollWindow;
  readonly sweeps: SweepMemory;
}

function blindSight(kind: SchwabErrorKind, due: number, { sweeps, now }: { sweeps: SweepMemory; now: Instant }): Sight {
  return {
    listing: null,
    currentSince: now,
    sweeps,
    reachesAll: false,
    reports: [],
    unreadable: [],
    absent: [],
    rechecked: [],
    recheckFailed: [],
    failures: [kind],
    examined: [],
    inVain: [],
    tally: { due, examined: 0 },
  };
}

const ACCOUNTS_WITHIN_MS = 20 * SECOND;

async function accountsOf(
  poller: Poller,
  signal: AbortSignal,
): Promise<readonly PolledAccount[] | { readonly kind: SchwabErrorKind }> {
  try {
    return await within(poller.client, ACCOUNTS_WITHIN_MS, signal, (limited) => poller.accounts.current(limited));
  } catch (error) {
    if (!(error instanceof SchwabError)) throw error;
    poller.events.brokerCallFailed({ operation: 'list-accounts', ...describeFailure(error) });
    return { kind: error.kind };
  }
}

/** What the list showed needs no further look, unless it ended there and is not proved. */
function choosePending(
  poller: Poller,
  pending: readonly StoredOrder[],
  { isListed, ...facts }: ByIdFacts & { readonly isListed: (order: StoredOrder) => boolean },
): readonly StoredOrder[] {
  const candidates = pending
    .filter((order) => !isListed(order) || isUnproved(order.known))
    .map((stored) => ({ stored, known: stored.known, lastAskedAt: poller.lastAskedAt.get(stored.id) ?? null }));
  return chooseById(candidates, facts).map(({ stored }) => stored);
}

interface AskedEach {
  readonly reports: readonly OrderReport[];
  readonly unreadable: readonly UnreadableReport[];
  readonly absent: readonly StoredOrder[];
  /** Those that the broker said something of, were it that it does not know them. */
  readonly answered: readonly StoredOrder[];
  /** Those that it was asked about in vain. */
  readonly failed: readonly StoredOrder[];
  /** Of these, those over which others could still be asked. */
  readonly inVain: readonly StoredOrder[];
  readonly failures: readonly SchwabErrorKind[];
  /** How many were not asked for any more. */
  readonly skipped: number;
}

const NOTHING_ASKED: AskedEach = {
  reports: [],
  unreadable: [],
  absent: [],
  answered: [],
  failed: [],
  inVain: [],
  failures: [],
  skipped: 0,
};

/** Time for one order of such a round, all tries together: those that can be seen in the list wait meanwhile. */
const ASKED_WITHIN_MS = 5 * SECOND;

/** One after another, a little chance between them; stops when the failure is not about one order. */
async function askEach(
  poller: Poller,
  accounts: readonly PolledAccount[],
  chosen: readonly StoredOrder[],
  signal: AbortSignal,
): Promise<AskedEach> {
  const reports: OrderReport[] = [];
  const unreadable: UnreadableReport[] = [];
  const absent: StoredOrder[] = [];
  const answered: StoredOrder[] = [];
  const failed: StoredOrder[] = [];
  const inVain: StoredOrder[] = [];
  const failures: SchwabErrorKind[] = [];
  for (const [i, stored] of chosen.entries()) {
    if (i > 0) await poller.clock.sleep(Math.round(poller.random() * BY_ID_JITTER_MS));
    const answer = await askById(poller, accounts, stored, { lane: 'rest', signal, limitMs: ASKED_WITHIN_MS });
    if (answer.outcome !== 'not-found') {
      reports.push(...answer.reports);
      unreadable.push(...answer.unreadable);
    }
    // An id that is no order's will not fill: it counts as one that the broker does not know.
    if (answer.outcome === 'not-found' || answer.outcome === 'no-order') absent.push(stored);
    if (answer.outcome !== 'failed') {
      poller.answeredAt.set(stored.id, poller.clock.now());
      answered.push(stored);
      continue;
    }
    failed.push(stored);
    failures.push(answer.kind);
    if (endsRound(answer.kind)) {
      return { reports, unreadable, absent, answered, failed, inVain, failures, skipped: chosen.length - i - 1 };
    }
    inVain.push(stored);
  }
  return { reports, unreadable, absent, answered, failed, inVain, failures, skipped: 0 };
}

/** Spreads by-id calls, so that a round does not arrive as one burst. */
const BY_ID_JITTER_MS = 50;
