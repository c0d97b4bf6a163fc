/** A moment, in whole milliseconds since the Unix epoch, UTC. Plain numbers keep the core free of clocks and zones. */
export type Instant = number;

/** Length of a second, in ms. */
export const SECOND = 1_000;

/** Length of a minute, in ms. */
export const MINUTE = 60 * SECOND;

/** Length of an hour, in ms. */
export const HOUR = 60 * MINUTE;
