import type { ReactNode } from 'react';
import styles from './message.module.css';

/**
 * What stands where something is missing: nothing to show yet, nothing found, or an error with a way on.
 *
 * @param props.isPage it is all that the page shows, and its title thus the page's heading
 */
export function Message(props: {
  title: string;
  tone?: 'plain' | 'bad';
  isPage?: boolean;
  children?: ReactNode;
  actions?: ReactNode;
}) {
  const { title, tone = 'plain', isPage = false, children, actions } = props;
  const Title = isPage ? 'h1' : 'p';
  return (
    <div className={styles.message} data-tone={tone} role={tone === 'bad' ? 'alert' : undefined}>
      <Title className={styles.title}>{title}</Title>
      {children !== undefined && <div className={styles.body}>{children}</div>}
      {actions !== undefined && <div className={styles.actions}>{actions}</div>}
    </div>
  );
}
