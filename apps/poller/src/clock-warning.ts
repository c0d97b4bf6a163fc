import { SECOND } from '@fill-tracker/domain';
import type { ClockSkew } from '@fill-tracker/schwab-client';

/** Beyond this the times in the record, and what is due when, can no longer be relied on. */
export const CLOCK_LIMIT_MS = 5 * SECOND;

/** True when this machine's clock is surely further off than is good. */
export function isClockOff({ aheadMs, uncertaintyMs }: ClockSkew): boolean {
  return Math.abs(aheadMs) - uncertaintyMs > CLOCK_LIMIT_MS;
}

/** How far the clock is off, for people. */
export function clockSkewText({ aheadMs, uncertaintyMs }: ClockSkew): string {
  const off = (Math.abs(aheadMs) / SECOND).toFixed(2);
  return `${off} s ${aheadMs < 0 ? 'behind' : 'ahead of'} Schwab's, to within ${(uncertaintyMs / SECOND).toFixed(2)} s`;
}

/** What a clock that is off does, and what to do. */
export function clockRemedy({ aheadMs }: ClockSkew): string {
  const harm =
    aheadMs > 0
      ? 'Once a clock that is ahead is put right, new answers look older than those recorded before, for as long as ' +
        'it was ahead: an hour ahead means an hour in which changes are taken for old news.'
      : 'While the clock is behind, fills seem to lie in the future and their delay cannot be told.';
  return `Let this machine keep time by the network (\`timedatectl set-ntp true\`), then restart the poller. ${harm}`;
}
