import type { Command, CommandOutcome, OrderCommit, StoredOrder } from '@fill-tracker/db';
import { decimalText, newlyKnownOrder, SECOND } from '@fill-tracker/domain';
import { SchwabError } from '@fill-tracker/schwab-client';
import { askById } from '../cycle/ask-by-id.ts';
import { commitOfReport, commitOfTracking, newestOfEach } from '../cycle/reconcile-reports.ts';
import { recordOrders } from '../cycle/record-orders.ts';
import { within } from '../cycle/within.ts';
import type { Poller } from '../poller.ts';

export interface CommandRun {
  readonly fencing: number;
  readonly signal: AbortSignal;
}

/**
 * Carries out what people and bots asked for, oldest first. Each command is committed with its effect, so it is
 * done once, and one that fails says why and holds up no other.
 *
 * @returns true when an order was added: the next poll is due at once.
 */
export async function applyCommands(poller: Poller, run: CommandRun): Promise<boolean> {
  const startedAt = poller.clock.now();
  const commands = await poller.db.loadQueuedCommands();
  let isOrderAdded = false;
  for (const command of commands) {
    // What is left comes after the next cycle: re-polls that the broker leaves unanswered must not stop polling.
    if (poller.clock.now() - startedAt > LONGEST_TURN_MS) break;
    const effect = await tryToCarryOut(poller, command, run.signal);
    await recordOrders(poller, {
      fencing: run.fencing,
      cycle: null,
      orders: effect.orders,
      commands: [effect.outcome],
    });
    poller.events.commandAnswered({ commandId: command.id, kind: command.kind, state: effect.outcome.state });
    isOrderAdded ||= effect.orders.some(({ id }) => id === null);
  }
  return isOrderAdded;
}

/** Commands wait for the poll that is due, and polls for commands, at most about this long and one call. */
const LONGEST_TURN_MS = 2 * SECOND;

/** Who asks for a re-poll waits some 10 s for it. */
const REPOLL_WITHIN_MS = 8 * SECOND;

interface Effect {
  readonly orders: readonly OrderCommit[];
  readonly outcome: CommandOutcome;
}

/** A command that fails in a way nobody foresaw is answered too: it must not come back for ever and block others. */
async function tryToCarryOut(poller: Poller, command: Command, signal: AbortSignal): Promise<Effect> {
  try {
    return await carryOut(poller, command, signal);
  } catch (error) {
    signal.throwIfAborted();
    poller.events.loopFailed({ error });
    return failed(command, 'the poller failed over this command; its log says why');
  }
}

async function carryOut(poller: Poller, command: Command, signal: AbortSignal): Promise<Effect> {
  if (command.kind === 'TRACK') return track(poller, command);
  if (command.kind === 'REPOLL') return repoll(poller, command, signal);
  return failed(command, `this poller does not know the command ${command.kind}`);
}

/** The order is watched from this commit on; what the broker says of it comes with the cycle that follows. */
async function track(poller: Poller, command: Command): Promise<Effect> {
  const { accountId, brokerOrderId } = command;
  if (brokerOrderId === null) return failed(command, 'the command names no order id');
  const account = (await poller.db.listAccounts()).find(({ id }) => id === accountId);
  if (account === undefined) return failed(command, `there is no account ${accountId ?? '(none named)'}`);
  const [known] = await poller.db.loadOrdersByBrokerIds(account.id, [brokerOrderId]);
  if (known !== undefined) return done(command, [], { tracked: true, alreadyTracked: true, orderId: known.id });
  const order = newlyKnownOrder(brokerOrderId, 'TRACKED', poller.clock.now());
  const commit = commitOfTracking(account.id, order, command.requestedBy);
  return done(command, [commit], { tracked: true, alreadyTracked: false });
}

async function repoll(poller: Poller, command: Command, signal: AbortSignal): Promise<Effect> {
  const stored = await findStored(poller, command);
  if (stored === null) return failed(command, 'there is no such order in the record');
  const answer = await askNow(poller, stored, signal);
  if (answer.outcome === 'failed') return failed(command, answer.message, { errorKind: answer.kind });
  // Only told, not counted: an absence counts beside a list that agrees, and here is none.
  if (answer.outcome === 'not-found') return done(command, [], { found: false, status: stored.known.state.status });
  const own = newestOfEach(answer.reports).find(({ order }) => order.brokerOrderId === stored.known.brokerOrderId);
  if (own === undefined) return failed(command, 'the answer was about another order');
  const commit = commitOfReport(stored, own, poller.clock.now());
  return done(command, [commit], foundOutcome(commit));
}

function foundOutcome({ reconciliation }: OrderCommit): Record<string, unknown> {
  const { state, facts } = reconciliation.order;
  return {
    found: true,
    status: state.status,
    brokerStatus: facts?.brokerStatus ?? null,
    filledQuantity: state.filledQuantity && decimalText(state.filledQuantity),
    averagePrice: state.averagePrice && decimalText(state.averagePrice),
    newFills: reconciliation.newFills.length,
    changed: reconciliation.audit.length > 0,
  };
}

async function findStored(poller: Poller, { orderId }: Command): Promise<StoredOrder | null> {
  if (orderId === null) return null;
  const [detail] = await poller.db.findOrder({ id: orderId });
  if (detail === undefined || detail.known.brokerOrderId === '') return null;
  const [stored] = await poller.db.loadOrdersByBrokerIds(detail.accountId, [detail.known.brokerOrderId]);
  return stored ?? null;
}

async function askNow(poller: Poller, stored: StoredOrder, signal: AbortSignal): ReturnType<typeof askById> {
  try {
    const accounts = await within(REPOLL_WITHIN_MS, signal, (limited) => poller.accounts.current(limited));
    return await askById(poller, accounts, stored, { lane: 'command', signal, limitMs: REPOLL_WITHIN_MS });
  } catch (error) {
    if (!(error instanceof SchwabError)) throw error;
    return { outcome: 'failed', kind: error.kind, message: error.message };
  }
}

function done(command: Command, orders: readonly OrderCommit[], outcome: Record<string, unknown>): Effect {
  return { orders, outcome: { id: command.id, state: 'DONE', outcome } };
}

function failed(command: Command, problem: string, more: Record<string, unknown> = {}): Effect {
  return { orders: [], outcome: { id: command.id, state: 'FAILED', outcome: { problem, ...more } } };
}
