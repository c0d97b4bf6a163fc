import { z } from 'zod';

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time in New York such as 13:00');

/** A date that differs from a usual one of its weekday. */
export const marketDaySchema = z.strictObject({
  /** `yyyy-MM-dd`, New York. */
  date: z.iso.date(),
  isOpen: z.boolean().default(true),
  preStart: time.optional(),
  regularStart: time.optional(),
  /** An early close: trading after hours then begins here. */
  regularEnd: time.optional(),
  postEnd: time.optional(),
});

export type MarketDay = z.output<typeof marketDaySchema>;

/** The dates that were set: holidays, early closes, a Saturday with trading. */
export interface MarketDays {
  /** In the place of an earlier setting of the date. */
  set(day: MarketDay): void;
  find(date: string): MarketDay | null;
  list(): readonly MarketDay[];
  clear(): void;
}

export function createMarketDays(): MarketDays {
  const days = new Map<string, MarketDay>();
  return {
    set: (day) => void days.set(day.date, day),
    find: (date) => days.get(date) ?? null,
    list: () => [...days.values()],
    clear: () => days.clear(),
  };
}
