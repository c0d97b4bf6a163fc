import { type ReactNode, type SyntheticEvent, useEffect, useId, useRef, useState } from 'react';
import styles from './modal.module.css';

/**
 * A dialog over the page: the browser keeps the focus inside and closes it on Escape. What carries `data-first` gets it
 * first; what had it before gets it back, however the dialog ends.
 */
export function Modal({ title, onClose, children }: { title: string; onClose: () => void; children: ReactNode }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  const [opener] = useState(() => document.activeElement);
  useEffect(() => {
    dialog.current?.showModal();
    dialog.current?.querySelector<HTMLElement>('[data-first]')?.focus();
    // The browser itself gives the focus back only when the dialog is closed before it is gone.
    return () => {
      if (opener instanceof HTMLElement) opener.focus();
    };
  }, [opener]);
  // Left to itself, the browser hides the dialog first and tells of it later: a key pressed in between would be lost.
  const onCancel = (event: SyntheticEvent) => {
    event.preventDefault();
    onClose();
  };
  return (
    <dialog ref={dialog} aria-labelledby={id} onCancel={onCancel} onClose={onClose}>
      <header className={styles.head}>
        <h2 id={id}>{title}</h2>
        <button type="button" data-look="bare" aria-label="Close" onClick={onClose}>
          ✕
        </button>
      </header>
      {children}
    </dialog>
  );
}
