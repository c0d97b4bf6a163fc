import { countdown, marketWeekMoment, roughDuration } from '../../lib/time-text.ts';

const HOUR_MS = 3_600_000;

/** How near the end of a sign-in is: each looks more urgent than the one before. */
export type SignInUrgency = 'none' | '48h' | '24h' | '4h' | '1h' | 'ended';

/** @param leftMs until the sign-in ends */
export function urgencyOf(leftMs: number): SignInUrgency {
  if (leftMs <= 0) return 'ended';
  if (leftMs <= HOUR_MS) return '1h';
  if (leftMs <= 4 * HOUR_MS) return '4h';
  if (leftMs <= 24 * HOUR_MS) return '24h';
  return leftMs <= 48 * HOUR_MS ? '48h' : 'none';
}

/** `Signed in until Tue 09:12 ET (in 3 d 4 h); 3 orders would go untracked.` */
export function signInSentence(expiresAt: string, pending: number | null, now: number): string {
  const left = Date.parse(expiresAt) - now;
  const when = marketWeekMoment(expiresAt);
  if (left <= 0) {
    return `The sign-in ended ${when} (${roughDuration(-left)} ago)${pending === null ? '' : `; ${ordersText(pending)} untracked`}.`;
  }
  const would = pending === null ? '' : `; ${pending === 0 ? 'no order' : ordersText(pending, '')} would go untracked`;
  return `Signed in until ${when} (in ${countdown(left)})${would}.`;
}

function ordersText(count: number, verb = count === 1 ? ' goes' : ' go'): string {
  return `${count === 0 ? 'no' : count.toLocaleString('en-US')} order${count === 1 ? '' : 's'}${verb}`;
}
