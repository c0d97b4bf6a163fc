import type { CycleRecord } from '@fill-tracker/db';
import { type BackfillTurn, createSpotBackfill } from '../blind/backfill-spots.ts';
import { runPollCycle } from '../cycle/run-poll-cycle.ts';
import type { Poller } from '../poller.ts';
import { applyCommands } from './apply-commands.ts';
import { takeLease } from './keep-lease.ts';
import { newLoopProgress, progressForLease } from './loop-progress.ts';

/** Another poller is at work; only one may call the broker and write. */
export class LeaseHeldError extends Error {
  override readonly name = 'LeaseHeldError';
}

/**
 * One full cycle: every due order is examined, however many.
 *
 * @throws {LeaseHeldError} naming the poller that holds the lease.
 */
export async function runOnce(poller: Poller, signal: AbortSignal): Promise<CycleRecord> {
  const progress = newLoopProgress();
  const lease = await takeLease(poller, () => progressForLease(progress, poller.client));
  if (lease === null) {
    const { owner, expiresAt } = await poller.db.readLease();
    const until = expiresAt === null ? 'unknown' : new Date(expiresAt).toISOString();
    throw new LeaseHeldError(
      `Another poller is at work on this database: ${owner ?? 'unknown'}, its lease runs until ${until}. ` +
        'It examines every due order by itself; stop it first if this command should.',
    );
  }
  try {
    const run = { fencing: lease.fencing, signal: AbortSignal.any([signal, lease.lost]) };
    await applyCommands(poller, run);
    // All that is pending is examined, whatever commands came before: nothing waits for a second cycle.
    const { summary } = await runPollCycle(poller, { ...run, byIdLimit: null });
    if (poller.blindWatch.current() === null) await makeUp(poller, run);
    await poller.signInWatch.look();
    return summary;
  } finally {
    await lease.release();
  }
}

/** What happened in blind spots, as far as the budget reaches. */
async function makeUp(poller: Poller, run: BackfillTurn): Promise<void> {
  const backfill = createSpotBackfill(poller);
  while (await backfill.turn(run));
}
