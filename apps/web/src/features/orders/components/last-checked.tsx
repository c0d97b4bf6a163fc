import type { ListedOrder } from '@fill-tracker/contract';
import { Ago } from '../../live/components/ago.tsx';
import { useLive } from '../../live/live-context.tsx';

/** When the broker was last asked about an order; it moves on with the looks that the order is part of. */
export function LastChecked({ order, suffix }: { order: ListedOrder; suffix: string }) {
  const { health } = useLive();
  const lookedAt = {
    EACH_LOOK: health?.lastCompleteAt ?? null,
    SWEEPS: health?.lastSweepAt ?? null,
    none: null,
  }[order.lookedAtWith ?? 'none'];
  const isLater = lookedAt !== null && lookedAt > order.lastCheckedAt;
  return <Ago at={isLater ? lookedAt : order.lastCheckedAt} suffix={suffix} />;
}
