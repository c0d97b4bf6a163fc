import type { ListedOrder } from '@fill-tracker/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { giveCommand } from '../../../lib/commands.ts';
import { messageOf } from '../../../lib/http.ts';
import { refreshOrders } from '../../live/api/refresh-queries.ts';
import { useReadServerClock } from '../../live/live-context.tsx';
import { repollSentence } from '../repoll-sentence.ts';

/** What came of a re-poll: one line for the screen. */
export interface RepollOutcome {
  readonly text: string;
  readonly isProblem: boolean;
}

/** Has the poller ask the broker about an order at once. Never fails: a failure is an outcome, too. */
export function useRepoll() {
  const client = useQueryClient();
  const readServerClock = useReadServerClock();
  return useMutation({
    mutationFn: async (order: Pick<ListedOrder, 'id' | 'quantity'>): Promise<RepollOutcome> => {
      try {
        const report = await giveCommand(`/api/orders/${order.id}/repoll`);
        void refreshOrders(client, new Set([order.id]));
        return { text: repollSentence(report, order.quantity, readServerClock()), isProblem: report.state !== 'DONE' };
      } catch (error) {
        return { text: messageOf(error), isProblem: true };
      }
    },
  });
}
