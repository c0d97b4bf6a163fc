import { existsSync } from 'node:fs';
import { type FillDatabase, openDatabase } from '@fill-tracker/db';
import type { PollerConfig } from '../config/poller-config.ts';
import { CommandError } from './command-error.ts';

/** Opens the record for work: made, migrated and stamped if need be. */
export function openRecord(config: PollerConfig): Promise<FillDatabase> {
  return openDatabase({ file: config.databaseFile, broker: config.broker, now: Date.now, createIfMissing: true });
}

/** Opens an existing record, does something with it and closes it again. */
export async function withRecord<T>(config: PollerConfig, use: (db: FillDatabase) => Promise<T>): Promise<T> {
  if (!existsSync(config.databaseFile)) {
    throw new CommandError(
      `There is no record yet at ${config.databaseFile}: it is made by the first \`poller run\`${config.isDemo ? ' or `demo`' : ''}.` +
        (config.isDemo ? '' : ' For the record of the demo, set DEMO=1.'),
    );
  }
  const db = await openDatabase({ file: config.databaseFile, broker: config.broker, now: Date.now });
  try {
    return await use(db);
  } finally {
    await db.close();
  }
}
