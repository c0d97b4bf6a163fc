import type { FillDatabase, OrderDetail, StoredAuditEntry, StoredCycle } from '@fill-tracker/db';

/**
 * What is wrong with a record that was written through all kinds of trouble, each as a sentence: an order that came in
 * twice, a fill recorded twice, an audit entry that says the same as another of its order.
 */
export async function unsoundOrders(record: FillDatabase): Promise<readonly string[]> {
  const wrong: string[] = [];
  for (const { id } of await record.findOrders({ limit: 100_000 })) {
    for (const order of await record.findOrder({ id })) wrong.push(...unsoundnessOf(order));
  }
  return wrong;
}

function unsoundnessOf({ id, audit, known }: OrderDetail): readonly string[] {
  const wrong: string[] = [];
  const added = audit.filter(({ kind }) => kind === 'ORDER_ADDED').length;
  if (added !== 1) wrong.push(`order ${id} was added ${added} times`);
  const recorded = audit.filter(({ kind }) => kind === 'FILL_RECORDED').length;
  const withdrawn = audit.filter(({ kind }) => kind === 'FILL_WITHDRAWN').length;
  if (recorded - withdrawn !== known.fills.length) {
    wrong.push(`order ${id}: ${recorded} fills recorded, ${withdrawn} withdrawn, ${known.fills.length} there`);
  }
  return [...wrong, ...repeats(audit).map((entry) => `order ${id}: twice in the audit trail: ${entry}`)];
}

/** Of orders that are told straight, no two entries say the same. */
function repeats(audit: readonly StoredAuditEntry[]): readonly string[] {
  const seen = new Set<string>();
  return audit.flatMap(({ kind, before, after }) => {
    const text = JSON.stringify([kind, before, after]);
    if (seen.has(text)) return [text];
    seen.add(text);
    return [];
  });
}

/**
 * The cycles that a former holder of the lease wrote after a later one had begun: there must be none.
 *
 * @param cycles in any order
 */
export function staleCycles(cycles: readonly Pick<StoredCycle, 'id' | 'fencing'>[]): readonly string[] {
  let highest = 0;
  return [...cycles]
    .sort((a, b) => a.id - b.id)
    .flatMap(({ id, fencing }) => {
      if (fencing < highest) return [`cycle ${id} by holder ${fencing}, after holder ${highest}`];
      highest = fencing;
      return [];
    });
}
