import { createContext, type ReactNode, useCallback, useContext, useState } from 'react';
import styles from './toasts.module.css';

interface Toast {
  readonly key: string;
  readonly text: string;
  readonly tone: 'plain' | 'bad';
}

type Say = (key: string, text: string, tone?: Toast['tone']) => void;

const ToastContext = createContext<Say | null>(null);

/** How many toasts stand at once. */
const SHOWN = 3;

/**
 * Short answers to what the person just did, and to nothing else. They stay until they are closed or pushed out: text
 * that goes away by itself is text that somebody missed.
 */
export function ToastProvider({ children }: { children: ReactNode }) {
  const [toasts, setToasts] = useState<readonly Toast[]>([]);
  const say = useCallback<Say>((key, text, tone = 'plain') => {
    setToasts((now) => [...now.filter((toast) => toast.key !== key), { key, text, tone }].slice(-SHOWN));
  }, []);
  const close = (key: string) => setToasts((now) => now.filter((toast) => toast.key !== key));
  return (
    <ToastContext value={say}>
      {children}
      <div className={styles.toasts} role="status" aria-live="polite">
        {toasts.map(({ key, text, tone }) => (
          <div key={key} className={styles.toast} data-tone={tone}>
            <span>{text}</span>
            <button type="button" data-look="bare" aria-label="Close message" onClick={() => close(key)}>
              ✕
            </button>
          </div>
        ))}
      </div>
    </ToastContext>
  );
}

/** Says something; a later word with the same key replaces the earlier one. */
export function useSay(): Say {
  const say = useContext(ToastContext);
  if (say === null) throw new Error('This part of the page needs a ToastProvider around it.');
  return say;
}
