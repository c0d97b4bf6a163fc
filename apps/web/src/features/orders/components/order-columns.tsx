import type { ListedOrder, OrderSort } from '@fill-tracker/contract';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Decimal } from '../../../components/ui/decimal.tsx';
import { FillBar } from '../../../components/ui/fill-bar.tsx';
import { FillPrice } from '../../../components/ui/fill-price.tsx';
import { FlagList } from '../../../components/ui/flag-list.tsx';
import { OrderStatus } from '../../../components/ui/order-status.tsx';
import { VerdictMark } from '../../../components/ui/verdict-mark.tsx';
import { termsOf } from '../../../lib/order-words.ts';
import { symbolText } from '../../../lib/symbol-text.ts';
import { latencyText } from '../../../lib/time-text.ts';
import { isBeforeMultiplier, premiumText } from '../../../lib/value-words.ts';
import { wordsOf } from '../../../lib/words.ts';
import { Ago } from '../../live/components/ago.tsx';
import { LastChecked } from './last-checked.tsx';
import styles from './orders-table.module.css';

export interface OrderColumn {
  /** Also names the column in the style sheet, which decides how wide it is and on which screens it shows. */
  readonly key: string;
  readonly title: string;
  /** What the server can sort by. */
  readonly sort?: OrderSort;
  readonly isNumber?: true;
  readonly cell: (order: ListedOrder) => ReactNode;
}

export const ORDER_COLUMNS: readonly OrderColumn[] = [
  { key: 'symbol', title: 'Symbol', sort: 'symbol', cell: (order) => <SymbolCell order={order} /> },
  { key: 'side', title: 'Side', cell: ({ instruction }) => (instruction === null ? '—' : wordsOf(instruction)) },
  {
    key: 'quantity',
    title: 'Quantity',
    cell: ({ filledQuantity, quantity }) => <FillBar filled={filledQuantity} quantity={quantity} />,
  },
  { key: 'type', title: 'Type', cell: (order) => termsOf(order) || '—' },
  {
    key: 'price',
    title: 'Avg fill price',
    isNumber: true,
    // Before the price, where it moves no digit.
    cell: (order) => (
      <>
        <VerdictMark verdict={order.verdict} />
        <FillPrice order={order} />
      </>
    ),
  },
  {
    key: 'value',
    title: 'Value, USD',
    isNumber: true,
    cell: (order) => <ValueCell order={order} />,
  },
  { key: 'status', title: 'Status', cell: (order) => <OrderStatus order={order} /> },
  { key: 'flags', title: 'Flags', cell: ({ flags }) => <FlagList flags={flags} shown={1} /> },
  { key: 'entered', title: 'Entered', sort: 'enteredAt', cell: ({ enteredAt }) => agoOrDash(enteredAt) },
  { key: 'closed', title: 'Closed', sort: 'closedAt', cell: ({ closedAt }) => agoOrDash(closedAt) },
  {
    key: 'latency',
    title: 'Detected',
    isNumber: true,
    cell: ({ detectionLatencyMs }) =>
      detectionLatencyMs === null ? (
        '—'
      ) : (
        <span title="From the broker's time of the last fill to its record, at most: broker times are whole seconds">
          {latencyText(detectionLatencyMs)}
        </span>
      ),
  },
  { key: 'checked', title: 'Checked', cell: (order) => <LastChecked order={order} suffix="" /> },
];

function SymbolCell({ order }: { order: ListedOrder }) {
  const { id, symbol, legCount, brokerOrderId, account, instruction, flags } = order;
  return (
    <>
      <Link
        to="/orders/$orderId"
        params={{ orderId: String(id) }}
        id={`order-${id}`}
        className={styles.symbol}
        title={`${symbol ?? 'Symbol unknown'}, order ${brokerOrderId ?? 'without a broker id'}, account ${account.id} ${account.maskedNumber}`}
      >
        {symbol === null ? (brokerOrderId ?? `#${id}`) : symbolText(symbol)}
        {legCount > 1 && <span className={styles.legs}> +{legCount - 1}</span>}
      </Link>
      {flags.length > 0 && (
        <span className={styles.flagged} title={flags.map(wordsOf).join(', ')}>
          <span aria-hidden="true">⚑</span>
          <span className="visually-hidden">needs attention</span>
        </span>
      )}
      <span className={styles.second}>{instruction === null ? '' : wordsOf(instruction)}</span>
    </>
  );
}

/** A dash for an option: what stands in a column of dollars is read as dollars. */
function ValueCell({ order: { sum, assetType } }: { order: ListedOrder }) {
  if (sum === null || sum === '0') return '—';
  if (isBeforeMultiplier(assetType)) return <span title={`Not known in USD: ${premiumText(sum)}`}>—</span>;
  return <Decimal text={sum} />;
}

function agoOrDash(at: string | null): ReactNode {
  return at === null ? '—' : <Ago at={at} suffix="" />;
}
