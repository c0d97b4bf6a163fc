import type { ReactNode } from 'react';
import styles from './message.module.css';

/** What stands where something is missing: nothing to show yet, nothing found, or an error with a way on. */
export function Message(props: { title: string; tone?: 'plain' | 'bad'; children?: ReactNode; actions?: ReactNode }) {
  const { title, tone = 'plain', children, actions } = props;
  return (
    <div className={styles.message} data-tone={tone} role={tone === 'bad' ? 'alert' : undefined}>
      <p className={styles.title}>{title}</p>
      {children !== undefined && <div className={styles.body}>{children}</div>}
      {actions !== undefined && <div className={styles.actions}>{actions}</div>}
    </div>
  );
}
