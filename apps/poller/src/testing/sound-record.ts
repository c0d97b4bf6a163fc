import type { FillDatabase, OrderDetail, StoredAuditEntry } from '@fill-tracker/db';
import { expect } from 'vitest';

/**
 * Holds every order of the record against its own audit trail: each fill was recorded once, each price change begins
 * where the one before it ended, and the last one ends at the price that stands. The feed of fills, followed by a
 * reader that knows nothing else, comes to the same fills.
 */
export async function expectSoundRecord(record: FillDatabase): Promise<void> {
  for (const { id } of await record.findOrders({ limit: 100_000 })) {
    const [order] = await record.findOrder({ id });
    if (order === undefined) throw new Error(`order ${id} is gone`);
    expect(fillsByAudit(order.audit)).toEqual(order.known.fills.map(({ key, version }) => `${key} v${version}`).sort());
    expectUnbrokenPrices(order);
    expect(order.audit.filter(({ kind }) => kind === 'ORDER_ADDED')).toHaveLength(1);
    expect(await fillsByFeed(record, id)).toEqual(order.known.fills.map(priceOf).sort());
  }
}

/** What counts now of an order, by the numbered changes of fills alone. Fails on a gap. */
async function fillsByFeed(record: FillDatabase, orderId: number): Promise<string[]> {
  const events = await record.fillEventsAfter(0, 100_000);
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, i) => i + 1));
  const counting = new Map<number, string>();
  for (const { seq, kind, replacesSeq, fill, order } of events) {
    if (order.id !== orderId) continue;
    if (replacesSeq !== null) counting.delete(replacesSeq);
    if (kind !== 'WITHDRAWN') counting.set(seq, priceOf(fill));
  }
  return [...counting.values()].sort();
}

function priceOf({ price, quantity, occurredAt }: OrderDetail['known']['fills'][number]): string {
  return `${quantity.toFixed()} @ ${price.toFixed()}, ${String(occurredAt)}`;
}

/** The keys and versions that the trail says count now. Fails on a fill that was recorded twice. */
function fillsByAudit(audit: readonly StoredAuditEntry[]): string[] {
  const counting = new Set<string>();
  for (const { kind, before, after } of audit) {
    if (kind === 'FILL_IDENTIFIED') rename(counting, String(before?.['key']), String(after?.['key']));
    if (kind === 'FILL_WITHDRAWN') expect(counting.delete(nameOf(before))).toBe(true);
    if (kind !== 'FILL_RECORDED') continue;
    expect(counting).not.toContain(nameOf(after));
    counting.add(nameOf(after));
  }
  return [...counting].sort();
}

function rename(counting: Set<string>, former: string, key: string): void {
  for (const name of [...counting].filter((each) => each.startsWith(`${former} v`))) {
    counting.delete(name);
    counting.add(name.replace(former, key));
  }
}

function nameOf(fill: StoredAuditEntry['after']): string {
  return `${String(fill?.['key'])} v${String(fill?.['version'])}`;
}

function expectUnbrokenPrices({ audit, known: { state } }: OrderDetail): void {
  const changes = audit.filter(({ kind }) => kind === 'PRICE_CHANGED');
  for (const [i, { before }] of changes.entries()) {
    if (i > 0) expect(before).toEqual(changes[i - 1]?.after);
  }
  const average = changes.at(-1)?.after?.['averagePrice'] ?? null;
  expect(average).toBe(state.averagePrice?.toFixed() ?? null);
}
