import type { TruthOrder } from '@fill-tracker/schwab-simulator';
import { z } from 'zod';

const truthLeg = z.object({
  legId: z.string(),
  symbol: z.string(),
  instruction: z.string(),
  quantity: z.string(),
  filledQuantity: z.string(),
  averagePrice: z.string().nullable(),
});

const truthVerdict = z.object({
  status: z.enum(['PENDING', 'COMPLETED', 'FAILED']),
  filledQuantity: z.string(),
  averagePrice: z.string().nullable(),
  fills: z.array(z.object({ price: z.string(), quantity: z.string(), occurredAt: z.string() })),
  legs: z.array(truthLeg).exactOptional(),
  netPrice: z
    .object({ amount: z.string(), effect: z.enum(['CREDIT', 'DEBIT', 'EVEN']) })
    .nullable()
    .exactOptional(),
});

const truthAnswer = z.object({
  orders: z.array(
    truthVerdict.extend({
      brokerOrderId: z.string(),
      brokerStatus: z.string(),
      byOrdersAlone: truthVerdict.exactOptional(),
    }),
  ),
});

/** What a running simulator says that a correct tracker must end with. */
export async function fetchTruth(simulatorUrl: string): Promise<readonly TruthOrder[]> {
  const answer = await fetch(`${simulatorUrl}/simulator/truth`);
  return truthAnswer.parse(await answer.json()).orders;
}
