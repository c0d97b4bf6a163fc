import { z } from 'zod';
import { INSTRUCTIONS, ORDER_TYPES } from './simulated-order.ts';

/** A price or quantity as the request's own text; Schwab's clients send numbers or numeric strings. */
const decimalText = z
  .string()
  .regex(/^\d{1,9}(\.\d{1,9})?$/, 'must be a plain decimal')
  .refine((text) => /[1-9]/.test(text), 'must be greater than zero');

/**
 * The body of Schwab's order POST, numbers already kept as text. Taken: single equity orders in whole shares, as the
 * real API takes them; `requestedDestination` is refused there too, although it stands in every report.
 */
const placeOrderSchema = z
  .object({
    orderStrategyType: z.literal('SINGLE', 'only SINGLE orders can be placed here'),
    orderType: z.enum(ORDER_TYPES),
    session: z.enum(['NORMAL', 'AM', 'PM', 'SEAMLESS']),
    duration: z.enum(['DAY', 'GOOD_TILL_CANCEL', 'FILL_OR_KILL']),
    price: decimalText.optional(),
    stopPrice: decimalText.optional(),
    requestedDestination: z.never('must not be sent').optional(),
    orderLegCollection: z
      .array(
        z.object({
          instruction: z.enum(INSTRUCTIONS),
          quantity: decimalText.regex(/^\d+(\.0+)?$/, 'must be whole shares'),
          instrument: z.object({
            symbol: z.string().regex(/^[A-Z][A-Z0-9./]{0,9}$/, 'is not a symbol'),
            assetType: z.enum(['EQUITY', 'COLLECTIVE_INVESTMENT']),
          }),
        }),
      )
      .length(1, 'must hold exactly one leg'),
  })
  .refine((order) => order.price !== undefined || !order.orderType.includes('LIMIT'), {
    path: ['price'],
    message: 'is missing',
  });

/** A well-formed order to place. Prices in USD per share, plain decimal text. */
export interface PlaceOrderRequest {
  readonly symbol: string;
  readonly instruction: (typeof INSTRUCTIONS)[number];
  readonly orderType: (typeof ORDER_TYPES)[number];
  readonly session: string;
  readonly duration: string;
  /** Whole shares. */
  readonly shares: number;
  readonly limitPrice: string | null;
  readonly stopPrice: string | null;
}

/** Reads a POST body whose numbers are text. Throws `ZodError` naming the fields that are wrong. */
export function readPlaceOrderRequest(body: unknown): PlaceOrderRequest {
  const order = placeOrderSchema.parse(body);
  const [leg] = order.orderLegCollection;
  if (leg === undefined) throw new RangeError('An order without a leg passed the schema');
  return {
    symbol: leg.instrument.symbol,
    instruction: leg.instruction,
    orderType: order.orderType,
    session: order.session,
    duration: order.duration,
    shares: Number.parseInt(leg.quantity, 10),
    // A market order has no price of its own, whatever the client sends along.
    limitPrice: order.orderType.includes('LIMIT') ? (order.price ?? null) : null,
    stopPrice: order.stopPrice ?? null,
  };
}
