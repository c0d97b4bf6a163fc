import fc from 'fast-check';
import { expect, it } from 'vitest';
import { arbitraryChange, renamed } from './testing/arbitrary-orders.ts';
import { asItStands, commitOf, openForCycles } from './testing/test-database.ts';

it('gives back every order exactly as it was committed, when it is new and after any change', async () => {
  const { db, fencing } = await openForCycles();
  let lastId = 1_000;
  await fc.assert(
    fc.asyncProperty(arbitraryChange, async ([first, second]) => {
      lastId += 1;
      const name = String(lastId);
      const [before, after] = [renamed(first, name), renamed(second, name)];

      const added = await db.commitPollCycle(commitOf(fencing, { orders: [asItStands(before)] }));
      expect(added.refused).toEqual([]);
      const [loaded] = await db.loadOrdersByBrokerIds('A1', [name]);
      expect(loaded?.known).toEqual(before);

      const change = asItStands(after, { id: loaded?.id ?? null });
      const takenBack = after.withdrawn.filter(
        ({ key, version }) => !before.withdrawn.some((other) => other.key === key && other.version === version),
      );
      const reconciliation = { ...change.reconciliation, newFills: [], withdrawnFills: takenBack };
      const changed = await db.commitPollCycle(commitOf(fencing, { orders: [{ ...change, reconciliation }] }));
      expect(changed.refused).toEqual([]);
      const [reloaded] = await db.loadOrdersByBrokerIds('A1', [name]);
      expect(reloaded?.known).toEqual(after);
    }),
    { numRuns: 100 },
  );
});
