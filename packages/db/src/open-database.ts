import { randomUUID } from 'node:crypto';
import type { Instant } from '@fill-tracker/domain';
import type Database from 'better-sqlite3';
import { assertSameBroker, type BrokerIdentity, claimForBroker, readBrokerStamp, stampInFile } from './broker-stamp.ts';
import { connect } from './connection.ts';
import { explained, openDatabaseFile } from './database-file.ts';
import { FillDatabaseError } from './errors.ts';
import { createFillDatabase, type FillDatabase } from './fill-database.ts';
import type { PrismaClient } from './generated/client.ts';
import { migrate, pendingMigrations } from './migrate.ts';
import { readMigrations } from './migrations.ts';

export interface OpenDatabaseOptions {
  /** A path, or `:memory:` for a database that ends with its connection. */
  readonly file: string;
  /** Whose orders are to be recorded. Null: only read, whatever the stamp; nothing is migrated or created. */
  readonly broker: BrokerIdentity | null;
  readonly now: () => Instant;
  /** True unless said otherwise: a file that is not there is made, with its directory. */
  readonly createIfMissing?: boolean;
  /**
   * True unless said otherwise: the file is brought to this program's schema and stamped. False, for a program that
   * works on the record of another: the file must be there, ready, and of this broker; it may still be written to.
   */
  readonly migrateIfNeeded?: boolean;
}

const MEMORY = ':memory:';

/**
 * Opens the record: checks that the file is one of ours, migrates it (with a backup) and stamps it with its broker.
 *
 * @throws {FillDatabaseError} with a message for people when any of that cannot be done
 */
export async function openDatabase(options: OpenDatabaseOptions): Promise<FillDatabase> {
  const { file, broker } = options;
  try {
    if (broker === null || options.migrateIfNeeded === false) return await openAsItIs(options);
    if (file !== MEMORY) await prepareFile(options, broker);
    // A memory database begins empty and has one user: its migrations need no bookkeeping, no lock and no backup.
    const scripts = file === MEMORY ? readMigrations().map(({ sql }) => sql) : [];
    return await stamped(connect({ file, readonly: false, scripts }), options, broker);
  } catch (error) {
    throw explained(file, error);
  }
}

/** Everything that must be so before Prisma may use the file. */
async function prepareFile(options: OpenDatabaseOptions, broker: BrokerIdentity): Promise<void> {
  const { file, now, createIfMissing = true } = options;
  const db = openDatabaseFile({ file, readonly: false, createIfMissing });
  try {
    const stamp = stampInFile(db);
    if (stamp !== null) assertSameBroker(file, stamp, broker);
    await migrate(db, { file, migrations: readMigrations(), now, newId: randomUUID });
    useWriteAheadLog(db);
  } finally {
    db.close();
  }
}

/** Lets readers go on while a cycle is written. The mode stays with the file, so this matters once. */
function useWriteAheadLog(db: Database.Database): void {
  if (db.pragma('journal_mode', { simple: true }) !== 'wal') db.pragma('journal_mode = WAL');
}

async function stamped(
  prisma: PrismaClient,
  { file, now }: OpenDatabaseOptions,
  broker: BrokerIdentity,
): Promise<FillDatabase> {
  return await orDisconnect(prisma, async () => {
    await claimForBroker(prisma, broker, now());
    const stamp = (await readBrokerStamp(prisma)) ?? broker;
    assertSameBroker(file, stamp, broker);
    return createFillDatabase(prisma, { file, broker: stamp, now });
  });
}

async function openAsItIs({ file, broker, now }: OpenDatabaseOptions): Promise<FillDatabase> {
  const db = openDatabaseFile({ file, readonly: true, createIfMissing: false });
  try {
    const [pending] = pendingMigrations(db, { file, migrations: readMigrations() });
    if (pending !== undefined) throw olderSchema(file, pending.name);
  } finally {
    db.close();
  }
  const prisma = connect({ file, readonly: broker === null, scripts: [] });
  return await orDisconnect(prisma, async () => {
    const stamp = await readBrokerStamp(prisma);
    if (stamp === null) throw unstamped(file);
    if (broker !== null) assertSameBroker(file, stamp, broker);
    return createFillDatabase(prisma, { file, broker: stamp, now });
  });
}

async function orDisconnect<T>(prisma: PrismaClient, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    await prisma.$disconnect();
    throw error;
  }
}

function olderSchema(file: string, migration: string): FillDatabaseError {
  return new FillDatabaseError(
    'OLDER_SCHEMA',
    `${file} lacks the migration ${migration}, and only the poller migrates. Start the poller once.`,
  );
}

function unstamped(file: string): FillDatabaseError {
  return new FillDatabaseError(
    'CANNOT_OPEN',
    `${file} does not say whose orders it records: its first start did not end. Start the poller: it finishes that.`,
  );
}
