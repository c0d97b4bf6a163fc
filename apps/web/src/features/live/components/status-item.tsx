import type { ReactNode } from 'react';
import styles from './status-item.module.css';

/** One of the things that are always on the screen: a mark, a word, and what there is to add. */
export function StatusItem(props: {
  label: string;
  tone: 'neutral' | 'good' | 'warn' | 'bad';
  title?: string;
  more?: ReactNode;
  children: ReactNode;
}) {
  const { label, tone, title, more, children } = props;
  return (
    <div className={styles.item} data-tone={tone} title={title} role="group" aria-label={label}>
      <span className={styles.mark} aria-hidden="true" />
      <span className={styles.word}>{children}</span>
      {more !== undefined && <span className={styles.more}>{more}</span>}
    </div>
  );
}
