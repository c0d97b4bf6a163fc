import { type Command, type FillDatabase, pollerStateOf } from '@fill-tracker/db';
import { type PollerState, SECOND } from '@fill-tracker/domain';
import type { Clock } from '../../clock.ts';

const LOOK_EVERY_MS = 100;

export interface CommandStanding {
  readonly command: Command;
  readonly pollerState: PollerState;
}

/** How a command stands now; null when there is none with that id. */
export async function lookAtCommand(db: FillDatabase, clock: Clock, id: number): Promise<CommandStanding | null> {
  const [command, lease] = await Promise.all([db.findCommand(id), db.readLease()]);
  return command && { command, pollerState: pollerStateOf(lease, clock.now()) };
}

/**
 * Waits, for a bounded time, until the poller has carried a command out. It does not wait for a poller that is not at
 * work: the command is kept, and its standing says so. The signal ends the wait, not the command.
 */
export async function awaitCommand(
  db: FillDatabase,
  clock: Clock,
  { id, waitSeconds, signal }: { id: number; waitSeconds: number; signal: AbortSignal },
): Promise<CommandStanding | null> {
  const until = clock.now() + waitSeconds * SECOND;
  for (;;) {
    const standing = await lookAtCommand(db, clock, id);
    const isOver = standing?.command.state !== 'QUEUED' || standing.pollerState !== 'running' || signal.aborted;
    if (isOver || clock.now() >= until) return standing;
    await clock.sleep(LOOK_EVERY_MS, signal);
  }
}
