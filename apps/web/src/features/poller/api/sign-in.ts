import { type CommandReport, signInOutcome, type SignInRequest, signInStatus } from '@fill-tracker/contract';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { giveCommand, problemOf } from '../../../lib/commands.ts';
import { requestJson } from '../../../lib/http.ts';
import { queryKeys } from '../../../lib/query-keys.ts';
import { marketWeekMoment } from '../../../lib/time-text.ts';

/** Asked for by each dialog anew: links end, and each works once. */
export const signInQuery = queryOptions({
  queryKey: queryKeys.signIn,
  queryFn: ({ signal }) => requestJson(signInStatus, '/api/sign-in', { signal }),
  staleTime: 0,
  gcTime: 0,
});

/** What came of handing over the address. */
export interface SignInResult {
  readonly text: string;
  readonly isSignedIn: boolean;
}

/** Hands over the address of the page after the sign-in. It holds a code, so it is kept nowhere. */
export function useSignIn() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (request: SignInRequest): Promise<SignInResult> =>
      resultOf(await giveCommand('/api/sign-in', request)),
    gcTime: 0,
    onSettled: () =>
      Promise.all([queryKeys.signIn, queryKeys.poller].map((queryKey) => client.invalidateQueries({ queryKey }))),
  });
}

function resultOf(report: CommandReport): SignInResult {
  if (report.state === 'FAILED') return { text: `Not signed in: ${problemOf(report)}`, isSignedIn: false };
  const outcome = signInOutcome.safeParse(report.outcome);
  if (outcome.success)
    return { text: `Signed in until ${marketWeekMoment(outcome.data.signInEndsAt)}.`, isSignedIn: true };
  const text =
    report.pollerState === 'running'
      ? 'The poller has not come to it yet. Codes are good for 30 seconds only: if nothing changes, use a new link.'
      : 'No poller is at work, and codes are good for 30 seconds only. Start the poller, then use a new link.';
  return { text, isSignedIn: false };
}
