/** A record on disk for a test, filled as the poller fills it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type CommandOutcome,
  type CommitNotes,
  type CycleRecord,
  type FillDatabase,
  type OrderCommit,
  type OrderEvidence,
  openDatabase,
  type PollCycleResult,
} from '@fill-tracker/db';
import {
  type Instant,
  newlyKnownOrder,
  reconcileAbsence,
  reconcileOrder,
  type ReportedOrder,
} from '@fill-tracker/domain';
import { MONDAY_TEN } from '@fill-tracker/domain/testing';
import { onTestFinished } from 'vitest';

export const DEMO = { baseUrl: 'simulator', mode: 'demo' } as const;
/** A minute after the orders of the builders were entered. */
export const NOW: Instant = MONDAY_TEN + 60_000;
const LEASE_MS = 10_000;

export interface TestRecord {
  readonly file: string;
  readonly db: FillDatabase;
  /** Writes first or later reports of orders, in one complete cycle. */
  readonly report: (orders: readonly ReportedOrder[], options?: ReportOptions) => Promise<PollCycleResult>;
  /** Writes a cycle without orders. */
  readonly cycle: (overrides?: Partial<CycleRecord>) => Promise<void>;
  readonly answer: (outcome: CommandOutcome) => Promise<void>;
  /** Writes links, verdicts, sightings. */
  readonly note: (notes: CommitNotes) => Promise<void>;
  /** The broker answers that it does not know the order. */
  readonly miss: (brokerOrderId: string, at: Instant) => Promise<void>;
  /** A heartbeat now, and a loop that is due to poll soon. */
  readonly beat: (now?: Instant) => Promise<void>;
  /** The poller ends and gives its lease back. */
  readonly endPoller: () => Promise<void>;
}

interface ReportOptions {
  readonly accountId?: string;
  readonly at?: Instant;
  readonly evidence?: OrderEvidence;
}

interface Parts {
  readonly cycle?: CycleRecord;
  readonly orders?: readonly OrderCommit[];
  readonly commands?: readonly CommandOutcome[];
  readonly notes?: CommitNotes;
  readonly at?: Instant;
}

/** A folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'fill-tracker-api-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A record with the accounts A1 and A2, and a poller that holds the lease. */
export async function openTestRecord(file = join(temporaryFolder(), 'fills.db')): Promise<TestRecord> {
  const db = await openDatabase({ file, broker: DEMO, now: () => NOW });
  onTestFinished(() => db.close());
  await db.upsertAccount({ hash: 'HASH-OF-ONE', maskedNumber: '...4321', label: 'Long term' });
  await db.upsertAccount({ hash: 'HASH-OF-TWO', maskedNumber: '...8765' });
  const lease = await db.acquireLease({ owner: 'host:1:poller', now: NOW, ttlMs: LEASE_MS });
  if (lease === null) throw new Error('The lease of a new record is taken');
  const { fencing } = lease;
  const commit = (parts: Parts) =>
    db.commitPollCycle({
      ...parts.notes,
      fencing,
      committedAt: parts.at ?? NOW,
      cycle: parts.cycle ?? null,
      orders: parts.orders ?? [],
      commands: parts.commands ?? [],
    });
  return {
    file,
    db,
    async report(reported, { accountId = 'A1', at = NOW, evidence } = {}) {
      const ids = reported.map(({ brokerOrderId }) => brokerOrderId);
      const stored = await db.loadOrdersByBrokerIds(accountId, ids);
      const orders = reported.map((order): OrderCommit => {
        const before = stored.find(({ known }) => known.brokerOrderId === order.brokerOrderId);
        const known = before?.known ?? newlyKnownOrder(order.brokerOrderId, 'DISCOVERED', at);
        const reconciliation = reconcileOrder(known, order, at, at);
        return { id: before?.id ?? null, accountId, reconciliation, evidence: evidence ?? null, actor: 'poller' };
      });
      return await commit({ orders, at, cycle: cycleOf({ startedAt: at - 200, finishedAt: at }) });
    },
    async cycle(overrides) {
      const cycle = cycleOf({ changed: 0, ...overrides });
      await commit({ cycle, at: cycle.finishedAt });
    },
    async answer(outcome) {
      await commit({ commands: [outcome] });
    },
    async note(notes) {
      const { refusedNotes } = await commit({ notes });
      if (refusedNotes.length > 0) throw new Error(JSON.stringify(refusedNotes));
    },
    async miss(brokerOrderId, at) {
      const [stored] = await db.loadOrdersByBrokerIds('A1', [brokerOrderId]);
      if (stored === undefined) throw new Error(`There is no order ${brokerOrderId}`);
      const reconciliation = reconcileAbsence(stored.known, at);
      await commit({ at, orders: [{ ...stored, reconciliation, evidence: null, actor: 'poller' }] });
    },
    async beat(now = NOW) {
      await db.renewLease({
        fencing,
        now,
        ttlMs: LEASE_MS,
        progress: { nextPollAt: now + 1_000, nextPollReason: 'young', cycleStartedAt: null },
      });
    },
    async endPoller() {
      await db.releaseLease({ fencing, now: NOW });
    },
  };
}

/** A complete cycle that examined one order. */
export function cycleOf(overrides: Partial<CycleRecord> = {}): CycleRecord {
  return {
    startedAt: NOW - 200,
    finishedAt: NOW,
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
