// A process that writes to a record without rest, each time one order with one audit entry, until it is killed.
// Argument: file, whose lease it takes over. Sends a number after every few writes.
import { setImmediate } from 'node:timers/promises';
import { newlyKnownOrder } from '@fill-tracker/domain';
import { openDatabase } from '../../dist/index.js';

const LEASE_MS = 3_600_000;
const WRITES_PER_MESSAGE = 5;

const [, , file] = process.argv;
const db = await openDatabase({ file, broker: { baseUrl: 'http://127.0.0.1:4010', mode: 'demo' }, now: Date.now });
const [account] = await db.listAccounts();
const { fencing } = await db.acquireLease({ owner: 'restless', now: Date.now(), ttlMs: LEASE_MS });
for (let written = 1; ; written += 1) {
  const now = Date.now();
  const order = newlyKnownOrder(String(1_000_000 + written), 'TRACKED', now);
  const nothing = { newFills: [], identifiedFills: [], withdrawnFills: [], audit: [], discrepancies: [] };
  const reconciliation = { order, isChanged: true, ...nothing };
  const result = await db.commitPollCycle({
    fencing,
    committedAt: now,
    cycle: null,
    orders: [{ id: null, accountId: account.id, reconciliation, evidence: null, actor: 'poller' }],
    commands: [],
  });
  if (result.refused.length > 0) throw new Error(result.refused[0].problem);
  if (written % WRITES_PER_MESSAGE === 0) process.send(written);
  await setImmediate();
}
