import { type CommandReport, trackRequest } from '@fill-tracker/contract';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useId, useState } from 'react';
import { DialogEnd } from '../../../components/ui/dialog-end.tsx';
import { Modal } from '../../../components/ui/modal.tsx';
import { useSay } from '../../../components/ui/toasts.tsx';
import { problemOf, queuedSentence } from '../../../lib/commands.ts';
import { messageOf } from '../../../lib/http.ts';
import { accountsQuery } from '../api/accounts.ts';
import { useTrackOrder } from '../api/track-order.ts';
import styles from './track-dialog.module.css';

/** Asks for the id that the broker gave an order, and has it watched. */
export function TrackDialog({ onClose }: { onClose: () => void }) {
  const accounts = useQuery(accountsQuery);
  const navigate = useNavigate();
  const say = useSay();
  const [problem, setProblem] = useState<string | null>(null);
  const problemId = useId();
  const track = useTrackOrder((report) => {
    if (report.state === 'FAILED') {
      setProblem(`It cannot be tracked: ${problemOf(report)}.`);
      return;
    }
    say('track', toldOf(report));
    onClose();
    const { orderId } = report;
    if (orderId !== null) void navigate({ to: '/orders/$orderId', params: { orderId: String(orderId) } });
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const checked = trackRequest.safeParse(valuesOf(event.currentTarget));
    setProblem(checked.success ? null : sentenceOf(checked.error.issues));
    if (checked.success) track.mutate(checked.data);
  };
  const shown = problem ?? (track.isError ? messageOf(track.error) : null);
  return (
    <Modal title="Track an order" onClose={onClose}>
      <form className={styles.form} onSubmit={submit} noValidate>
        <p>An order that was placed elsewhere: by your bot, at schwab.com, in thinkorswim.</p>
        <label>
          Account
          <select name="account" aria-describedby={problemId}>
            {accounts.data?.map(({ id, maskedNumber, label }) => (
              <option key={id} value={id}>
                {id} {label ?? ''} {maskedNumber}
              </option>
            ))}
          </select>
        </label>
        {accounts.data?.length === 0 && <p>No account is known yet: the poller learns of them when it first runs.</p>}
        {accounts.isError && <p>The accounts could not be loaded: {messageOf(accounts.error)}</p>}
        <label>
          Schwab’s order id
          <input
            name="brokerOrderId"
            data-first
            inputMode="numeric"
            autoComplete="off"
            maxLength={30}
            placeholder="1059685024002"
            aria-describedby={problemId}
            aria-invalid={shown !== null}
          />
        </label>
        <DialogEnd
          problemId={problemId}
          problem={shown}
          action="Track"
          isWaiting={track.isPending}
          onCancel={onClose}
        />
      </form>
    </Modal>
  );
}

function valuesOf(form: HTMLFormElement): Record<string, string> {
  const data = new FormData(form);
  const text = (name: string) => {
    const value = data.get(name);
    return typeof value === 'string' ? value.trim() : '';
  };
  return { account: text('account'), brokerOrderId: text('brokerOrderId') };
}

function sentenceOf(issues: readonly { path: readonly PropertyKey[] }[]): string {
  return issues.some(({ path }) => path[0] === 'brokerOrderId')
    ? 'An order id has 1 to 19 digits and nothing else.'
    : 'Choose an account.';
}

function toldOf(report: CommandReport): string {
  if (report.state === 'QUEUED') return queuedSentence(report);
  const id = report.brokerOrderId ?? 'The order';
  return report.outcome?.['alreadyTracked'] === true ? `${id} was tracked already.` : `${id} is tracked from now on.`;
}
