import { legOf, orderOf } from '@fill-tracker/domain/testing';
import { expect, it } from 'vitest';
import { commitOf, firstReport, openForCycles } from './testing/test-database.ts';

async function openWithEntries() {
  const { db, fencing } = await openForCycles();
  const orders = ['1', '2', '3'].map((id) =>
    firstReport(orderOf({ brokerOrderId: id, legs: [legOf({ symbol: `S${id}` })] })),
  );
  await db.commitPollCycle(commitOf(fencing, { orders }));
  return { db, last: await db.lastAuditSeq() };
}

it('a page of the audit trail goes back from the newest entry, or from before another', async () => {
  const { db, last } = await openWithEntries();
  expect((await db.pageAudit({ limit: 2 })).map(({ seq }) => seq)).toEqual([last, last - 1]);
  expect((await db.pageAudit({ limit: 2, beforeSeq: last })).map(({ seq }) => seq)).toEqual([last - 1, last - 2]);
  expect(await db.pageAudit({ limit: 2, beforeSeq: 1 })).toEqual([]);
});

it('entries carry what people call their order', async () => {
  const { db } = await openWithEntries();
  const entries = await db.pageAudit({ limit: 100, orderId: 2 });
  expect(entries.length).toBeGreaterThan(1);
  expect(entries.every(({ brokerOrderId, symbol }) => brokerOrderId === '2' && symbol === 'S2')).toBe(true);
});

it('a reader follows from the entry it has, oldest first, in pieces', async () => {
  const { db, last } = await openWithEntries();
  expect((await db.auditAfter(0, 3)).map(({ seq }) => seq)).toEqual([1, 2, 3]);
  expect((await db.auditAfter(last - 1, 3)).map(({ seq }) => seq)).toEqual([last]);
  expect(await db.auditAfter(last, 3)).toEqual([]);
});

it('a record without entries has seen number 0', async () => {
  const { db } = await openForCycles();
  expect(await db.lastAuditSeq()).toBe(0);
});
