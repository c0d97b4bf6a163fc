import type { ListedOrder } from '@fill-tracker/contract';
import { Ago } from '../../live/components/ago.tsx';
import { useLive } from '../../live/live-context.tsx';

/** When the broker was last asked about an order. Every complete cycle looks at each pending order. */
export function LastChecked({ order, suffix }: { order: ListedOrder; suffix: string }) {
  const { health } = useLive();
  const completeAt = health?.lastCompleteAt ?? null;
  const isLookedAt = order.status === 'PENDING' && completeAt !== null && completeAt > order.lastCheckedAt;
  return <Ago at={isLookedAt ? completeAt : order.lastCheckedAt} suffix={suffix} />;
}
