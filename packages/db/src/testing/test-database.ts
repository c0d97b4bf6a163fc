/** Databases and cycles for tests. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type KnownOrder,
  newlyKnownOrder,
  type Reconciliation,
  reconcileOrder,
  type ReportedOrder,
} from '@fill-tracker/domain';
import { MONDAY_TEN } from '@fill-tracker/domain/testing';
import { onTestFinished } from 'vitest';
import type { BrokerIdentity } from '../broker-stamp.ts';
import type { PollCycleCommit } from '../commit-poll-cycle.ts';
import type { FillDatabase } from '../fill-database.ts';
import { openDatabase } from '../open-database.ts';
import type { CycleRecord } from '../poll-cycles.ts';
import type { OrderCommit } from '../write-orders.ts';

export const DEMO: BrokerIdentity = { baseUrl: 'http://127.0.0.1:4010', mode: 'demo' };
export const LIVE: BrokerIdentity = { baseUrl: 'https://api.schwabapi.com', mode: 'live' };
export const NOW = MONDAY_TEN + 5_000;

/** A directory that is gone after the test. */
export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'fill-tracker-db-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** A database that is closed after the test; in memory unless a file is named. */
export async function openTestDatabase(file = ':memory:', broker: BrokerIdentity | null = DEMO): Promise<FillDatabase> {
  const db = await openDatabase({ file, broker, now: () => NOW });
  onTestFinished(() => db.close());
  return db;
}

/** A database with one account, A1, whose lease is held. */
export async function openForCycles(file?: string): Promise<{ db: FillDatabase; fencing: number }> {
  const db = await openTestDatabase(file);
  await db.upsertAccount({ hash: 'HASH-1', maskedNumber: '...4321' });
  const lease = await db.acquireLease({ owner: 'poller-1', now: NOW, ttlMs: 10_000 });
  if (lease === null) throw new Error('The lease of a new database is taken');
  return { db, fencing: lease.fencing };
}

export function cycleOf(overrides: Partial<CycleRecord> = {}): CycleRecord {
  return {
    startedAt: NOW,
    finishedAt: NOW + 200,
    outcome: 'complete',
    due: 1,
    examined: 1,
    listed: 1,
    changed: 1,
    requests: 1,
    errorKind: null,
    note: null,
    ...overrides,
  };
}

export function commitOf(fencing: number, overrides: Partial<PollCycleCommit> = {}): PollCycleCommit {
  return { fencing, committedAt: NOW + 300, cycle: cycleOf(), orders: [], commands: [], ...overrides };
}

/** The commit of an order that the record does not have yet, from its first report. */
export function firstReport(reported: ReportedOrder, overrides: Partial<OrderCommit> = {}): OrderCommit {
  const known = newlyKnownOrder(reported.brokerOrderId, 'DISCOVERED', NOW);
  return newOrder(reconcileOrder(known, reported, NOW, NOW + 100), overrides);
}

/** The commit of an order as it stands, with nothing to tell about how it came so. */
export function asItStands(order: KnownOrder, overrides: Partial<OrderCommit> = {}): OrderCommit {
  const newFills = [...order.withdrawn, ...order.fills].sort((a, b) => a.version - b.version);
  return newOrder(
    {
      order,
      isChanged: true,
      newFills,
      identifiedFills: [],
      withdrawnFills: order.withdrawn,
      audit: [],
      discrepancies: [],
    },
    overrides,
  );
}

function newOrder(reconciliation: Reconciliation, overrides: Partial<OrderCommit>): OrderCommit {
  return { id: null, accountId: 'A1', reconciliation, evidence: null, actor: 'poller', ...overrides };
}
