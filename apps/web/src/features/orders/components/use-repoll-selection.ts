import type { ListedOrder } from '@fill-tracker/contract';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useSay } from '../../../components/ui/toasts.tsx';
import { refreshOrders } from '../../live/api/refresh-queries.ts';
import { useReadServerClock } from '../../live/live-context.tsx';
import { repoll } from '../../order/api/repoll.ts';
import { repolledSentence, repollEach } from '../repoll-each.ts';
import type { Selection } from '../selection.ts';

export interface RepollProgress {
  readonly done: number;
  readonly total: number;
  readonly isStopping: boolean;
}

/** Re-polls what is picked, one run at a time, and says once what came of all. */
export function useRepollSelection() {
  const client = useQueryClient();
  const readServerClock = useReadServerClock();
  const say = useSay();
  const [progress, setProgress] = useState<RepollProgress | null>(null);
  const isRunning = useRef(false);
  const isStopped = useRef(false);

  const run = async (orders: readonly ListedOrder[]) => {
    const total = orders.length;
    isStopped.current = false;
    setProgress({ done: 0, total, isStopping: false });
    const done = await repollEach(orders, (order) => repoll(order, readServerClock), {
      onDone: (count) => setProgress({ done: count, total, isStopping: isStopped.current }),
      isStopped: () => isStopped.current,
    });
    setProgress(null);
    void refreshOrders(client, new Set(done.map(({ order }) => order.id)));
    const { text, isProblem } = repolledSentence(done, total);
    say('repoll selection', text, isProblem ? 'bad' : 'plain');
  };
  return {
    progress,
    start: (selection: Selection) => {
      if (isRunning.current || selection.size === 0) return;
      isRunning.current = true;
      void run([...selection.values()]).finally(() => {
        isRunning.current = false;
      });
    },
    stop: () => {
      isStopped.current = true;
      setProgress((now) => now && { ...now, isStopping: true });
    },
  };
}
