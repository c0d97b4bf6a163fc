import { z } from 'zod';

/** Epoch ms, or `never`. */
const instantOrNever = z.union([z.number().int(), z.literal('never')]);

const executionSchema = z.object({
  legId: z.string(),
  /** Shares or contracts of this leg, plain decimal text. */
  quantity: z.string(),
  /** USD per share, plain decimal text. */
  price: z.string(),
});

/**
 * A trade that is taken back (BUSTED) or gets another price (CORRECTED). No capture of either is public, so the form is
 * a guess, and a plain one: the first activity stays as it was, and a second EXECUTION activity with this word as its
 * executionType and the same activityId says what holds now, a bust at price zero. Its legs keep the trade's own time.
 */
const correctionSchema = z.object({
  /** Epoch milliseconds. */
  at: z.number().int(),
  kind: z.enum(['CORRECTED', 'BUSTED']),
  /** USD per share, for all legs of the trade; null for a bust. */
  price: z.string().nullable(),
});

const fillBase = {
  /** When it trades, epoch milliseconds. */
  at: z.number().int(),
  /** Units of the order (shares, or spreads of a multi-leg order), plain decimal text. */
  quantity: z.string(),
  /** From when on the order's report shows the activity; `at` when missing. */
  shownFrom: instantOrNever.optional(),
  /** From when on the activity shows its execution legs, and with them the price; `at` when missing. */
  legsFrom: instantOrNever.optional(),
  /** A word in the place of FILL. */
  executionType: z.string().optional(),
  correction: correctionSchema.optional(),
};

const plainFillSchema = z.object({ ...fillBase, price: z.string() });

/** One activity that trades: with one execution leg made of quantity and price, or with several. */
export const plannedFillSchema = z.union([
  plainFillSchema,
  z.object({ ...fillBase, executions: z.array(executionSchema).min(1) }),
]);

export type PlainFill = z.infer<typeof plainFillSchema>;
export type PlannedFill = z.infer<typeof plannedFillSchema>;
export type Execution = z.infer<typeof executionSchema>;

/** The execution legs of a fill as it traded. A plain fill has one, of the only leg. */
export function executionsOf(fill: PlannedFill): readonly Execution[] {
  return 'executions' in fill ? fill.executions : [{ legId: '1', quantity: fill.quantity, price: fill.price }];
}

/** The execution legs that hold at `now` (epoch ms): a correction has its own price, a bust leaves none. */
export function executionsAt(fill: PlannedFill, now: number): readonly Execution[] {
  const { correction } = fill;
  if (correction === undefined || correction.at > now) return executionsOf(fill);
  return correction.kind === 'BUSTED' ? [] : correctedExecutions(fill);
}

/** The execution legs as the correction tells them. */
export function correctedExecutions(fill: PlannedFill): readonly Execution[] {
  const price = fill.correction?.price ?? '0';
  return executionsOf(fill).map((execution) => ({ ...execution, price }));
}

/** True when the order's report shows the activity at `now` (epoch ms). */
export function isShown(fill: PlannedFill, now: number): boolean {
  return hasCome(fill.shownFrom ?? fill.at, now) && fill.at <= now;
}

/** True when the order's report shows the activity with its legs at `now` (epoch ms). */
export function showsLegs(fill: PlannedFill, now: number): boolean {
  return isShown(fill, now) && hasCome(fill.legsFrom ?? fill.at, now);
}

/** The instants (epoch ms) at which the report of the fill changes. */
export function instantsOf({ at, shownFrom = at, legsFrom = at, correction }: PlannedFill): number[] {
  return [at, shownFrom, legsFrom, correction?.at].filter((instant) => typeof instant === 'number');
}

function hasCome(from: number | 'never', now: number): boolean {
  return from !== 'never' && from <= now;
}
