import { HOUR, type Instant, MINUTE } from '@fill-tracker/domain';
import type { SignIn } from '../token-store.ts';

/** From when on people are told to sign in again. */
const WARN_BEFORE_MS = 48 * HOUR;

export interface SignInFacts {
  readonly signIn: SignIn | null;
  /** Orders that would go untracked. */
  readonly workingOrders: number;
  /** The demo signs in by itself. */
  readonly isDemo: boolean;
}

/** The sign-in in words and times for people. */
export interface PresentedSignIn {
  readonly signedInAt: string;
  readonly expiresAt: string;
  /** From two days before its end on. */
  readonly warning: string | null;
}

/** The sign-in as people see it. */
export function presentSignIn({ signIn, workingOrders, isDemo }: SignInFacts, now: Instant): PresentedSignIn | null {
  if (signIn === null) return null;
  const left = signIn.refreshExpiresAt - now;
  return {
    signedInAt: new Date(signIn.signedInAt).toISOString(),
    expiresAt: new Date(signIn.refreshExpiresAt).toISOString(),
    warning: isDemo || left > WARN_BEFORE_MS ? null : warningOf(left, workingOrders),
  };
}

function warningOf(leftMs: number, workingOrders: number): string {
  const orders = workingOrders === 1 ? '1 working order' : `${workingOrders || 'no'} working orders`;
  const verb = workingOrders === 1 ? 'goes' : 'go';
  if (leftMs <= 0) return `The sign-in at Schwab has ended. Sign in again: ${orders} ${verb} untracked.`;
  const left = leftMs < HOUR ? counted(leftMs / MINUTE, 'minute') : counted(leftMs / HOUR, 'hour');
  return `The sign-in at Schwab ends in ${left}. Sign in again before: ${orders} would go untracked.`;
}

/** Rounded down: nobody is promised more time than there is. */
function counted(amount: number, unit: string): string {
  const whole = Math.floor(amount);
  return `${whole} ${unit}${whole === 1 ? '' : 's'}`;
}
