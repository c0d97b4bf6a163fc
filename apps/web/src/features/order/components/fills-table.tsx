import type { FullFill, FullOrder } from '@fill-tracker/contract';
import { type ReactNode, useMemo } from 'react';
import { Decimal } from '../../../components/ui/decimal.tsx';
import { type ListColumn, ListTable } from '../../../components/ui/list-table.tsx';
import { Panel } from '../../../components/ui/panel.tsx';
import { longestFraction } from '../../../lib/decimal-text.ts';
import { symbolText } from '../../../lib/symbol-text.ts';
import { clockFor, exactMoment, latencyText } from '../../../lib/time-text.ts';
import { causeText } from '../../../lib/blind-cause-words.ts';
import { counted } from '../../../lib/words.ts';
import { everyFill, type FillFate } from '../every-fill.ts';
import styles from './fills-table.module.css';

/** Every fill, by the broker's time. One that was corrected or taken back stays in sight, struck out. */
export function FillsTable({ order }: { order: FullOrder }) {
  const { fills, legs } = order;
  const shown = useMemo(() => everyFill(order), [order]);
  if (shown.length === 0) return null;
  const sizes = {
    '--fraction-digits': longestFraction(
      shown.map(({ fill }) => fill.price),
      2,
    ),
  };
  // One for all rows: a column in which some times have a day and some have none would be misread.
  const clock = clockFor(shown.flatMap(({ fill, fate }) => [fill.occurredAt, fate?.at ?? null]));
  return (
    <Panel title="Fills" aside={<span className={styles.count}>{counted(fills.length, 'fill')}</span>}>
      <ListTable label="Fills table" columns={columnsFor(legs)} style={sizes}>
        {shown.map(({ fill, fate }) => (
          <FillRow
            key={`${fill.key} ${fill.version}`}
            fill={fill}
            leg={legs.length > 1 ? legName(legs, fill.legId) : null}
            fate={fate}
            clock={clock}
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

function FillRow(props: { fill: FullFill; leg: string | null; fate: FillFate | null; clock: (iso: string) => string }) {
  const { fill, leg, fate, clock } = props;
  const { occurredAt, committedAt, quantity, price, version, foundLate } = fill;
  const recordedAfter = occurredAt === null ? '—' : latencyText(Date.parse(committedAt) - Date.parse(occurredAt));
  return (
    <tr className={fate === null ? undefined : styles.withdrawn}>
      <td>
        {occurredAt === null ? (
          'no time given'
        ) : (
          <time dateTime={occurredAt} title={exactMoment(occurredAt)}>
            {clock(occurredAt)}
          </time>
        )}
        {(fate !== null || version > 1) && <span className={styles.version}> version {version}</span>}
        {fate !== null && (
          <span className={styles.fate}>
            {fate.isCorrected ? 'corrected' : 'taken back'} at{' '}
            <time dateTime={fate.at} title={exactMoment(fate.at)}>
              {clock(fate.at)}
            </time>
            , no longer counted
          </span>
        )}
      </td>
      {leg !== null && <td>{leg}</td>}
      <td data-number>
        {/* Quantities are whole nearly always: their points need no common line. */}
        <Struck isStruck={fate !== null}>
          <span className={styles.quantity}>
            <Decimal text={quantity} minFraction={0} />
          </span>
        </Struck>
      </td>
      <td data-number>
        <Struck isStruck={fate !== null}>
          <Decimal text={price} />
        </Struck>
      </td>
      <td data-number>
        {recordedAfter}
        {foundLate !== null && (
          <span className={styles.late} title={`Blind spot ${foundLate.id}: ${causeText(foundLate.cause)}`}>
            found late: {causeText(foundLate.cause)}
          </span>
        )}
      </td>
    </tr>
  );
}

/** Taken out of what counts, for eyes and for screen readers. */
function Struck({ isStruck, children }: { isStruck: boolean; children: ReactNode }) {
  return isStruck ? <del>{children}</del> : children;
}
