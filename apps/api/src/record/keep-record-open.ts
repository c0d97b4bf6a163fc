/**
 * Keeps the record open. The poller makes it, and may not have done so yet; a person may put another file in its
 * place; a newer poller may migrate it. So the file is looked at every second, and what is wrong with it is known.
 */
import { statSync } from 'node:fs';
import { type BrokerIdentity, type FillDatabase, FillDatabaseError, openDatabase } from '@fill-tracker/db';
import { SECOND } from '@fill-tracker/domain';
import type { FastifyBaseLogger } from 'fastify';
import type { Clock } from '../clock.ts';
import { ProblemError } from '../problem-error.ts';

const LOOK_EVERY_MS = SECOND;

export interface RecordKeeper {
  /** @throws {ProblemError} 503, saying why there is no record to read. */
  readonly record: () => FillDatabase;
  close(): Promise<void>;
}

export interface RecordKeeperOptions {
  readonly file: string;
  readonly broker: BrokerIdentity;
  readonly clock: Clock;
  readonly log: Pick<FastifyBaseLogger, 'info' | 'warn'>;
}

interface OpenRecord {
  readonly db: FillDatabase;
  readonly identity: string;
}

/** Opens the record when it is there, never making one, and looks after it until it is closed. */
export async function keepRecordOpen(options: RecordKeeperOptions): Promise<RecordKeeper> {
  const { file, clock, log } = options;
  const ended = new AbortController();
  let open: OpenRecord | null = null;
  let trouble = '';

  const look = async (): Promise<void> => {
    const before = trouble;
    try {
      open = await lookAfter(open, options);
      trouble = '';
    } catch (error) {
      await open?.db.close().catch(() => undefined);
      open = null;
      trouble = error instanceof Error ? error.message : String(error);
    }
    if (trouble === before) return;
    if (trouble === '') log.info({ file }, 'the record can be read again');
    else log.warn({ file, trouble }, 'the record cannot be read; waiting for it');
  };
  const watch = async (): Promise<void> => {
    while (!ended.signal.aborted) {
      await clock.sleep(LOOK_EVERY_MS, ended.signal);
      if (!ended.signal.aborted) await look();
    }
  };

  await look();
  const watching = watch();
  return {
    record() {
      if (open !== null) return open.db;
      throw new ProblemError(503, trouble, { headers: { 'retry-after': '1' } });
    },
    async close() {
      ended.abort();
      await watching;
      await open?.db.close();
      open = null;
    },
  };
}

/** The same record when nothing happened to it, else the one that is there now. */
async function lookAfter(open: OpenRecord | null, { file, broker, clock }: RecordKeeperOptions): Promise<OpenRecord> {
  const identity = identityOf(file);
  if (open !== null) {
    if (open.identity === identity && (await open.db.isSchemaCurrent())) return open;
    await open.db.close();
  }
  if (identity === null) throw missing(file);
  const db = await openDatabase({ file, broker, now: clock.now, createIfMissing: false, migrateIfNeeded: false });
  return { db, identity };
}

/** Tells a file from another one that took its name. */
function identityOf(file: string): string | null {
  const stats = statSync(file, { throwIfNoEntry: false });
  return stats === undefined ? null : `${stats.dev}:${stats.ino}`;
}

function missing(file: string): FillDatabaseError {
  return new FillDatabaseError('CANNOT_OPEN', `There is no record yet at ${file}. Start the poller: it makes one.`);
}
