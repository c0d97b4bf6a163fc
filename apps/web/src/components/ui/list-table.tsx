import type { CSSProperties, ReactNode } from 'react';
import { ScrollBox } from './scroll-box.tsx';
import styles from './list-table.module.css';

export interface ListColumn {
  readonly title: string;
  /** Its cells carry `data-number` too. */
  readonly isNumber?: true;
}

/**
 * The frame of a plain list: heads that stay while its rows scroll.
 *
 * @param isWide rows stay on one line; where they do not fit, the box scrolls
 * @param children one `<tr>` for each thing
 */
export function ListTable(props: {
  label: string;
  columns: readonly ListColumn[];
  isWide?: boolean;
  style?: CSSProperties;
  children: ReactNode;
}) {
  const { label, columns, isWide = false, style, children } = props;
  return (
    <>
      {isWide && <p className={styles.hint}>Scroll sideways for all columns →</p>}
      <ScrollBox label={label} height="middle">
        <table className={styles.table} data-wide={isWide} style={style}>
          <thead>
            <tr>
              {columns.map(({ title, isNumber }) => (
                <th key={title} scope="col" data-number={isNumber}>
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>{children}</tbody>
        </table>
      </ScrollBox>
    </>
  );
}
