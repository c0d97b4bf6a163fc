import { splitDecimal } from '../../lib/decimal-text.ts';
import styles from './decimal.module.css';

/**
 * A decimal with all its digits. In a column whose table sets `--fraction-digits` the points stand below one another.
 *
 * @param minFraction 2 for dollars, 0 for quantities
 */
export function Decimal({ text, minFraction = 2 }: { text: string; minFraction?: number }) {
  const { sign, whole, fraction } = splitDecimal(text, minFraction);
  return (
    <span className={styles.decimal}>
      <span>
        {sign}
        {whole}
      </span>
      <span className={styles.fraction}>{fraction === '' ? '' : `.${fraction}`}</span>
    </span>
  );
}
