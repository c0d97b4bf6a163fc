import type { FullOrder } from '@fill-tracker/contract';
import type { ReactNode } from 'react';
import { FillBar } from '../../../components/ui/fill-bar.tsx';
import { FillPrice } from '../../../components/ui/fill-price.tsx';
import { Panel } from '../../../components/ui/panel.tsx';
import { termsOf } from '../../../lib/order-words.ts';
import { latencyText } from '../../../lib/time-text.ts';
import { valueName } from '../../../lib/value-words.ts';
import { wordsOf } from '../../../lib/words.ts';
import { Ago } from '../../live/components/ago.tsx';
import { LastChecked } from '../../orders/components/last-checked.tsx';
import styles from './order-facts.module.css';
import { OrderValue } from './order-value.tsx';

/** The order at a glance. */
export function OrderFacts({ order }: { order: FullOrder }) {
  const { account, detectionLatencyMs, sum, assetType, legCount } = order;
  return (
    <Panel title="At a glance">
      <div className={styles.main}>
        <div>
          <p className={styles.label}>{order.netPrice === null ? 'Average fill price' : 'Net price per unit'}</p>
          <p className={styles.price}>
            <FillPrice order={order} />
          </p>
        </div>
        <div>
          <p className={styles.label}>Filled</p>
          <p className={styles.quantity}>
            <FillBar filled={order.filledQuantity} quantity={order.quantity} />
          </p>
        </div>
      </div>
      <dl className={styles.facts}>
        <Fact name="Type">{termsOf(order)}</Fact>
        <Fact name={valueName(assetType)}>
          <OrderValue sum={sum} assetType={assetType} />
        </Fact>
        <Fact name="Order id">{order.brokerOrderId}</Fact>
        <Fact name="Account">
          {account.id} {account.maskedNumber}
        </Fact>
        <Fact name="Duration">{wordsOrNull(order.duration)}</Fact>
        <Fact name="Session">{wordsOrNull(order.orderSession)}</Fact>
        <Fact name="Kind">
          {[wordsOrNull(assetType), legCount > 1 ? `${legCount} legs` : null].filter(Boolean).join(', ')}
        </Fact>
        <Fact name="Came in">{CAME_IN[order.source]}</Fact>
        <Fact name="Detected in">
          {detectionLatencyMs === null ? null : `${latencyText(detectionLatencyMs)} at most`}
        </Fact>
        <Fact name="Last checked">
          <LastChecked order={order} suffix=" ago" />
        </Fact>
        <Fact name="Last change">
          <Ago at={order.lastChangedAt} />
        </Fact>
        <Fact name="Price in cents">{order.priceCents}</Fact>
      </dl>
    </Panel>
  );
}

const CAME_IN = {
  TRACKED: 'tracked on request',
  DISCOVERED: 'found at the broker',
  IMPORTED: 'imported',
} as const satisfies Record<FullOrder['source'], string>;

function wordsOrNull(code: string | null): string | null {
  return code === null ? null : wordsOf(code);
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children === null || children === '' ? '—' : children}</dd>
    </div>
  );
}
