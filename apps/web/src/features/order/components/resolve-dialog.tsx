import type { FullOrder, ResolveRequest } from '@fill-tracker/contract';
import { resolveRequest } from '@fill-tracker/contract';
import { type FormEvent, useId, useState } from 'react';
import { DialogEnd } from '../../../components/ui/dialog-end.tsx';
import { Modal } from '../../../components/ui/modal.tsx';
import { useSay } from '../../../components/ui/toasts.tsx';
import { messageOf } from '../../../lib/http.ts';
import { orderName } from '../../../lib/order-words.ts';
import { useResolve } from '../api/resolve.ts';
import { choicesFor, orderNumberIn, possiblePredecessors, type ResolveAction } from '../resolve-choices.ts';
import styles from './resolve-dialog.module.css';

/** Asks a person what the reports leave open of an order, and why they decide so. */
export function ResolveDialog(props: { order: FullOrder; first?: ResolveAction; onClose: () => void }) {
  const { order, first, onClose } = props;
  const say = useSay();
  const choices = choicesFor(order);
  const [action, setAction] = useState(first ?? choices[0]?.action ?? 'link');
  const [problem, setProblem] = useState<string | null>(null);
  const problemId = useId();
  const resolve = useResolve(order.id);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (resolve.isPending) return;
    const request = requestOf(action, new FormData(event.currentTarget));
    setProblem(typeof request === 'string' ? request : null);
    if (typeof request === 'string') return;
    try {
      const { text, isRefused } = await resolve.mutateAsync(request);
      if (isRefused) {
        setProblem(`Refused: ${text}`);
        return;
      }
      say('resolve', `${orderName(order)}: ${text}`);
      onClose();
    } catch (error) {
      setProblem(messageOf(error));
    }
  };
  return (
    <Modal title={`Resolve ${orderName(order)}`} onClose={onClose}>
      <form className={styles.form} onSubmit={(event) => void submit(event)} noValidate>
        <fieldset className={styles.choices}>
          <legend>What is true of this order?</legend>
          {choices.map((choice) => (
            <label key={choice.action} className={styles.choice}>
              <input
                type="radio"
                name="action"
                value={choice.action}
                checked={choice.action === action}
                data-first={choice.action === action ? '' : undefined}
                onChange={() => setAction(choice.action)}
              />
              <span>
                <strong>{choice.title}</strong>
                <span className={styles.explanation}>{choice.explanation}</span>
              </span>
            </label>
          ))}
        </fieldset>
        {action === 'link' && <Replaced order={order} problemId={problemId} />}
        <label>
          Why? It stays in the record.
          <input name="reason" autoComplete="off" maxLength={500} required aria-describedby={problemId} />
        </label>
        <label>
          Your name, for the record (may stay empty)
          <input name="by" autoComplete="name" maxLength={80} />
        </label>
        <DialogEnd
          problemId={problemId}
          problem={problem}
          action="Decide"
          isWaiting={resolve.isPending}
          onCancel={onClose}
        />
      </form>
    </Modal>
  );
}

/** Which order it replaces: one of those that fit, or any by its number. */
function Replaced({ order, problemId }: { order: FullOrder; problemId: string }) {
  const fitting = possiblePredecessors(order);
  if (fitting.length > 0) {
    return (
      <label>
        It replaces
        <select name="replaces" aria-describedby={problemId}>
          {fitting.map((other) => (
            <option key={other.id} value={other.id}>
              #{other.id} {orderName(other)}
            </option>
          ))}
        </select>
      </label>
    );
  }
  return (
    <label>
      It replaces (the number or the address of that order’s page here)
      <input name="replaces" autoComplete="off" maxLength={200} placeholder="/orders/12" aria-describedby={problemId} />
    </label>
  );
}

/** @returns what is wrong, for people, in place of a request */
function requestOf(action: ResolveAction, form: FormData): ResolveRequest | string {
  const text = (name: string) => {
    const value = form.get(name);
    return typeof value === 'string' ? value.trim() : '';
  };
  const reason = text('reason');
  if (reason === '') return 'Say why: whoever reads the record later will want to know.';
  const replaces = orderNumberIn(text('replaces'));
  if (action === 'link' && replaces === null) return 'Name the order that it replaces: such as 12, or /orders/12.';
  const by = text('by');
  const request = resolveRequest.safeParse({
    action,
    reason,
    ...(action === 'link' && { replaces }),
    ...(by !== '' && { by }),
  });
  return request.success ? request.data : 'Reason and name must be one line each.';
}
