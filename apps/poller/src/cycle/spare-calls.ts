import type { SchwabClient } from '@fill-tracker/schwab-client';

/** The rest stays free for commands and for looks by id, which cannot wait. The cadence itself takes three quarters at most. */
const SHARE_FOR_ALL_ELSE = 0.9;

/** How many calls the budget can spare now for what may wait: other witnesses, and looking back on blind spots. */
export function spareCalls(client: Pick<SchwabClient, 'budget'>): number {
  const { allowedPerMinute, usedLastMinute, waiting, pausedUntil } = client.budget();
  if (pausedUntil !== null || waiting > 0) return 0;
  return Math.max(0, Math.ceil(allowedPerMinute * SHARE_FOR_ALL_ELSE) - usedLastMinute);
}
