import type { FullAuditEntry } from '@fill-tracker/contract';
import { Link } from '@tanstack/react-router';
import { Panel } from '../../../components/ui/panel.tsx';
import { ScrollBox } from '../../../components/ui/scroll-box.tsx';
import { auditTitle } from '../../../lib/audit-words.ts';
import { exactMoment, marketMomentText } from '../../../lib/time-text.ts';
import { counted } from '../../../lib/words.ts';
import { type ChangedValue, changedValues } from '../changed-values.ts';
import styles from './audit-trail.module.css';

/** Everything that the record ever changed about an order, newest first: from what, to what, why, and by whom. */
export function AuditTrail({ orderId, entries }: { orderId: number; entries: readonly FullAuditEntry[] }) {
  return (
    <Panel title="Audit trail" aside={<span className={styles.quiet}>{counted(entries.length, 'change')}</span>}>
      <ScrollBox label="Changes" height="tall">
        <ol className={styles.trail}>
          {entries
            .toSorted((a, b) => b.seq - a.seq)
            .map((entry) => (
              <li key={entry.seq}>
                <p className={styles.head}>
                  <strong>{auditTitle(entry.kind)}</strong>
                  <Link
                    to="/orders/$orderId"
                    params={{ orderId: String(orderId) }}
                    search={{ asKnownAt: entry.recordedAt }}
                    title={`The order as it was known at ${exactMoment(entry.recordedAt)}`}
                  >
                    <time dateTime={entry.recordedAt}>{marketMomentText(entry.recordedAt)}</time>
                  </Link>
                </p>
                <dl className={styles.values}>
                  {changedValues(entry.before, entry.after).map((value) => (
                    <Change key={value.name} value={value} />
                  ))}
                </dl>
                <p className={styles.quiet}>
                  {entry.reason} · {entry.actor}
                  {entry.cycleId !== null && `, cycle ${entry.cycleId}`} · #{entry.seq}
                </p>
              </li>
            ))}
        </ol>
      </ScrollBox>
    </Panel>
  );
}

function Change({ value: { name, before, after } }: { value: ChangedValue }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {before !== null && (
          <>
            <del>
              <span className="visually-hidden">was </span>
              {before}
            </del>
            <span aria-hidden="true"> → </span>
          </>
        )}
        <span className="visually-hidden">is </span>
        {after === null ? <span className={styles.quiet}>nothing</span> : <ins>{after}</ins>}
      </dd>
    </div>
  );
}
