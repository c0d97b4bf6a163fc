import type { ListedOrder } from '@fill-tracker/contract';
import { Decimal } from '../../../components/ui/decimal.tsx';
import { BEFORE_MULTIPLIER, isBeforeMultiplier } from '../../../lib/value-words.ts';
import styles from './order-value.module.css';

/** What the fills of an order come to; an option's with what it leaves out. */
export function OrderValue({ sum, assetType }: Pick<ListedOrder, 'sum' | 'assetType'>) {
  if (sum === null || sum === '0') return '—';
  return (
    <>
      <Decimal text={sum} />
      {isBeforeMultiplier(assetType) && <span className={styles.note}> {BEFORE_MULTIPLIER}</span>}
    </>
  );
}
