import type { MarketPhase } from '@fill-tracker/contract';
import { countdown, exactMoment } from '../../../lib/time-text.ts';
import { staleScope } from '../freshness.ts';
import { useFreshness, useLive, useServerNow } from '../live-context.tsx';
import { StatusItem } from './status-item.tsx';

const PHASES = {
  pre: 'Pre-market',
  regular: 'Market open',
  post: 'After hours',
  closed: 'Market closed',
} as const satisfies Record<MarketPhase, string>;

const CHANGES_TO = {
  pre: 'pre-market',
  regular: 'opens',
  post: 'closes',
  closed: 'ends',
} as const satisfies Record<MarketPhase, string>;

/** The phase of the market and what is left of it. */
export function MarketStatus() {
  const { health } = useLive();
  const freshness = useFreshness();
  const now = useServerNow();
  if (health === null) return null;
  if (staleScope(freshness) === 'all') {
    return (
      <StatusItem label="Market" tone="neutral">
        Market unknown
      </StatusItem>
    );
  }
  const { marketPhase, marketChangesAt, marketNextPhase } = health;
  const change =
    marketChangesAt === null || marketNextPhase === null
      ? {}
      : {
          more: `${CHANGES_TO[marketNextPhase]} in ${countdown(Date.parse(marketChangesAt) - now)}`,
          title: `${PHASES[marketNextPhase]} at ${exactMoment(marketChangesAt)}`,
        };
  return (
    <StatusItem label="Market" tone={marketPhase === 'regular' ? 'good' : 'neutral'} {...change}>
      {PHASES[marketPhase]}
    </StatusItem>
  );
}
