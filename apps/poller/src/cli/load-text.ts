import type { PollerLoad } from '@fill-tracker/contract';

/** How late a fill can be known at worst, and what that costs, for people. */
export function loadText(load: PollerLoad): string {
  const { workingOrders, worstCaseMs, restingWorstCaseMs, requestsPerMinute, allowedPerMinute } = load;
  if (worstCaseMs === null) return 'nobody looks now, as you chose (POLL_OUTSIDE_HOURS=off)';
  const orders = workingOrders === 1 ? '1 working order' : `${workingOrders} working orders`;
  const resting = restingWorstCaseMs === null ? '' : ` (resting ones ${seconds(restingWorstCaseMs)})`;
  return `${orders}: a fill is known within ${seconds(worstCaseMs)}${resting}, ${requestsPerMinute} of ${allowedPerMinute} calls a minute`;
}

function seconds(ms: number): string {
  return ms < 60_000 ? `${(ms / 1_000).toFixed(1)} s` : `${Math.ceil(ms / 60_000)} min`;
}
