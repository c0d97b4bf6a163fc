import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useId, useState } from 'react';
import { useReadServerClock } from '../../live/live-context.tsx';
import { instantOfLocalInput, localInputText } from '../order-search.ts';
import styles from './as-known-form.module.css';

/**
 * Asks for an instant at which to look at the order.
 *
 * @param at the instant that is shown, ISO 8601; null for now
 */
export function AsKnownForm({ orderId, at }: { orderId: number; at: string | null }) {
  const navigate = useNavigate();
  const readServerClock = useReadServerClock();
  const [start] = useState(() => localInputText(at === null ? readServerClock() : Date.parse(at)));
  const id = useId();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const value = new FormData(event.currentTarget).get('at');
    const asKnownAt = typeof value === 'string' ? instantOfLocalInput(value) : null;
    if (asKnownAt === null) return;
    void navigate({ to: '/orders/$orderId', params: { orderId: String(orderId) }, search: { asKnownAt } });
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <label htmlFor={id}>As it was known at, your time</label>
      <input id={id} name="at" type="datetime-local" step={1} defaultValue={start} required />
      <button type="submit">Show</button>
    </form>
  );
}
