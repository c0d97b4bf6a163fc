import { createPoller } from '../create-poller.ts';
import { allOf } from '../events.ts';
import { createLogger, logEvents } from '../ops/log-events.ts';
import type { Poller } from '../poller.ts';
import type { Settings } from './command-line-client.ts';
import { CommandError } from './command-error.ts';
import { withRecord } from './open-record.ts';
import { processParts } from '../process-parts.ts';

/** Does something with the broker and an existing record, once. */
export function withPoller<T>(
  { config, secrets }: Settings,
  stop: AbortSignal,
  use: (poller: Poller) => Promise<T>,
): Promise<T> {
  return withRecord(config, async (db) => {
    // What such a command does it says itself; its log is for trouble, unless somebody asked for more.
    const log = createLogger(config.logLevel === 'info' ? 'warn' : config.logLevel);
    const events = allOf(logEvents(log));
    // Backfilled fills are old: the feed has them, but nobody is to be rung up for each.
    const quiet = { ...config, notifiesFills: false };
    const poller = await createPoller({ config: quiet, secrets, db, ...processParts(), events });
    try {
      return await use(poller);
    } catch (error) {
      if (!stop.aborted || error !== stop.reason) throw error;
      throw new CommandError('Told to stop before an answer had come; nothing more was written.');
    }
  });
}
