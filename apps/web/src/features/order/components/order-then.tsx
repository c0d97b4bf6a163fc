import type { FullOrder, OrderAsKnown } from '@fill-tracker/contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { CSSProperties, ReactNode } from 'react';
import { Decimal } from '../../../components/ui/decimal.tsx';
import { FlagList } from '../../../components/ui/flag-list.tsx';
import { type ListColumn, ListTable } from '../../../components/ui/list-table.tsx';
import { Message } from '../../../components/ui/message.tsx';
import { Panel } from '../../../components/ui/panel.tsx';
import { Skeleton } from '../../../components/ui/skeleton.tsx';
import { dollars, groupedDecimal, longestFraction } from '../../../lib/decimal-text.ts';
import { brokerWord, standingOf } from '../../../lib/order-words.ts';
import { clockFor, exactMoment, marketMomentText } from '../../../lib/time-text.ts';
import { valueName } from '../../../lib/value-words.ts';
import { wordsOf } from '../../../lib/words.ts';
import { orderAsKnownQuery } from '../api/order.ts';
import styles from './order-then.module.css';
import { OrderValue } from './order-value.tsx';

type Known = NonNullable<OrderAsKnown['known']>;

/** The order as the record had it at an instant, by its audit trail alone, and marked as the past throughout. */
export function OrderThen({ order, at }: { order: FullOrder; at: string }) {
  const { data, error } = useQuery(orderAsKnownQuery(order.id, at));
  return (
    <div className={styles.past}>
      <div className={styles.banner} role="status">
        <p>
          <strong>The past.</strong> What the record said at{' '}
          <time dateTime={at} title={exactMoment(at)}>
            {marketMomentText(at)} ET
          </time>
          , not what it says now.
        </p>
        <Link to="/orders/$orderId" params={{ orderId: String(order.id) }} className="button">
          Back to now
        </Link>
      </div>
      {data === undefined ? (
        placeholder(error)
      ) : data.known === null ? (
        <NotYet answer={data} />
      ) : (
        show(data.known, order.assetType)
      )}
    </div>
  );
}

function placeholder(error: Error | null): ReactNode {
  if (error === null) return <Skeleton lines={6} label="Loading the past" />;
  return (
    <Message title="That instant cannot be shown" tone="bad">
      {error.message}
    </Message>
  );
}

function NotYet({ answer: { recordedSince } }: { answer: OrderAsKnown }) {
  return (
    <Message title="Not in the record yet">
      The record has this order since {marketMomentText(recordedSince)} ET.
    </Message>
  );
}

function show(known: Known, assetType: string | null): ReactNode {
  const clock = clockFor(known.fills.map(({ occurredAt }) => occurredAt));
  return (
    <>
      <Panel title="At a glance, then">
        <dl className={styles.facts}>
          <Fact name="Status">{standingOf(known).word}</Fact>
          <Fact name="In the broker’s word">{brokerWord(known)}</Fact>
          <Fact name={known.netPrice === null ? 'Average fill price' : 'Net price per unit'}>
            {known.netPrice ?? (known.averagePrice === null ? null : dollars(known.averagePrice))}
          </Fact>
          <Fact name="Filled">{known.filledQuantity === null ? null : groupedDecimal(known.filledQuantity)}</Fact>
          <Fact name={valueName(assetType)}>
            <OrderValue sum={known.sum} assetType={assetType} />
          </Fact>
          {Object.entries(known.terms).map(([name, value]) => (
            <Fact key={name} name={termName(name)}>
              {name.endsWith('At') && typeof value === 'string' ? `${marketMomentText(value)} ET` : value}
            </Fact>
          ))}
        </dl>
        <FlagList flags={known.flags} shown={known.flags.length} />
      </Panel>
      {known.fills.length > 0 && (
        <Panel title="Fills that counted then">
          <ListTable label="Fills of then" columns={COLUMNS} style={sizesOf(known)}>
            {known.fills.map(({ key, version, occurredAt, quantity, price }) => (
              <tr key={`${key} ${version}`}>
                <td>
                  {occurredAt === null ? 'no time given' : clock(occurredAt)}
                  {version > 1 && ` version ${version}`}
                </td>
                <td data-number>{groupedDecimal(quantity)}</td>
                <td data-number>
                  <Decimal text={price} />
                </td>
              </tr>
            ))}
          </ListTable>
        </Panel>
      )}
    </>
  );
}

function sizesOf({ fills }: Known): CSSProperties {
  const prices = fills.map(({ price }) => price);
  return { '--fraction-digits': longestFraction(prices, 2) };
}

const COLUMNS: readonly ListColumn[] = [
  { title: 'Traded, ET' },
  { title: 'Quantity', isNumber: true },
  { title: 'Price', isNumber: true },
];

/** `limitPrice` as `Limit price`. */
function termName(name: string): string {
  return wordsOf(name.replaceAll(/[A-Z]/g, (letter) => ` ${letter}`));
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children === null || children === '' ? '—' : children}</dd>
    </div>
  );
}
