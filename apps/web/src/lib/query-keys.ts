import type { OrderFilterInput } from '@fill-tracker/contract';

/** The cache keys, in one place: live changes find what they touch by them. */
export const queryKeys = {
  summary: ['summary'],
  accounts: ['accounts'],
  poller: ['poller'],
  cycles: ['cycles'],
  blindSpots: ['blind-spots'],
  /** All order lists. */
  orderLists: ['orders'],
  orderList: (filter: OrderFilterInput) => ['orders', filter] as const,
  /** All single orders. */
  everyOrder: ['order'],
  order: (id: number) => ['order', id] as const,
  /** An order as it was known at an instant: the past does not change. */
  orderAsKnown: (id: number, at: string) => ['order-as-known', id, at] as const,
  orphans: ['orphans'],
  alerts: ['alerts'],
  signIn: ['sign-in'],
} as const;
