import { z } from 'zod';
import { parseDecimal, plainText, sumOf, times } from './exact-decimal.ts';
import type { Execution, PlannedFill } from './planned-fill.ts';
import type { OrderLeg } from './simulated-order.ts';

/** Decimal text. Whole JSON numbers are let through since they are exact; others have already been through a double. */
export const decimal = z
  .union(
    [z.string().regex(/^\d{1,15}(\.\d{1,12})?$/, { abort: true }), z.number().int().nonnegative().transform(String)],
    {
      error: 'must be a decimal written as a string, such as "22.7299"',
    },
  )
  .refine((text) => /[1-9]/.test(text), 'must be greater than zero')
  .transform((text) => plainText(parseDecimal(text)));

/** From the moment of scripting, may be negative. */
export const milliseconds = z.number().int();

const millisecondsOrNever = z.union([milliseconds, z.literal('never')], { error: 'must be milliseconds or "never"' });

/** One trade. Its price is told in one of three ways: `price`, `legPrices` (multi-leg orders) or `parts`. */
export const scriptedFillSchema = z.strictObject({
  afterMs: milliseconds,
  /** Shares, or units of a multi-leg order. */
  quantity: decimal,
  /** USD per share. */
  price: decimal.nullish(),
  /** USD per share, one for each leg of a multi-leg order, in their order. */
  legPrices: z.array(decimal).readonly().nullish(),
  /** One activity with several execution legs of the same leg; they add up to the quantity. */
  parts: z
    .array(z.strictObject({ quantity: decimal, price: decimal }))
    .readonly()
    .nullish(),
  /** When the order's report starts to show the activity; with the trade when missing. */
  shownAfterMs: millisecondsOrNever.nullish(),
  /** When the activity starts to show its execution legs; with the trade when missing. */
  legsAfterMs: millisecondsOrNever.nullish(),
  /** A word in the place of FILL. */
  executionType: z.string().min(1).nullish(),
  /** What becomes of the trade later: another price, or none at all. */
  correction: z
    .strictObject({ afterMs: milliseconds, kind: z.enum(['CORRECTED', 'BUSTED']), price: decimal.nullish() })
    .nullish(),
});

type ScriptedFill = z.output<typeof scriptedFillSchema>;

/** What is wrong with a fill of an order with so many legs: field and message, or null. */
export function faultOfFill(fill: ScriptedFill, legCount: number): { field: string; message: string } | null {
  const { price = null, legPrices = null, parts = null, correction = null } = fill;
  const told = [price, legPrices, parts].filter((each) => each !== null).length;
  if (legCount > 1 && legPrices?.length !== legCount) {
    return { field: 'legPrices', message: `must hold ${legCount} prices, one for each leg` };
  }
  if (told !== 1 || (legCount === 1 && legPrices !== null)) {
    return { field: 'price', message: 'is missing, or told twice' };
  }
  if (parts !== null && plainText(sumOf(parts.map((part) => parseDecimal(part.quantity)))) !== fill.quantity) {
    return { field: 'parts', message: `do not add up to ${fill.quantity}` };
  }
  if (correction !== null && correction.afterMs < fill.afterMs) {
    return { field: 'correction', message: 'comes before the trade' };
  }
  if (correction?.kind === 'CORRECTED' && (correction.price ?? null) === null) {
    return { field: 'correction', message: 'has no price' };
  }
  return null;
}

/** The fill with absolute instants, counted from `now` (epoch ms). */
export function fillFromScript(fill: ScriptedFill, legs: readonly OrderLeg[], now: number): PlannedFill {
  const { afterMs, quantity, price = null, shownAfterMs, legsAfterMs, executionType, correction } = fill;
  const instant = (after: number | 'never') => (after === 'never' ? after : now + after);
  const facts = {
    at: now + afterMs,
    quantity,
    ...(typeof shownAfterMs !== 'undefined' && shownAfterMs !== null && { shownFrom: instant(shownAfterMs) }),
    ...(typeof legsAfterMs !== 'undefined' && legsAfterMs !== null && { legsFrom: instant(legsAfterMs) }),
    ...(typeof executionType === 'string' && { executionType }),
    ...(correction && {
      correction: { at: now + correction.afterMs, kind: correction.kind, price: correction.price ?? null },
    }),
  };
  return price === null ? { ...facts, executions: executionsFromScript(fill, legs) } : { ...facts, price };
}

function executionsFromScript({ quantity, legPrices, parts }: ScriptedFill, legs: readonly OrderLeg[]): Execution[] {
  if (parts) return parts.map((part) => ({ legId: '1', ...part }));
  return legs.map(({ legId, ratio }, index) => ({
    legId,
    quantity: plainText(times(parseDecimal(quantity), parseDecimal(ratio))),
    price: legPrices?.[index] ?? '0',
  }));
}
