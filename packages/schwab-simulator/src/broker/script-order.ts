import { z } from 'zod';
import { compareDecimals, parseDecimal, plainText, sumOf } from './exact-decimal.ts';
import { ENDING_STATUSES, INSTRUCTIONS, NO_ODDITIES, odditiesSchema, ORDER_TYPES } from './simulated-order.ts';
import type { SimulatedOrder } from './simulated-order.ts';

/** Decimal text. Whole JSON numbers are let through since they are exact; others have already been through a double. */
const decimal = z
  .union(
    [z.string().regex(/^\d{1,15}(\.\d{1,12})?$/, { abort: true }), z.number().int().nonnegative().transform(String)],
    {
      error: 'must be a decimal written as a string, such as "22.7299"',
    },
  )
  .refine((text) => /[1-9]/.test(text), 'must be greater than zero')
  .transform((text) => plainText(parseDecimal(text)));

const milliseconds = z.number().int();

/**
 * One order to be played by the broker. Instants are in ms from the moment of scripting and may be negative for what has
 * already happened; decimals are strings (shares; USD per share).
 *
 * Without `ending`, an order whose fills add up ends FILLED and any other works on. A given `ending` is obeyed to the
 * letter: fills may come after it (late reports), and FILLED may come before the fills that prove it.
 */
export const scriptedOrderSchema = z
  .strictObject({
    /** Account number or hash; the first account when missing. */
    account: z.string().nullish(),
    symbol: z.string().regex(/^[A-Z][A-Z0-9./ ]{0,20}$/, 'must be a symbol in capitals'),
    instruction: z.enum(INSTRUCTIONS),
    orderType: z.enum(ORDER_TYPES),
    quantity: decimal,
    limitPrice: decimal.nullish(),
    stopPrice: decimal.nullish(),
    duration: z.string().min(1).default('DAY'),
    session: z.enum(['NORMAL', 'AM', 'PM', 'SEAMLESS']).default('NORMAL'),
    enteredAfterMs: milliseconds.default(0),
    fills: z
      .array(z.strictObject({ afterMs: milliseconds, quantity: decimal, price: decimal }))
      .readonly()
      .default([]),
    ending: z
      .strictObject({ afterMs: milliseconds, status: z.enum(ENDING_STATUSES), description: z.string().nullish() })
      .nullish(),
    ...odditiesSchema.partial().shape,
  })
  .superRefine((order, context) => {
    const { quantity, fills, enteredAfterMs } = order;
    const refuse = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message });
    if (order.orderType === 'LIMIT' && (order.limitPrice ?? null) === null) refuse(['limitPrice'], 'is missing');
    const filled = sumOf(fills.map((fill) => parseDecimal(fill.quantity)));
    if (compareDecimals(filled, parseDecimal(quantity)) > 0) {
      refuse(['fills'], `add up to ${plainText(filled)}, more than the quantity ${quantity}`);
    }
    for (const [index, fill] of fills.entries()) {
      if (fill.afterMs < enteredAfterMs) refuse(['fills', index, 'afterMs'], 'is before the order is entered');
    }
    if ((order.ending?.afterMs ?? enteredAfterMs) < enteredAfterMs) {
      refuse(['ending', 'afterMs'], 'is before the order is entered');
    }
  });

export type ScriptedOrderInput = z.input<typeof scriptedOrderSchema>;
export type ScriptedOrder = z.output<typeof scriptedOrderSchema>;

/** Turns a script in relative times into an order with absolute instants, counted from `now` (epoch ms). */
export function orderFromScript(
  script: ScriptedOrder,
  { orderId, accountNumber, now }: { orderId: string; accountNumber: string; now: number },
): SimulatedOrder {
  const { statusText, omitFields, shuffleActivities, activityIds, timeForm, numbersAs, ending = null } = script;
  return {
    orderId,
    accountNumber,
    symbol: script.symbol,
    instruction: script.instruction,
    orderType: script.orderType,
    duration: script.duration,
    session: script.session,
    quantity: script.quantity,
    limitPrice: script.limitPrice ?? null,
    stopPrice: script.stopPrice ?? null,
    enteredAt: now + script.enteredAfterMs,
    fills: script.fills
      .map(({ afterMs, quantity, price }) => ({ at: now + afterMs, quantity, price }))
      .sort((left, right) => left.at - right.at),
    ending:
      ending === null
        ? null
        : { at: now + ending.afterMs, status: ending.status, description: ending.description ?? null },
    oddities: {
      statusText: statusText ?? NO_ODDITIES.statusText,
      omitFields: omitFields ?? NO_ODDITIES.omitFields,
      shuffleActivities: shuffleActivities ?? NO_ODDITIES.shuffleActivities,
      activityIds: activityIds ?? NO_ODDITIES.activityIds,
      timeForm: timeForm ?? NO_ODDITIES.timeForm,
      numbersAs: numbersAs ?? NO_ODDITIES.numbersAs,
    },
  };
}
