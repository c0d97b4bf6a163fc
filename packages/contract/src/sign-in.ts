import { z } from 'zod';
import { timeText } from './values.ts';

/** The sign-in at the broker that the poller works with. */
export const signInState = z.object({
  signedInAt: timeText,
  /** Somebody has to sign in again before; using it does not move it. */
  expiresAt: timeText,
  /** One sentence for people, from two days before its end on. */
  warning: z.string().nullable(),
});
export type SignInState = z.infer<typeof signInState>;

/** `GET /api/sign-in`: where the sign-in stands, and how to sign in anew. */
export const signInStatus = z.object({
  /** Null while nobody has signed in. */
  signIn: signInState.nullable(),
  /** The page at the broker to sign in at; null where there is nothing to sign in to, and `explanation` says why. */
  link: z.string().nullable(),
  /** Until when the address that the link leads to is taken; ask for another link then. */
  linkExpiresAt: timeText.nullable(),
  /** What to do, for people. */
  explanation: z.string(),
  /** Orders that would go untracked without a sign-in. */
  workingOrders: z.number().int().nonnegative(),
});
export type SignInStatus = z.infer<typeof signInStatus>;

/**
 * The body of `POST /api/sign-in`: the whole address of the page that the link led to, with the code in it. It is
 * handed to the poller, and is in no answer and no log.
 */
export const signInRequest = z.strictObject({
  redirect: z.string().min(1, 'must be the address of the page after the sign-in').max(4_000, 'is too long'),
});
export type SignInRequest = z.infer<typeof signInRequest>;

/** The outcome of a sign-in that succeeded. */
export const signInOutcome = z.object({ signedIn: z.literal(true), signedInAt: timeText, signInEndsAt: timeText });
export type SignInOutcome = z.infer<typeof signInOutcome>;
