import { HOUR, type Instant } from '@fill-tracker/domain';

/** How near the end of a sign-in is, from far to near. */
export type SignInThreshold = '48h' | '24h' | '4h' | '1h' | 'expired';

const THRESHOLDS: readonly { readonly name: SignInThreshold; readonly leftMs: number; readonly words: string }[] = [
  { name: '48h', leftMs: 48 * HOUR, words: 'ends within two days' },
  { name: '24h', leftMs: 24 * HOUR, words: 'ends within a day' },
  { name: '4h', leftMs: 4 * HOUR, words: 'ends within four hours' },
  { name: '1h', leftMs: HOUR, words: 'ends within an hour' },
  { name: 'expired', leftMs: 0, words: 'has ended' },
];

/**
 * What is to be told of the end of a sign-in now: the nearest threshold that is reached, once. Those that were passed
 * while nobody looked are left out.
 *
 * @param alreadyTold the nearest threshold that was told of this sign-in; null for none.
 */
export function signInWarning(
  refreshExpiresAt: Instant,
  now: Instant,
  alreadyTold: SignInThreshold | null,
): SignInThreshold | null {
  const reached = THRESHOLDS.findLastIndex(({ leftMs }) => refreshExpiresAt - now <= leftMs);
  const told = THRESHOLDS.findIndex(({ name }) => name === alreadyTold);
  return reached > told ? (THRESHOLDS[reached]?.name ?? null) : null;
}

/** The warning in a sentence: how long is left, and what goes untracked without a sign-in. */
export function describeSignInWarning(threshold: SignInThreshold, workingOrders: number): string {
  const words = THRESHOLDS.find(({ name }) => name === threshold)?.words ?? '';
  const end = threshold === 'expired' ? 'go' : 'would go';
  return `the sign-in at Schwab ${words}: sign in again; ${ordersText(workingOrders)} ${end} untracked`;
}

/** The alarm in a sentence: Schwab takes the tokens no more. */
export function describeSignInNeeded(workingOrders: number): string {
  const verb = workingOrders === 1 ? 'is' : 'are';
  return `Schwab wants a new sign-in: sign in again; until then ${ordersText(workingOrders)} ${verb} untracked`;
}

function ordersText(count: number): string {
  return count === 1 ? '1 working order' : `${count === 0 ? 'no' : count} working orders`;
}
