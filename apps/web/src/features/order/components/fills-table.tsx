import type { FullFill, FullOrder } from '@fill-tracker/contract';
import { useMemo } from 'react';
import { Decimal } from '../../../components/ui/decimal.tsx';
import { type ListColumn, ListTable } from '../../../components/ui/list-table.tsx';
import { Panel } from '../../../components/ui/panel.tsx';
import { longestFraction } from '../../../lib/decimal-text.ts';
import { symbolText } from '../../../lib/symbol-text.ts';
import { exactMoment, latencyText, marketClock } from '../../../lib/time-text.ts';
import { counted } from '../../../lib/words.ts';
import { newestFills } from '../newest-fills.ts';
import styles from './fills-table.module.css';

/** Every fill, by the broker's time. A fill that was corrected stays, struck out. */
export function FillsTable({ order }: { order: FullOrder }) {
  const { fills, legs } = order;
  const counting = useMemo(() => new Set(newestFills(fills)), [fills]);
  if (fills.length === 0) return null;
  const sizes = {
    '--fraction-digits': longestFraction(
      fills.map(({ price }) => price),
      2,
    ),
  };
  return (
    <Panel title="Fills" aside={<span className={styles.count}>{counted(counting.size, 'fill')}</span>}>
      <ListTable label="Fills table" columns={columnsFor(legs)} style={sizes}>
        {fills.map((fill) => (
          <FillRow
            key={`${fill.key} ${fill.version}`}
            fill={fill}
            leg={legs.length > 1 ? legName(legs, fill.legId) : null}
            isCounting={counting.has(fill)}
          />
        ))}
      </ListTable>
    </Panel>
  );
}

function columnsFor(legs: FullOrder['legs']): readonly ListColumn[] {
  return [
    { title: 'Traded, ET' },
    ...(legs.length > 1 ? [{ title: 'Leg' }] : []),
    { title: 'Quantity', isNumber: true },
    { title: 'Price', isNumber: true },
    { title: 'Recorded after', isNumber: true },
  ];
}

function legName(legs: FullOrder['legs'], id: string): string {
  const symbol = legs.find(({ legId }) => legId === id)?.symbol ?? null;
  return symbol === null ? `Leg ${id}` : symbolText(symbol);
}

function FillRow({ fill, leg, isCounting }: { fill: FullFill; leg: string | null; isCounting: boolean }) {
  const { occurredAt, committedAt, quantity, price } = fill;
  return (
    <tr className={isCounting ? undefined : styles.corrected}>
      <td>
        {occurredAt === null ? (
          'no time given'
        ) : (
          <time dateTime={occurredAt} title={exactMoment(occurredAt)}>
            {marketClock(occurredAt)}
          </time>
        )}
        {!isCounting && ' (corrected)'}
      </td>
      {leg !== null && <td>{leg}</td>}
      <td data-number>
        {/* Quantities are whole nearly always: their points need no common line. */}
        <span className={styles.quantity}>
          <Decimal text={quantity} minFraction={0} />
        </span>
      </td>
      <td data-number>
        <Decimal text={price} />
      </td>
      <td data-number>{occurredAt === null ? '—' : latencyText(Date.parse(committedAt) - Date.parse(occurredAt))}</td>
    </tr>
  );
}
