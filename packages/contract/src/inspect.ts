import { z } from 'zod';
import { decimalText, netPrice, orderStatus } from './values.ts';

const problem = z.object({ code: z.string(), message: z.string() });

/** What the tracker concludes from one order's JSON. A group (an OCO node) has status null and no legs. */
export interface InspectedOrder {
  brokerOrderId: string;
  brokerStatus: string;
  status: 'PENDING' | 'COMPLETED' | 'FAILED' | null;
  outcome: string | null;
  quantity: string | null;
  filledQuantity: string | null;
  averagePrice: string | null;
  netPrice: z.infer<typeof netPrice> | null;
  legs: z.infer<typeof inspectedLeg>[];
  fills: z.infer<typeof inspectedFill>[];
  flags: string[];
  children: InspectedOrder[];
}

const inspectedLeg = z.object({
  legId: z.string(),
  instruction: z.string().nullable(),
  symbol: z.string().nullable(),
  quantity: decimalText.nullable(),
  filledQuantity: decimalText,
  averagePrice: decimalText.nullable(),
});

const inspectedFill = z.object({
  key: z.string(),
  legId: z.string(),
  price: decimalText,
  quantity: decimalText,
  occurredAt: z.string().nullable(),
});

export const inspectedOrder: z.ZodType<InspectedOrder> = z.lazy(() =>
  z.object({
    brokerOrderId: z.string(),
    brokerStatus: z.string(),
    status: orderStatus.nullable(),
    outcome: z.string().nullable(),
    quantity: decimalText.nullable(),
    filledQuantity: decimalText.nullable(),
    averagePrice: decimalText.nullable(),
    netPrice: netPrice.nullable(),
    legs: z.array(inspectedLeg),
    fills: z.array(inspectedFill),
    flags: z.array(z.string()),
    children: z.array(inspectedOrder),
  }),
);

/** One line of `poller inspect`. */
export const inspection = z.union([
  z.object({ file: z.string(), orders: z.array(z.union([inspectedOrder, z.object({ error: problem })])) }),
  z.object({ file: z.string(), error: problem }),
]);
export type Inspection = z.infer<typeof inspection>;
