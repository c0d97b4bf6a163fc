import type { Instant } from '@fill-tracker/domain';
import type { Poller } from '../poller.ts';

/** How often a resting loop looks for commands: people wait for them. One indexed read costs well under a ms. */
const LOOK_FOR_COMMANDS_EVERY_MS = 200;

/**
 * Rests until the decided instant, until a command is queued, or until the signal aborts, whichever is first.
 *
 * @param until null rests until a command comes
 */
export async function waitForWake(poller: Poller, until: Instant | null, signal: AbortSignal): Promise<void> {
  const restingSince = poller.clock.now();
  while (!signal.aborted) {
    const now = poller.clock.now();
    const left = until === null ? Infinity : until - now;
    // A clock that was set back is told to the loop, which then looks at once.
    if (left <= 0 || now < restingSince || (await poller.db.loadQueuedCommands()).length > 0) return;
    const pause = Math.min(left, LOOK_FOR_COMMANDS_EVERY_MS);
    await poller.clock.sleep(pause, signal).catch(() => undefined);
  }
}
