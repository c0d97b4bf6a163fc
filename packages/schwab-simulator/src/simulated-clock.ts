import { z } from 'zod';

/** How to move the clock; what is left out stays as it is. */
export const clockChangeSchema = z.strictObject({
  /** Sets the clock: ISO 8601 or epoch ms. */
  now: z
    .union([z.number().int(), z.iso.datetime({ offset: true }).transform((text) => Date.parse(text))], {
      error: 'must be ISO 8601 or epoch milliseconds',
    })
    .optional(),
  /** Ahead of the real clock (ms); negative for behind. */
  offsetMs: z.number().int().optional(),
  /** Moves the clock on by so many ms. */
  advanceMs: z.number().int().optional(),
  frozen: z.boolean().optional(),
});

type ClockChange = z.output<typeof clockChangeSchema>;

/** The broker's own time, which can be set, moved on and stopped. */
export interface SimulatedClock {
  /** Epoch ms. */
  readonly now: () => number;
  change(change: ClockChange): void;
  reset(): void;
  state(): { now: string; offsetMs: number; frozen: boolean };
}

/** A clock that runs with `realNow` (epoch ms) until it is told otherwise. */
export function createSimulatedClock(realNow: () => number): SimulatedClock {
  let offset = 0;
  let frozenAt: number | null = null;
  const now = () => frozenAt ?? realNow() + offset;
  return {
    now,
    change({ now: setTo, offsetMs, advanceMs = 0, frozen = frozenAt !== null }) {
      const base = setTo ?? (offsetMs === undefined ? now() : realNow() + offsetMs);
      offset = base + advanceMs - realNow();
      frozenAt = frozen ? base + advanceMs : null;
    },
    reset() {
      offset = 0;
      frozenAt = null;
    },
    state: () => ({ now: new Date(now()).toISOString(), offsetMs: offset, frozen: frozenAt !== null }),
  };
}
