import type { CommandReport, TrackRequest } from '@fill-tracker/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { giveCommand } from '../../../lib/commands.ts';
import { refreshOrders } from '../../live/api/refresh-queries.ts';

/** Starts to track an order that was placed elsewhere. */
export function useTrackOrder(onDone: (report: CommandReport) => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (request: TrackRequest) => giveCommand('/api/orders', request),
    onSuccess: (report) => {
      void refreshOrders(client, new Set());
      onDone(report);
    },
  });
}
