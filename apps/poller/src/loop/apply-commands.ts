import type { Command, CommandKind, CommandOutcome, PollCycleResult } from '@fill-tracker/db';
import { SECOND } from '@fill-tracker/domain';
import { type Effect, failed, failure, withoutChanges } from '../commands/effect.ts';
import { repollOrder } from '../commands/repoll-order.ts';
import { resolveOrder } from '../commands/resolve-order.ts';
import { trackOrder } from '../commands/track-order.ts';
import { recordOrders } from '../cycle/record-orders.ts';
import { rechecksOfChanges } from '../cycle/settle-orders.ts';
import type { Poller } from '../poller.ts';
import { signIn } from '../sign-in/apply-sign-in.ts';

export interface CommandRun {
  readonly fencing: number;
  readonly signal: AbortSignal;
  /** Others wait: they come after the first look of a run. */
  readonly isSignInOnly?: boolean;
}

/**
 * Carries out what people and bots asked for: sign-ins first, else the oldest first. One that fails says why and holds
 * up no other.
 *
 * @returns true when an order was added, or somebody signed in: the next poll is due at once.
 */
export async function applyCommands(poller: Poller, run: CommandRun): Promise<boolean> {
  const startedAt = poller.clock.now();
  const queued = await poller.db.loadQueuedCommands();
  // The code of a sign-in is good for 30 s, and nothing else works without one.
  const commands = [
    ...queued.filter(isSignIn),
    ...(run.isSignInOnly === true ? [] : queued.filter((command) => !isSignIn(command))),
  ];
  let isNewsDue = false;
  for (const command of commands) {
    // What is left comes after the next cycle: re-polls that the broker leaves unanswered must not stop polling.
    if (poller.clock.now() - startedAt > LONGEST_TURN_MS) break;
    const effect = await tryToCarryOut(poller, command, run.signal);
    const outcome = await recordEffect(poller, run.fencing, effect);
    poller.events.commandAnswered({ commandId: command.id, kind: command.kind, state: outcome.state });
    const bringsNews = command.kind === 'SIGN_IN' || effect.orders.some(({ id }) => id === null);
    isNewsDue ||= outcome.state === 'DONE' && bringsNews;
  }
  return isNewsDue;
}

function isSignIn({ kind }: Command): boolean {
  return kind === 'SIGN_IN';
}

/** Commands wait for the poll that is due, and polls for commands, at most about this long and one call. */
const LONGEST_TURN_MS = 2 * SECOND;

/** A command that fails in a way nobody foresaw is answered too: it must not come back for ever and block others. */
async function tryToCarryOut(poller: Poller, command: Command, signal: AbortSignal): Promise<Effect> {
  try {
    return await CARRY_OUT[command.kind](poller, command, signal);
  } catch (error) {
    signal.throwIfAborted();
    poller.events.loopFailed({ error });
    return failed(command, 'the poller failed over this command; its log says why');
  }
}

type CarryOut = (poller: Poller, command: Command, signal: AbortSignal) => Promise<Effect>;

const CARRY_OUT: Readonly<Record<CommandKind, CarryOut>> = {
  TRACK: trackOrder,
  REPOLL: repollOrder,
  RESOLVE: resolveOrder,
  SIGN_IN: async (poller, command, signal) => withoutChanges(await signIn(poller, command, signal)),
};

/**
 * Writes what a command does, then what became of it: DONE is only ever said of what is in the record. A poller that
 * is killed in between leaves the command to the next one, and a command that is carried out again changes nothing.
 */
async function recordEffect(poller: Poller, fencing: number, effect: Effect): Promise<CommandOutcome> {
  const { notes, before } = effect;
  const orders = effect.orders.filter(({ reconciliation }) => reconciliation.isChanged);
  let { outcome } = effect;
  if (orders.length > 0) {
    const open = before.filter(({ known }) => known.state.status === 'PENDING');
    const rechecks = rechecksOfChanges(open, orders, poller.calendar(), poller.clock.now());
    const written = await recordOrders(poller, { fencing, cycle: null, orders, ...notes, rechecks, commands: [] });
    const problem = refusalIn(written);
    if (problem !== null) outcome = failure(outcome, `the record refused it: ${problem}`);
  }
  await recordOrders(poller, { fencing, cycle: null, orders: [], commands: [outcome] });
  return outcome;
}

function refusalIn({ refused, refusedNotes }: PollCycleResult): string | null {
  return [...refused, ...refusedNotes][0]?.problem ?? null;
}
