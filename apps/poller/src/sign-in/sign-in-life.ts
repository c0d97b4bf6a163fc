import { HOUR } from '@fill-tracker/domain';

/** Schwab's refresh tokens end a week after the sign-in, used or not, in ms. */
export const SIGN_IN_LIFE_MS = 7 * 24 * HOUR;
