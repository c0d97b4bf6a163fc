import type { CommandAnswer } from '@fill-tracker/contract';
import { type FillDatabase, pollerStateOf } from '@fill-tracker/db';
import { SECOND } from '@fill-tracker/domain';
import type { Clock } from '@fill-tracker/schwab-client';
import { CommandError, EXIT } from './command-error.ts';
import type { Output } from './output.ts';

const LOOK_EVERY_MS = 100;

export const AWAITED_HELP = `
Exit status 0 once the poller has done it; 1 when it could not, and also when it is only queued, because no poller is at
work or the wait was too short. What is queued is kept, and done when a poller comes to it.`;

/** Waits, for a bounded time, until the poller has carried a command out. With no poller at work it does not wait. */
export async function awaitCommand(
  db: FillDatabase,
  clock: Clock,
  commandId: number,
  waitSeconds: number,
): Promise<CommandAnswer> {
  const until = clock.now() + waitSeconds * SECOND;
  for (;;) {
    const command = await db.findCommand(commandId);
    if (command === null) throw new CommandError(`There is no command ${commandId}.`);
    const pollerState = pollerStateOf(await db.readLease(), clock.now());
    const isOver = command.state !== 'QUEUED' || pollerState !== 'running' || clock.now() >= until;
    if (isOver) return { commandId, kind: command.kind, state: command.state, outcome: command.outcome, pollerState };
    await clock.sleep(LOOK_EVERY_MS);
  }
}

/** Says what became of a command; a command that is only queued is kept, and that is said. */
export function printAnswer(answer: CommandAnswer, isJson: boolean, output: Output): number {
  if (isJson) output.json(answer);
  else output.line(describeAnswer(answer));
  return exitStatusOf(answer);
}

/** A script must not take for done what is only queued. */
export function exitStatusOf({ state }: CommandAnswer): number {
  return state === 'DONE' ? EXIT.fine : EXIT.problem;
}

function describeAnswer({ kind, state, outcome, pollerState }: CommandAnswer): string {
  const what = kind === 'TRACK' ? 'Tracking' : 'Re-poll';
  if (state === 'FAILED') return `${what} failed: ${textOf(outcome?.['problem']) ?? 'no reason was given'}.`;
  if (state === 'QUEUED') {
    return pollerState === 'running'
      ? `${what} is queued; the poller has not come to it yet.`
      : `${what} is queued: no poller is at work (${pollerState}); it is kept and done when one starts.`;
  }
  if (kind === 'TRACK')
    return outcome?.['alreadyTracked'] === true ? 'This order was tracked already.' : 'The order is tracked.';
  return outcome?.['found'] === false
    ? 'Checked: the broker answers that it does not know this order. It stays pending.'
    : `Checked: ${describeOrder(outcome ?? {})}.`;
}

function describeOrder(outcome: Record<string, unknown>): string {
  const filled = `${textOf(outcome['filledQuantity']) ?? '0'} filled`;
  const average = textOf(outcome['averagePrice']);
  const news = outcome['changed'] === true ? `${textOf(outcome['newFills']) ?? '0'} new fills` : 'nothing new';
  return `${textOf(outcome['brokerStatus']) ?? 'unknown'}, ${filled}${average === null ? '' : ` at ${average}`}, ${news}`;
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}
