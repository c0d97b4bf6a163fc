/**
 * A poller that stops for ever at its first commit that holds an order, and tells its parent so: a process to be
 * killed between what it read and what it wrote, or between what it wrote and what it knows of that.
 */
import { openDatabase, type FillDatabase } from '@fill-tracker/db';
import { systemClock } from '@fill-tracker/schwab-client';
import { createPoller } from '../create-poller.ts';
import { allOf } from '../events.ts';
import { newPollerLife, runPoller } from '../loop/run-poller.ts';
import { configFor, DEMO_BROKER, DEMO_SECRETS } from './world.ts';

/** As the only argument, in JSON. */
export interface StalledPollerOptions {
  readonly file: string;
  readonly simulatorUrl: string;
  readonly simulatorPort: number;
  readonly stallAt: 'before-commit' | 'after-commit';
}

/** Told over IPC when it has stalled. */
export type StalledMessage = 'stalled';

function stalling(db: FillDatabase, stallAt: StalledPollerOptions['stallAt']): FillDatabase {
  return {
    ...db,
    async commitPollCycle(commit) {
      if (commit.orders.length === 0) return await db.commitPollCycle(commit);
      if (stallAt === 'after-commit') await db.commitPollCycle(commit);
      process.send?.('stalled' satisfies StalledMessage);
      return await new Promise<never>(() => undefined);
    },
  };
}

const options = JSON.parse(process.argv[2] ?? '{}') as StalledPollerOptions;
const { file, simulatorUrl: url, simulatorPort: port, stallAt } = options;
const db = await openDatabase({ file, broker: DEMO_BROKER, now: Date.now });
const poller = await createPoller({
  config: configFor({ url, port }, file),
  secrets: DEMO_SECRETS,
  db: stalling(db, stallAt),
  clock: systemClock,
  random: Math.random,
  processId: 'stalled',
  events: allOf(),
});
const never = new AbortController().signal;
await runPoller(poller, newPollerLife(), { stop: never, hurry: never });
