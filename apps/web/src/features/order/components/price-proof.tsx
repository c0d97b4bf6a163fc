import type { FullFill, FullLeg, FullOrder } from '@fill-tracker/contract';
import { CodeText } from '../../../components/ui/code-text.tsx';
import { Panel } from '../../../components/ui/panel.tsx';
import { dollars, groupedDecimal } from '../../../lib/decimal-text.ts';
import { symbolText } from '../../../lib/symbol-text.ts';
import { counted, wordsOf } from '../../../lib/words.ts';
import { whyNoProof } from '../no-proof-words.ts';
import styles from './price-proof.module.css';

/** Terms of a sum that are written out; beyond them the fills table has them all. */
const TERMS = 12;

/** Averages are rounded to so many decimals by the server. */
const AVERAGE_DECIMALS = 8;

/**
 * The arithmetic behind a price. Nothing is computed here: sums, quantities and averages are the record's own, written
 * as what they are made of, so that anybody can check them.
 */
export function PriceProof({ order }: { order: FullOrder }) {
  const { fills } = order;
  const legs = order.legs.filter(({ filledQuantity }) => filledQuantity !== '0');
  if (legs.length === 0) {
    return (
      <Panel title="Why this price">
        <p className={styles.none}>
          <CodeText>{whyNoProof(order)}</CodeText>
        </p>
      </Panel>
    );
  }
  return (
    <Panel title="Why this price">
      {legs.map((leg) => (
        <LegProof
          key={leg.legId}
          leg={leg}
          fills={fills.filter(({ legId }) => legId === leg.legId)}
          isOnly={order.legs.length === 1}
        />
      ))}
      {order.netPrice !== null && (
        <p className={styles.net}>
          What the legs sold for less what the bought ones cost, for one of{' '}
          {groupedDecimal(order.filledQuantity ?? '?')} filled:{' '}
          <strong>
            {dollars(order.netPrice.amount)} {order.netPrice.effect.toLowerCase()}
          </strong>
        </p>
      )}
    </Panel>
  );
}

function LegProof({ leg, fills, isOnly }: { leg: FullLeg; fills: readonly FullFill[]; isOnly: boolean }) {
  const { sum, filledQuantity, averagePrice } = leg;
  const isRounded = (averagePrice?.split('.')[1] ?? '').length === AVERAGE_DECIMALS;
  return (
    <div className={styles.leg}>
      {!isOnly && (
        <h3>
          Leg {leg.legId}: {leg.instruction === null ? '' : wordsOf(leg.instruction)}{' '}
          {leg.symbol !== null && symbolText(leg.symbol)}
        </h3>
      )}
      <p className={styles.sum}>
        {fills.slice(0, TERMS).map((fill, i) => (
          <span key={`${fill.key} ${fill.version}`}>
            {i > 0 && ' + '}
            {groupedDecimal(fill.quantity)} × {dollars(fill.price)}
          </span>
        ))}
        {fills.length > TERMS && <span> + {counted(fills.length - TERMS, 'more fill')}</span>}
        <span> = {dollars(sum)}</span>
      </p>
      {averagePrice !== null && (
        <p className={styles.sum}>
          {dollars(sum)} ÷ {groupedDecimal(filledQuantity)} = <strong>{dollars(averagePrice)}</strong>
          {isRounded && <span className={styles.note}> rounded half up to {AVERAGE_DECIMALS} decimals</span>}
        </p>
      )}
    </div>
  );
}
