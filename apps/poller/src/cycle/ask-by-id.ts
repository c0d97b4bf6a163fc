import type { StoredOrder } from '@fill-tracker/db';
import type { Instant } from '@fill-tracker/domain';
import { type CallOptions, OddOrderError, SchwabError, type SchwabErrorKind } from '@fill-tracker/schwab-client';
import type { Poller } from '../poller.ts';
import type { PolledAccount } from './account-directory.ts';
import { describeFailure, tellProblems } from './tell-trouble.ts';
import { within } from './within.ts';
import { type OrderReport, reportsOf, type UnreadableReport, unreadableOf } from './order-report.ts';

/** What asking for one order by its id told. */
export type ByIdAnswer =
  /** The order, and whatever else hangs in its tree. */
  | ({ readonly outcome: 'reported' } & Told)
  /** A positive "not found": no error, and no cancel. */
  | { readonly outcome: 'not-found' }
  /** It only holds other orders together (OCO), and is none itself. */
  | ({ readonly outcome: 'no-order' } & Told)
  /** What the answer told of other orders counts all the same. */
  | ({ readonly outcome: 'failed'; readonly kind: SchwabErrorKind; readonly message: string } & Told);

/** What an answer told, of the order or of others in its tree. */
interface Told {
  readonly reports: readonly OrderReport[];
  readonly unreadable: readonly UnreadableReport[];
}

const NOTHING_TOLD: Told = { reports: [], unreadable: [] };

/** Failures after which any other call would fail too. */
const POINTLESS: ReadonlySet<SchwabErrorKind> = new Set(['rate-limited', 'unauthorized', 'sign-in-needed']);

/** Failures that say more of the line than of one order. */
const LINE_DOWN: ReadonlySet<SchwabErrorKind> = new Set(['network', 'timeout', 'breaker-open']);

/** True when no further call of this cycle makes sense. */
export function isPointlessAfter(kind: SchwabErrorKind): boolean {
  return POINTLESS.has(kind);
}

/**
 * True when a round of by-id calls should stop: after a network failure the next call would most likely fail too, and
 * a timeout has cost so much that the next list is worth more. Those not asked for come first in the next round.
 */
export function endsRound(kind: SchwabErrorKind): boolean {
  return isPointlessAfter(kind) || LINE_DOWN.has(kind);
}

export interface ByIdCall extends CallOptions {
  readonly signal: AbortSignal;
  /** How long it may take, all tries together, in ms. */
  readonly limitMs: number;
}

/** Asks for one order by its id. Never throws on the broker's account. */
export async function askById(
  poller: Poller,
  accounts: readonly PolledAccount[],
  { id, accountId, known }: StoredOrder,
  { limitMs, ...call }: ByIdCall,
): Promise<ByIdAnswer> {
  const account = accounts.find((candidate) => candidate.id === accountId);
  if (account === undefined) return failed('forbidden', `account ${accountId} is not among the accounts of this login`);
  const before = poller.lastAskedAt.get(id);
  const startedAt = poller.clock.now();
  poller.lastAskedAt.set(id, startedAt);
  try {
    const query = { accountHash: account.hash, orderId: known.brokerOrderId };
    const { report, requestedAt, correlationId } = await within(poller.client, limitMs, call.signal, (signal) =>
      poller.client.getOrder(query, { ...call, signal }),
    );
    const answer = { accountId, requestedAt, correlationId };
    const read = reportsOf(answer, report);
    tellProblems(poller, read);
    const { reports } = read;
    const told = { reports, unreadable: unreadableOf(answer, report.text, read.unreadable, 'id') };
    if (reports.some(({ order }) => order.brokerOrderId === known.brokerOrderId))
      return { outcome: 'reported', ...told };
    const own = read.unreadable.find(({ brokerOrderId }) => brokerOrderId === known.brokerOrderId);
    const isGroup = own === undefined && report.order.orderId === known.brokerOrderId;
    if (isGroup) return { outcome: 'no-order', ...told };
    return failed('shape', own?.problem ?? 'the answer is about another order', told);
  } catch (error) {
    if (!(error instanceof SchwabError)) throw error;
    if (error.kind === 'not-found') return { outcome: 'not-found' };
    // Nobody was asked: its turn is still to come.
    if (error.kind === 'breaker-open') restore(poller.lastAskedAt, id, before);
    poller.events.brokerCallFailed({ operation: 'get-order', ...describeFailure(error) });
    return failed(error.kind, error.message, toldBy(error, accountId, startedAt));
  }
}

function restore(times: Map<number, number>, id: number, before: number | undefined): void {
  if (before === undefined) times.delete(id);
  else times.set(id, before);
}

/** An answer whose order cannot be read says at least that the broker knows it, and what it looks like. */
function toldBy(error: SchwabError, accountId: string, requestedAt: Instant): Told {
  if (!(error instanceof OddOrderError)) return NOTHING_TOLD;
  const { orderId: brokerOrderId, problem, text, correlationId } = error;
  const answer = { accountId, requestedAt, correlationId };
  return { reports: [], unreadable: unreadableOf(answer, text, [{ brokerOrderId, problem }], 'id') };
}

function failed(kind: SchwabErrorKind, message: string, told: Told = NOTHING_TOLD): ByIdAnswer {
  return { outcome: 'failed', kind, message, ...told };
}
