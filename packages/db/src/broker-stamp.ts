import type { Instant } from '@fill-tracker/domain';
import type Database from 'better-sqlite3';
import type { Queries } from './connection.ts';
import { FillDatabaseError } from './errors.ts';
import { instantText } from './rows/instant-text.ts';

/** Whose orders a database records. Orders of the demo and of the market never share a file. */
export interface BrokerIdentity {
  /** Such as `https://api.schwabapi.com`. */
  readonly baseUrl: string;
  readonly mode: 'demo' | 'live';
}

/** Stamps a fresh database; of two programs that do so at once, one stamp stays, and both read it. */
export async function claimForBroker(db: Queries, broker: BrokerIdentity, now: Instant): Promise<void> {
  await db.$executeRaw`
    INSERT INTO broker_stamp (id, base_url, mode, created_at)
    VALUES (1, ${broker.baseUrl}, ${broker.mode}, ${instantText(now)})
    ON CONFLICT (id) DO NOTHING`;
}

export async function readBrokerStamp(db: Queries): Promise<BrokerIdentity | null> {
  const row = await db.brokerStamp.findUnique({ where: { id: 1 } });
  return row && { baseUrl: row.baseUrl, mode: row.mode === 'live' ? 'live' : 'demo' };
}

/** The stamp of a file that Prisma has not opened yet; null when it has none. */
export function stampInFile(db: Database.Database): BrokerIdentity | null {
  if (db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'broker_stamp'").get() === undefined) return null;
  return db.prepare<[], BrokerIdentity>('SELECT base_url AS baseUrl, mode FROM broker_stamp').get() ?? null;
}

/** @throws {FillDatabaseError} OTHER_BROKER when the file records another broker. */
export function assertSameBroker(file: string, stamp: BrokerIdentity, broker: BrokerIdentity): void {
  if (stamp.baseUrl === broker.baseUrl && stamp.mode === broker.mode) return;
  throw new FillDatabaseError(
    'OTHER_BROKER',
    `${file} records the orders of ${described(stamp)}, and cannot record those of ${described(broker)}. ` +
      'Use another file for each (DATABASE_URL), or start with the broker that it belongs to.',
  );
}

function described(broker: BrokerIdentity): string {
  return `${broker.baseUrl} (${broker.mode})`;
}
