import type { FillDatabase, OrderDetail, StoredAuditEntry } from '@fill-tracker/db';
import { expect } from 'vitest';

/**
 * Holds every order of the record against its own audit trail: each fill was recorded once, each price change begins
 * where the one before it ended, and the last one ends at the price that stands.
 */
export async function expectSoundRecord(record: FillDatabase): Promise<void> {
  for (const { id } of await record.findOrders({ limit: 100_000 })) {
    const [order] = await record.findOrder({ id });
    if (order === undefined) throw new Error(`order ${id} is gone`);
    expect(fillKeysByAudit(order.audit)).toEqual(order.known.fills.map(({ key }) => key).sort());
    expectUnbrokenPrices(order);
    expect(order.audit.filter(({ kind }) => kind === 'ORDER_ADDED')).toHaveLength(1);
  }
}

/** The keys that the trail says are there now. Fails on a fill that was recorded twice. */
function fillKeysByAudit(audit: readonly StoredAuditEntry[]): string[] {
  const keys = new Set<string>();
  for (const { kind, before, after } of audit) {
    if (kind === 'FILL_IDENTIFIED') expect(keys.delete(String(before?.['key']))).toBe(true);
    if (kind !== 'FILL_RECORDED' && kind !== 'FILL_IDENTIFIED') continue;
    expect(keys).not.toContain(after?.['key']);
    keys.add(String(after?.['key']));
  }
  return [...keys].sort();
}

function expectUnbrokenPrices({ audit, known: { state } }: OrderDetail): void {
  const changes = audit.filter(({ kind }) => kind === 'PRICE_CHANGED');
  for (const [i, { before }] of changes.entries()) {
    if (i > 0) expect(before).toEqual(changes[i - 1]?.after);
  }
  const average = changes.at(-1)?.after?.['averagePrice'] ?? null;
  expect(average).toBe(state.averagePrice?.toFixed() ?? null);
}
