import { barShare, groupedDecimal } from '../../lib/decimal-text.ts';
import styles from './fill-bar.module.css';

/** How much of a quantity has filled, as text with a bar below; `?` where nobody knows. */
export function FillBar({ filled, quantity }: { filled: string | null; quantity: string | null }) {
  const share = barShare(filled, quantity);
  return (
    <span className={styles.fillBar}>
      <span>
        {filled === null ? '?' : groupedDecimal(filled)}
        <span className={styles.of}>/{quantity === null ? '?' : groupedDecimal(quantity)}</span>
      </span>
      <span className={styles.track} aria-hidden="true">
        <span className={styles.bar} data-full={share === 1} style={{ width: `${share * 100}%` }} />
      </span>
    </span>
  );
}
