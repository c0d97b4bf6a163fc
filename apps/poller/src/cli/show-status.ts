import type { FillDatabase } from '@fill-tracker/db';
import type { PollerConfig } from '../config/poller-config.ts';
import { EXIT } from './command-error.ts';
import type { Output } from './output.ts';
import { readStatus } from './read-status.ts';
import { statusText } from './status-text.ts';

/** Says whether the poller is alive and what it sees. Exit status 0 only when it is at work. */
export async function showStatus(
  db: FillDatabase,
  config: PollerConfig,
  now: number,
  isJson: boolean,
  output: Output,
): Promise<number> {
  const status = await readStatus(db, config, now);
  if (isJson) output.json(status);
  else output.line(statusText(status, now));
  return status.state === 'running' ? EXIT.fine : EXIT.problem;
}
