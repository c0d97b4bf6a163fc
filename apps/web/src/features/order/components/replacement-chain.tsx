import type { ChainTotals, FullOrder, ListedOrder } from '@fill-tracker/contract';
import { Link } from '@tanstack/react-router';
import { OrderStatus } from '../../../components/ui/order-status.tsx';
import { Panel } from '../../../components/ui/panel.tsx';
import { dollars, groupedDecimal } from '../../../lib/decimal-text.ts';
import { orderName } from '../../../lib/order-words.ts';
import { isBeforeMultiplier, premiumText } from '../../../lib/value-words.ts';
import styles from './replacement-chain.module.css';
import { ResolveButton } from './resolve-button.tsx';

const BASES = {
  INFERRED: 'inferred: same symbol, side, leftover and time',
  OPERATOR: 'set by operator',
} as const satisfies Record<FullOrder['chainLinks'][number]['basis'], string>;

/** The orders that replaced one another, oldest first, how that is known, and what they come to together. */
export function ReplacementChain({ order }: { order: FullOrder }) {
  const { chain, chainLinks, chainTotals, chainAmbiguous } = order;
  const isChain = chain.length > 1;
  if (!isChain && chainAmbiguous.length === 0) return null;
  return (
    <Panel
      title="Replacements"
      aside={
        isChain && (
          <ResolveButton order={order} first={chainLinks.some(({ to }) => to === order.id) ? 'unlink' : 'link'}>
            Not right?
          </ResolveButton>
        )
      }
    >
      {isChain && (
        <ol className={styles.chain}>
          {chain.map((link) => {
            const basis = chainLinks.find(({ to }) => to === link.id)?.basis;
            return (
              <li key={link.id}>
                <span>
                  <OrderName order={link} isHere={link.id === order.id} />
                  {basis !== undefined && <span className={styles.basis}>took its place, {BASES[basis]}</span>}
                </span>
                <OrderStatus order={link} />
              </li>
            );
          })}
        </ol>
      )}
      {chainTotals !== null && <p className={styles.totals}>{totalsText(chainTotals, order.assetType)}</p>}
      {chainAmbiguous.map(({ from, candidates }) => (
        <div key={from.id} className={styles.ambiguous}>
          <p>
            <OrderName order={from} isHere={from.id === order.id} /> was replaced, and nothing tells by which of these.
            On the page of the right one, choose “Resolve…”.
          </p>
          <ul>
            {candidates.map((candidate) => (
              <li key={candidate.id}>
                <OrderName order={candidate} isHere={candidate.id === order.id} />
              </li>
            ))}
          </ul>
        </div>
      ))}
    </Panel>
  );
}

function OrderName({ order, isHere }: { order: ListedOrder; isHere: boolean }) {
  const name = `#${order.id} ${orderName(order)}`;
  return isHere ? (
    <strong>{name}</strong>
  ) : (
    <Link to="/orders/$orderId" params={{ orderId: String(order.id) }}>
      {name}
    </Link>
  );
}

function totalsText({ filledQuantity, averagePrice, sum }: ChainTotals, assetType: string | null): string {
  if (filledQuantity === null) return 'Together: the filled quantity of one of them is not known.';
  const price = averagePrice === null ? '' : ` at ${dollars(averagePrice)} on average`;
  const value = sum === null || sum === '0' ? '' : `, ${valueText(sum, assetType)}`;
  return `Together: ${groupedDecimal(filledQuantity)} filled${price}${value}.`;
}

function valueText(sum: string, assetType: string | null): string {
  return isBeforeMultiplier(assetType) ? premiumText(sum) : `${dollars(sum)} USD`;
}
