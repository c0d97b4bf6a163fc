import { z } from 'zod';

import { decimalText, integerText } from '../number-texts.ts';
import { orderIdText, statusText } from './order-texts.ts';

/*
 * Schwab's order, in Schwab's words, without the orders below it. Every value is text as it stood in the JSON (numbers
 * included); translating it is the caller's business. Only what the record of fills reads is named, so that nothing
 * else can cost an order its fills: members not named here are kept and not judged. Of those named every one but
 * `orderId` and `status` may be missing, as in real life each is in some order. Enumerations are plain text, for
 * Schwab invents words.
 */

const text = z.string('must be text');

/** Proves nothing and is only shown or lends pace: whatever stands there is left to the caller, who can do without. */
const shown = z.unknown().optional();

const instrumentSchema = z.looseObject(
  {
    assetType: text.optional(),
    symbol: text.optional(),
  },
  'must be an object',
);

const orderLegSchema = z.looseObject(
  {
    legId: integerText.optional(),
    orderLegType: text.optional(),
    instrument: instrumentSchema.optional(),
    instruction: text.optional(),
    /** In units of the leg: 100 shares beside 1 contract in a covered call. */
    quantity: decimalText.optional(),
    /** SHARES, contracts too; DOLLARS or ALL_SHARES where the quantity is none of shares. */
    quantityType: z.unknown().optional(),
  },
  'must be an object',
);

const executionLegSchema = z.looseObject(
  {
    legId: integerText.optional(),
    /** USD per share or per unit of the option's quote; 0.0 on the legs of a cancel. */
    price: decimalText.optional(),
    quantity: decimalText.optional(),
    /** Whole seconds, `2025-08-29T17:15:18+0000` as a rule. */
    time: shown,
  },
  'must be an object',
);

const activitySchema = z.looseObject(
  {
    activityType: text.optional(),
    /** Undocumented, and sometimes missing. */
    activityId: integerText.optional(),
    executionType: text.optional(),
    orderRemainingQuantity: decimalText.optional(),
    executionLegs: z.array(executionLegSchema, 'must be an array').optional(),
  },
  'must be an object',
);

export const orderSchema = z.looseObject(
  {
    orderId: orderIdText,
    status: statusText,
    session: shown,
    duration: shown,
    orderType: shown,
    /** In units of the order; absent on OCO nodes. */
    quantity: decimalText.optional(),
    filledQuantity: decimalText.optional(),
    /** Limit price, USD. */
    price: decimalText.optional(),
    stopPrice: shown,
    enteredTime: shown,
    /** Seen on a WORKING order too: no sign of its own that an order has ended. */
    closeTime: shown,
    accountNumber: text.optional(),
    statusDescription: shown,
    orderLegCollection: z.array(orderLegSchema, 'must be an array').optional(),
    orderActivityCollection: z.array(activitySchema, 'must be an array').optional(),
  },
  'must be an object',
);

export type SchwabOrder = z.infer<typeof orderSchema>;
export type SchwabOrderLeg = z.infer<typeof orderLegSchema>;
export type SchwabOrderActivity = z.infer<typeof activitySchema>;
export type SchwabExecutionLeg = z.infer<typeof executionLegSchema>;
