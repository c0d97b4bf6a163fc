import type { FillDatabase, StoredOrder } from '@fill-tracker/db';

/**
 * The pending orders of the record. Only the holder of the lease writes orders, so what was read stays true until it
 * writes one itself: a second in which nothing happens costs no read of a thousand orders.
 */
export interface PendingOrders {
  load(): Promise<readonly StoredOrder[]>;
  /** To be called with every write of an order, and when the lease is taken. */
  forget(): void;
}

export function createPendingOrders(db: Pick<FillDatabase, 'loadPendingOrders'>): PendingOrders {
  let known: Promise<readonly StoredOrder[]> | null = null;
  return {
    async load() {
      const loading = (known ??= db.loadPendingOrders());
      try {
        return await loading;
      } catch (error) {
        if (known === loading) known = null;
        throw error;
      }
    },
    forget: () => (known = null),
  };
}
