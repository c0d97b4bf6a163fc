import { z } from 'zod';

import { decimalText, integerText } from '../number-texts.ts';

/*
 * Schwab's transaction, in Schwab's words: every value is text as it stood in the JSON, every member may be missing,
 * enumerations are plain text. Other than with orders, members not named here are dropped: among them are the account
 * holder's login and name.
 */

const text = z.string('must be text');

const instrumentSchema = z.object(
  {
    /** `CURRENCY` on the items that are fees or cash. */
    assetType: text.optional(),
    symbol: text.optional(),
    cusip: text.optional(),
    putCall: text.optional(),
    underlyingSymbol: text.optional(),
  },
  'must be an object',
);

const transferItemSchema = z.object(
  {
    instrument: instrumentSchema.optional(),
    /** Shares or contracts, negative when they left the account; on an item with a `feeType`, USD. */
    amount: decimalText.optional(),
    /** USD of the whole item, negative when it was paid: contracts x price x 100, for an option. */
    cost: decimalText.optional(),
    /** USD per share, or per unit of the option's quote. */
    price: decimalText.optional(),
    positionEffect: text.optional(),
    /** `COMMISSION`, `SEC_FEE`, `TAF_FEE`, `OPT_REG_FEE`, ...; on fees only. */
    feeType: text.optional(),
  },
  'must be an object',
);

export const transactionSchema = z.object(
  {
    /** The same as the `activityId` of the execution in the order, where that has one. */
    activityId: integerText.optional(),
    /** When it happened, `2025-01-17T17:19:49+0000` as a rule. */
    time: text.optional(),
    /** A date or a time, as Schwab likes. */
    tradeDate: text.optional(),
    settlementDate: text.optional(),
    /** Missing on what no order caused, such as a reinvested dividend. A number or a string at Schwab's. */
    orderId: integerText.optional(),
    type: text.optional(),
    status: text.optional(),
    activityType: text.optional(),
    description: text.optional(),
    /** USD, fees included, negative when paid. */
    netAmount: decimalText.optional(),
    positionId: integerText.optional(),
    transferItems: z.array(transferItemSchema, 'must be an array').optional(),
  },
  'must be an object',
);

export type SchwabTransaction = z.infer<typeof transactionSchema>;
export type SchwabTransferItem = z.infer<typeof transferItemSchema>;
