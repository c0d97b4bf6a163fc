import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { openTestDatabase, temporaryDirectory } from './testing/test-database.ts';

const CONTENDER = fileURLToPath(new URL('testing/lease-contender.mjs', import.meta.url));
const TURNS = 25;

// Runs the built package: the processes are Node's own, and Node runs no TypeScript.
it('lets processes that start at once make one file, and hold its lease one at a time', async () => {
  const file = join(temporaryDirectory(), 'record.db');
  const fencings = await Promise.all(['one', 'two', 'three'].map((name) => contend(file, name)));

  const all = fencings.flat();
  expect(new Set(all).size).toBe(3 * TURNS);
  const db = await openTestDatabase(file);
  expect(await db.listAccounts()).toHaveLength(1);
  const orders = await db.findOrders({ limit: 1_000 });
  expect(orders.map(({ known }) => Number(known.brokerOrderId) - 1_000_000).sort((a, b) => a - b)).toEqual(
    all.toSorted((a, b) => a - b),
  );
  const audit = await db.listAudit({ limit: 1_000 });
  expect(audit.map(({ seq }) => seq)).toEqual(Array.from({ length: 3 * TURNS }, (_, n) => n + 1));
});

/** @returns the fencing numbers under which the process wrote */
async function contend(file: string, name: string): Promise<number[]> {
  const child = fork(CONTENDER, [file, name, String(TURNS)], { stdio: 'inherit', execArgv: [] });
  const exited = once(child, 'exit');
  const [held] = await Promise.race([once(child, 'message'), exited.then(failed)]);
  await exited;
  return held;
}

function failed([code]: unknown[]): never {
  throw new Error(`a contender ended with ${String(code)} and no report`);
}
