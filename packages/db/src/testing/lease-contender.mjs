// One of several processes that open the same file at once and take turns at its lease, each turn writing one order.
// Arguments: file, name, turns. Sends the fencing numbers of its turns.
import { setImmediate } from 'node:timers/promises';
import { newlyKnownOrder } from '@fill-tracker/domain';
import { openDatabase } from '../../dist/index.js';

const [, , file, name, turns] = process.argv;
const db = await openDatabase({ file, broker: { baseUrl: 'http://127.0.0.1:4010', mode: 'demo' }, now: Date.now });
const account = await db.upsertAccount({ hash: 'HASH-1', maskedNumber: '...4321' });
const held = [];
while (held.length < Number(turns)) {
  const lease = await db.acquireLease({ owner: name, now: Date.now(), ttlMs: 60_000 });
  if (lease === null) {
    await setImmediate();
    continue;
  }
  const now = Date.now();
  const order = newlyKnownOrder(String(1_000_000 + lease.fencing), 'TRACKED', now);
  const reconciliation = {
    order,
    isChanged: true,
    newFills: [],
    identifiedFills: [],
    withdrawnFills: [],
    audit: [],
    discrepancies: [],
  };
  const result = await db.commitPollCycle({
    fencing: lease.fencing,
    committedAt: now,
    cycle: null,
    orders: [{ id: null, accountId: account.id, reconciliation, evidence: null, actor: name }],
    commands: [],
  });
  if (result.refused.length > 0) throw new Error(result.refused[0].problem);
  held.push(lease.fencing);
  await db.releaseLease({ fencing: lease.fencing, now: Date.now() });
}
await db.close();
process.send(held);
