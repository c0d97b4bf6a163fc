import type { TruthOrder } from '@fill-tracker/schwab-simulator';
import { z } from 'zod';

const truthAnswer = z.object({
  orders: z.array(
    z.object({
      brokerOrderId: z.string(),
      brokerStatus: z.string(),
      status: z.enum(['PENDING', 'COMPLETED', 'FAILED']),
      filledQuantity: z.string(),
      averagePrice: z.string().nullable(),
      fills: z.array(z.object({ price: z.string(), quantity: z.string(), occurredAt: z.string() })),
    }),
  ),
});

/** What a running simulator says that a correct tracker must end with. */
export async function fetchTruth(simulatorUrl: string): Promise<readonly TruthOrder[]> {
  const answer = await fetch(`${simulatorUrl}/simulator/truth`);
  return truthAnswer.parse(await answer.json()).orders;
}
