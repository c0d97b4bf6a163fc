import type { AbsentOrder, Orphans as OrphansAnswer, UntrackedOrder } from '@fill-tracker/contract';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Panel } from '../../../components/ui/panel.tsx';
import { useSay } from '../../../components/ui/toasts.tsx';
import { problemOf, queuedSentence } from '../../../lib/commands.ts';
import { messageOf } from '../../../lib/http.ts';
import { orderName } from '../../../lib/order-words.ts';
import { queryKeys } from '../../../lib/query-keys.ts';
import { counted } from '../../../lib/words.ts';
import { Ago } from '../../live/components/ago.tsx';
import { RefreshTrouble } from '../../live/components/refresh-trouble.tsx';
import { useTrackOrder } from '../../orders/api/track-order.ts';
import { orphansQuery } from '../api/orphans.ts';
import styles from './orphans.module.css';

/**
 * Orders that only the broker, or only the record, knows. They stand with the poller and not in the list of orders: the
 * first kind is in no record, so no count, filter or export of that list could hold it.
 */
export function Orphans() {
  const orphans = useQuery(orphansQuery);
  const { data } = orphans;
  if (data === undefined) return null;
  return (
    <>
      <RefreshTrouble what="The orders that only one side knows" query={orphans} />
      {data.untracked.length > 0 && <Untracked answer={data} />}
      {data.unknownToBroker.length > 0 && <Unknown answer={data} />}
    </>
  );
}

function Untracked({ answer: { untracked, untrackedIsCapped } }: { answer: OrphansAnswer }) {
  return (
    <Panel title="At the broker, tracked by nobody" aside={<Count list={untracked} isCapped={untrackedIsCapped} />}>
      <ul className={styles.orders}>
        {untracked.map((order) => (
          <UntrackedRow key={`${order.account.id} ${order.brokerOrderId}`} order={order} />
        ))}
      </ul>
    </Panel>
  );
}

function UntrackedRow({ order }: { order: UntrackedOrder }) {
  const { account, brokerOrderId, brokerStatus, lastSeenAt, adopt } = order;
  const client = useQueryClient();
  const say = useSay();
  const track = useTrackOrder((report) => {
    void client.invalidateQueries({ queryKey: queryKeys.orphans });
    if (report.state === 'FAILED') say('track', `${brokerOrderId} cannot be tracked: ${problemOf(report)}.`, 'bad');
    else say('track', report.state === 'QUEUED' ? queuedSentence(report) : `${brokerOrderId} is tracked from now on.`);
  });
  const name = orderName({ ...order, legCount: 1 });
  return (
    <li>
      <span>
        <strong>{name}</strong> <span className={styles.status}>{brokerStatus}</span>
        <span className={styles.more}>
          Order {brokerOrderId}, account {account.id} {account.maskedNumber}, seen <Ago at={lastSeenAt} />
          {track.isError && <span className={styles.problem}> {messageOf(track.error)}</span>}
        </span>
      </span>
      <button
        type="button"
        disabled={track.isPending}
        aria-label={`Track ${name}, order ${brokerOrderId}`}
        onClick={() => track.mutate(adopt.body)}
      >
        {track.isPending ? 'Waiting…' : 'Track'}
      </button>
    </li>
  );
}

function Unknown({ answer: { unknownToBroker, unknownToBrokerIsCapped } }: { answer: OrphansAnswer }) {
  return (
    <Panel
      title="On record, unknown to the broker"
      aside={<Count list={unknownToBroker} isCapped={unknownToBrokerIsCapped} />}
    >
      <ul className={styles.orders}>
        {unknownToBroker.map((order) => (
          <li key={order.id}>
            <span>
              <Link to="/orders/$orderId" params={{ orderId: String(order.id) }}>
                {orderName(order)}
              </Link>
              <span className={styles.more}>
                Order {order.brokerOrderId ?? 'without a broker id'}
                <Absence order={order} />
              </span>
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Absence({ order: { absentSince, absences } }: { order: AbsentOrder }) {
  if (absentSince === null) return null;
  return (
    <>
      , said to be unknown {counted(absences, 'time')}, first <Ago at={absentSince} />
    </>
  );
}

function Count({ list, isCapped }: { list: readonly unknown[]; isCapped: boolean }) {
  return (
    <span className={styles.more}>
      {counted(list.length, 'order')}
      {isCapped && ', and more'}
    </span>
  );
}
