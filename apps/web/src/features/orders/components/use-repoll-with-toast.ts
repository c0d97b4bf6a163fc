import type { ListedOrder } from '@fill-tracker/contract';
import { useCallback } from 'react';
import { useSay } from '../../../components/ui/toasts.tsx';
import { orderName } from '../../../lib/order-words.ts';
import { useRepoll } from '../../order/api/repoll.ts';

/** Re-polls an order of the list, and says what came of it. */
export function useRepollWithToast(): (order: ListedOrder) => void {
  const { mutateAsync } = useRepoll();
  const say = useSay();
  return useCallback(
    (order) => {
      const key = `repoll ${order.id}`;
      say(key, `${orderName(order)}: asking the broker…`);
      void mutateAsync(order).then(({ text, isProblem }) =>
        say(key, `${orderName(order)}: ${text}`, isProblem ? 'bad' : 'plain'),
      );
    },
    [mutateAsync, say],
  );
}
