import { z } from 'zod';

import { decimalText, integerText } from '../number-texts.ts';
import { orderIdText, statusText } from './order-texts.ts';

/*
 * Schwab's order, in Schwab's words. Every value is text as it stood in the JSON (numbers included), or a boolean;
 * translating it is the caller's business. Only what a record of fills needs is named: members not named here are
 * kept and not judged, and of those named every one but `orderId` and `status` may be missing, as in real life each
 * is in some order. Enumerations are plain text, for Schwab invents words.
 */

const text = z.string('must be text');
const flag = z.boolean('must be true or false');

const instrumentSchema = z.looseObject(
  {
    assetType: text.optional(),
    symbol: text.optional(),
    cusip: text.optional(),
    description: text.optional(),
    putCall: text.optional(),
    underlyingSymbol: text.optional(),
  },
  'must be an object',
);

const orderLegSchema = z.looseObject(
  {
    legId: integerText.optional(),
    orderLegType: text.optional(),
    instrument: instrumentSchema.optional(),
    instruction: text.optional(),
    positionEffect: text.optional(),
    /** In units of the leg: 100 shares beside 1 contract in a covered call. */
    quantity: decimalText.optional(),
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
    time: text.optional(),
  },
  'must be an object',
);

const activitySchema = z.looseObject(
  {
    activityType: text.optional(),
    /** Undocumented, and sometimes missing. */
    activityId: integerText.optional(),
    executionType: text.optional(),
    /** In units of the order: spreads, for a spread. */
    quantity: decimalText.optional(),
    orderRemainingQuantity: decimalText.optional(),
    executionLegs: z.array(executionLegSchema, 'must be an array').optional(),
  },
  'must be an object',
);

const orderFields = z.looseObject(
  {
    orderId: orderIdText,
    status: statusText,
    session: text.optional(),
    duration: text.optional(),
    orderType: text.optional(),
    complexOrderStrategyType: text.optional(),
    orderStrategyType: text.optional(),
    /** In units of the order; absent on OCO nodes. */
    quantity: decimalText.optional(),
    filledQuantity: decimalText.optional(),
    /** Falls to 0 when an order ends, however it ends. */
    remainingQuantity: decimalText.optional(),
    destinationLinkName: text.optional(),
    /** Limit price, USD. */
    price: decimalText.optional(),
    stopPrice: decimalText.optional(),
    enteredTime: text.optional(),
    /** Seen on a WORKING order too: no sign of its own that an order has ended. */
    closeTime: text.optional(),
    cancelable: flag.optional(),
    editable: flag.optional(),
    tag: text.optional(),
    accountNumber: text.optional(),
    statusDescription: text.optional(),
    orderLegCollection: z.array(orderLegSchema, 'must be an array').optional(),
    orderActivityCollection: z.array(activitySchema, 'must be an array').optional(),
  },
  'must be an object',
);

/** An order with its children; written out, for a declaration file cannot name a type that is inferred from itself. */
export type SchwabOrder = z.infer<typeof orderFields> & { childOrderStrategies?: SchwabOrder[] | undefined };

export const orderSchema: z.ZodType<SchwabOrder> = orderFields.extend({
  get childOrderStrategies() {
    return z.array(orderSchema, 'must be an array').optional();
  },
});

export type SchwabOrderLeg = z.infer<typeof orderLegSchema>;
export type SchwabOrderActivity = z.infer<typeof activitySchema>;
export type SchwabExecutionLeg = z.infer<typeof executionLegSchema>;
