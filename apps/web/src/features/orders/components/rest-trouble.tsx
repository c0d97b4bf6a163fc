import { useLayoutEffect, useRef } from 'react';
import { messageOf } from '../../../lib/http.ts';
import { ORDERS_TABLE } from './orders-table.tsx';
import styles from './rest-trouble.module.css';

/** Stands at the end of the rows when those after them could not be loaded: else the end would look like the last row. */
export function RestTrouble(props: { error: Error; isRetrying: boolean; onRetry: () => void }) {
  const { error, isRetrying, onRetry } = props;
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const shown = box.current;
    return () => {
      // The button goes away, and with it what had the focus.
      if (shown?.contains(document.activeElement) === true) {
        document.querySelector<HTMLElement>(`#${ORDERS_TABLE}`)?.focus();
      }
    };
  }, []);
  return (
    <div ref={box} className={styles.trouble} role="alert">
      {/* Other words while it tries: a second failure is then read aloud as the first was. */}
      {isRetrying ? 'Trying again…' : `The rest of the orders could not be loaded. ${messageOf(error)}`}
      <button type="button" onClick={onRetry}>
        Try again
      </button>
    </div>
  );
}
