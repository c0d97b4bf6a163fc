/** How long does one transaction take that records a fill each for many orders? On a real file, durable settings. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase, type OrderCommit } from '@fill-tracker/db';
import { newlyKnownOrder, reconcileOrder } from '@fill-tracker/domain';
import { MONDAY_TEN, fillActivity, orderOf } from '@fill-tracker/domain/testing';
import { decimal } from '@fill-tracker/domain';
import { percentiles } from './percentiles.ts';

export async function benchCommit({ orders, rounds }: { orders: number; rounds: number }): Promise<unknown> {
  const folder = await mkdtemp(join(tmpdir(), 'fill-tracker-bench-'));
  const file = join(folder, 'bench.db');
  const broker = { baseUrl: 'simulator', mode: 'demo' } as const;
  const db = await openDatabase({ file, broker, now: () => Date.now(), createIfMissing: true });
  try {
    const account = await db.upsertAccount({ hash: 'a'.repeat(64), maskedNumber: '…678' });
    const lease = await db.acquireLease({ owner: 'bench', now: Date.now(), ttlMs: 600_000 });
    if (lease === null) throw new Error('the lease of a new database is taken');
    const times: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const commits = Array.from({ length: orders }, (_, i) => filledOrder(account.id, 1_000_000 * (round + 1) + i));
      const start = performance.now();
      await db.commitPollCycle({
        fencing: lease.fencing,
        committedAt: MONDAY_TEN,
        cycle: null,
        orders: commits,
        commands: [],
      });
      times.push(Math.round(performance.now() - start));
    }
    return { orders, rounds, unit: 'ms per transaction', ...percentiles(times) };
  } finally {
    await db.close();
    await rm(folder, { recursive: true, force: true });
  }
}

function filledOrder(accountId: string, id: number): OrderCommit {
  const brokerOrderId = String(1_000_000_000_000 + id);
  const reported = orderOf({
    brokerOrderId,
    brokerStatus: 'FILLED',
    filledQuantity: decimal('100'),
    closeTime: MONDAY_TEN + 2_000,
    activities: [fillActivity({ price: '22.7299', quantity: '100', activityId: String(id) })],
  });
  const known = newlyKnownOrder(brokerOrderId, 'DISCOVERED', MONDAY_TEN);
  const reconciliation = reconcileOrder(known, reported, MONDAY_TEN, MONDAY_TEN);
  return { id: null, accountId, reconciliation, evidence: null, actor: 'bench' };
}
