import type { ReactNode } from 'react';
import { classes } from '../../lib/classes.ts';
import styles from './scroll-box.module.css';

/** A part of a page that scrolls by itself: with the keyboard, too, and with a name for screen readers. */
export function ScrollBox({
  label,
  height,
  children,
}: {
  label: string;
  height: 'middle' | 'tall';
  children: ReactNode;
}) {
  return (
    <div className={classes(styles.box, styles[height])} role="region" aria-label={label} tabIndex={0}>
      {children}
    </div>
  );
}
