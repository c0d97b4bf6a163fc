import { existsSync } from 'node:fs';
import { type FillDatabase, FillDatabaseError, openDatabase, probeWriting, type WriteProbe } from '@fill-tracker/db';
import type { Clock } from '@fill-tracker/schwab-client';
import type { PollerConfig, PollerSecrets } from '../config/poller-config.ts';
import { askBroker, type BrokerProbe } from './ask-broker.ts';

/** What the world outside is asked through; tests put their own in its place. */
export interface Surroundings {
  readonly clock: Clock;
  readonly hostName: string;
  /** True for a process of this machine that lives. */
  readonly isAlive: (pid: number) => boolean;
  /** Bytes that this user may still write in a folder. */
  readonly freeBytes: (folder: string) => Promise<number>;
  readonly nodeVersion: string;
}

/** The record as the checks find it. */
export type RecordFound =
  | { readonly kind: 'open'; readonly db: FillDatabase }
  | { readonly kind: 'missing' }
  | { readonly kind: 'refused'; readonly error: FillDatabaseError };

/** An installation that is examined. What several checks need is looked at once. */
export interface Patient extends Surroundings {
  readonly config: PollerConfig;
  readonly secrets: PollerSecrets;
  readonly record: RecordFound;
  /** Null without a record. */
  readonly writing: () => WriteProbe | null;
  /** One question to the broker, without signing in. */
  readonly broker: () => Promise<BrokerProbe>;
  close(): Promise<void>;
}

/** Opens the record as it is: nothing is made, migrated or stamped. */
export async function admitPatient(
  { config, secrets }: Pick<Patient, 'config' | 'secrets'>,
  surroundings: Surroundings,
): Promise<Patient> {
  const record = await findRecord(config);
  let writing: WriteProbe | null = null;
  let broker: Promise<BrokerProbe> | null = null;
  return {
    ...surroundings,
    config,
    secrets,
    record,
    writing: () => {
      if (record.kind !== 'missing') writing ??= probeWriting(config.databaseFile);
      return writing;
    },
    broker: () => (broker ??= askBroker(config, secrets, surroundings.clock)),
    async close() {
      if (record.kind === 'open') await record.db.close();
    },
  };
}

async function findRecord({ databaseFile: file, broker }: PollerConfig): Promise<RecordFound> {
  if (!existsSync(file)) return { kind: 'missing' };
  try {
    const options = { file, broker, now: Date.now, createIfMissing: false, migrateIfNeeded: false };
    return { kind: 'open', db: await openDatabase(options) };
  } catch (error) {
    if (error instanceof FillDatabaseError) return { kind: 'refused', error };
    throw error;
  }
}
