import { type CommandReport, resolveOutcome, type ResolveRequest } from '@fill-tracker/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { giveCommand, problemOf, queuedSentence } from '../../../lib/commands.ts';
import { refreshOrders } from '../../live/api/refresh-queries.ts';
import { resolvedSentence } from '../resolve-choices.ts';

/** What came of a decision: `isRefused` with the poller's reason, or done, or kept for later. */
export interface DecisionResult {
  readonly text: string;
  readonly isRefused: boolean;
}

/** Hands a person's decision on an order to the poller, and brings up to date what the page shows of it. */
export function useResolve(orderId: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (request: ResolveRequest): Promise<DecisionResult> =>
      resultOf(await giveCommand(`/api/orders/${orderId}/resolve`, request)),
    onSuccess: (_result, request) => {
      void refreshOrders(client, new Set(request.action === 'link' ? [orderId, request.replaces] : [orderId]));
    },
  });
}

function resultOf(report: CommandReport): DecisionResult {
  if (report.state === 'FAILED') return { text: problemOf(report), isRefused: true };
  if (report.state === 'QUEUED') return { text: queuedSentence(report), isRefused: false };
  const outcome = resolveOutcome.safeParse(report.outcome);
  return { text: outcome.success ? resolvedSentence(outcome.data) : 'Done.', isRefused: false };
}
