import type { StoredOrder } from '@fill-tracker/db';
import { chooseById, type Instant, pollWindow, type PollWindow, SECOND } from '@fill-tracker/domain';
import { SchwabError, type SchwabErrorKind } from '@fill-tracker/schwab-client';
import type { Poller } from '../poller.ts';
import type { PolledAccount } from './account-directory.ts';
import { askById, endsSweep, isPointlessAfter } from './ask-by-id.ts';
import { listOrders, type Listing } from './list-orders.ts';
import { describeFailure } from './tell-trouble.ts';
import { orderKey, type OrderReport } from './order-report.ts';
import { within } from './within.ts';

export interface LookOptions {
  /** The most by-id calls of this cycle; null for as many as are due. */
  readonly byIdLimit: number | null;
  /** Cuts calls to the broker short. */
  readonly signal: AbortSignal;
  /** Told what the list showed before orders are asked for by id, which can take long. */
  readonly beforeSweep?: (listing: Listing) => Promise<void>;
}

/** All that a cycle saw. */
export interface Sight {
  readonly listing: Listing | null;
  readonly reports: readonly OrderReport[];
  readonly absent: readonly StoredOrder[];
  readonly failures: readonly SchwabErrorKind[];
  readonly tally: { readonly due: number; readonly examined: number };
}

/** The list first; then, by id, what the list cannot show. */
export async function lookAtBroker(
  poller: Poller,
  pending: readonly StoredOrder[],
  { byIdLimit, signal, beforeSweep }: LookOptions,
  now: Instant,
): Promise<Sight> {
  const accounts = await accountsOf(poller, signal);
  if ('kind' in accounts) return blindSight(accounts.kind, pending.length);
  const window = pollWindow(poller.calendar(), now);
  const listing = await listOrders(poller, accounts, window, signal);
  if (listing.failure !== null && isPointlessAfter(listing.failure)) return blindSight(listing.failure, pending.length);
  const limit = byIdLimit ?? pending.length;
  const chosen = chooseUnlisted(poller, pending, listing, window, limit, now);
  if (chosen.length > 0) await beforeSweep?.(listing);
  const asked = await askEach(poller, accounts, chosen, signal);
  const isListed = ({ accountId, known }: StoredOrder): boolean =>
    listing.shown?.has(orderKey(accountId, known.brokerOrderId)) === true;
  const listed = pending.filter(isListed).length;
  return {
    listing,
    reports: [...listing.reports, ...asked.reports],
    // The list must agree that the order is not there; a list that failed or was cut off says nothing.
    absent: listing.shown === null || listing.isCutOff ? [] : asked.absent,
    failures: listing.failure === null ? asked.failures : [listing.failure, ...asked.failures],
    tally: { due: listed + chosen.length, examined: listed + chosen.length - asked.failures.length - asked.skipped },
  };
}

function blindSight(kind: SchwabErrorKind, due: number): Sight {
  return { listing: null, reports: [], absent: [], failures: [kind], tally: { due, examined: 0 } };
}

const ACCOUNTS_WITHIN_MS = 20 * SECOND;

async function accountsOf(
  poller: Poller,
  signal: AbortSignal,
): Promise<readonly PolledAccount[] | { readonly kind: SchwabErrorKind }> {
  try {
    return await within(ACCOUNTS_WITHIN_MS, signal, (limited) => poller.accounts.current(limited));
  } catch (error) {
    if (!(error instanceof SchwabError)) throw error;
    poller.events.brokerCallFailed({ operation: 'list-accounts', ...describeFailure(error) });
    return { kind: error.kind };
  }
}

function chooseUnlisted(
  poller: Poller,
  pending: readonly StoredOrder[],
  listing: Listing,
  window: PollWindow,
  limit: number,
  now: number,
): readonly StoredOrder[] {
  const candidates = pending.map((stored) => ({ ...stored, lastAskedAt: poller.lastAskedAt.get(stored.id) ?? null }));
  const shown = listing.shown;
  const unlisted = candidates.filter(({ accountId, known }) => !shown?.has(orderKey(accountId, known.brokerOrderId)));
  return chooseById(unlisted, { now, window, isListKnown: shown !== null, limit });
}

interface AskedEach {
  readonly reports: readonly OrderReport[];
  readonly absent: readonly StoredOrder[];
  readonly failures: readonly SchwabErrorKind[];
  /** How many were not asked for any more. */
  readonly skipped: number;
}

/** Time for one order of a sweep, all tries together: those that can be seen in the list wait meanwhile. */
const SWEPT_WITHIN_MS = 5 * SECOND;

/** One after another, a little chance between them; stops when the failure is not about one order. */
async function askEach(
  poller: Poller,
  accounts: readonly PolledAccount[],
  chosen: readonly StoredOrder[],
  signal: AbortSignal,
): Promise<AskedEach> {
  const reports: OrderReport[] = [];
  const absent: StoredOrder[] = [];
  const failures: SchwabErrorKind[] = [];
  for (const [i, stored] of chosen.entries()) {
    if (i > 0) await poller.clock.sleep(Math.round(poller.random() * BY_ID_JITTER_MS));
    const answer = await askById(poller, accounts, stored, { lane: 'rest', signal, limitMs: SWEPT_WITHIN_MS });
    if (answer.outcome === 'reported') reports.push(...answer.reports);
    if (answer.outcome === 'not-found') absent.push(stored);
    if (answer.outcome !== 'failed') continue;
    failures.push(answer.kind);
    if (endsSweep(answer.kind)) return { reports, absent, failures, skipped: chosen.length - i - 1 };
  }
  return { reports, absent, failures, skipped: 0 };
}

/** Spreads by-id calls, so that a sweep does not arrive as one burst. */
const BY_ID_JITTER_MS = 50;
