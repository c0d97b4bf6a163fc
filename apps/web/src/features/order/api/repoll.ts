import type { ListedOrder } from '@fill-tracker/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { giveCommand } from '../../../lib/commands.ts';
import { messageOf } from '../../../lib/http.ts';
import { refreshOrders } from '../../live/api/refresh-queries.ts';
import { useReadServerClock } from '../../live/live-context.tsx';
import { hasNews, isChecked, repollSentence } from '../repoll-sentence.ts';

/** What came of a re-poll. */
export interface RepollOutcome {
  /** One line for the screen. */
  readonly text: string;
  readonly isProblem: boolean;
  /** The record says something else than before. */
  readonly hasNews: boolean;
}

/**
 * Has the poller ask the broker about an order at once. Never fails: a failure is an outcome, too.
 *
 * @param readServerClock ms
 */
export async function repoll(
  order: Pick<ListedOrder, 'id' | 'quantity'>,
  readServerClock: () => number,
): Promise<RepollOutcome> {
  try {
    const report = await giveCommand(`/api/orders/${order.id}/repoll`);
    const text = repollSentence(report, order.quantity, readServerClock());
    return { text, isProblem: !isChecked(report), hasNews: hasNews(report) };
  } catch (error) {
    return { text: messageOf(error), isProblem: true, hasNews: false };
  }
}

/** Re-polls one order, and brings up to date what the page shows of it. */
export function useRepoll() {
  const client = useQueryClient();
  const readServerClock = useReadServerClock();
  return useMutation({
    mutationFn: async (order: Pick<ListedOrder, 'id' | 'quantity'>): Promise<RepollOutcome> => {
      const outcome = await repoll(order, readServerClock);
      void refreshOrders(client, new Set([order.id]));
      return outcome;
    },
  });
}
