import type { Evidence } from '@fill-tracker/contract';
import { Panel } from '../../../components/ui/panel.tsx';
import { indentJson } from '../../../lib/indent-json.ts';
import { exactMoment, marketMomentText } from '../../../lib/time-text.ts';
import styles from './broker-evidence.module.css';

/** What the broker said, each time that it changed the order; account numbers are redacted. */
export function BrokerEvidence({ evidence }: { evidence: readonly Evidence[] }) {
  if (evidence.length === 0) return null;
  return (
    <Panel title="What the broker said">
      {evidence.toReversed().map(({ hash, requestedAt, correlationId, body }) => (
        <details key={`${hash} ${requestedAt}`} className={styles.answer}>
          <summary>
            <time dateTime={requestedAt} title={exactMoment(requestedAt)}>
              {marketMomentText(requestedAt)}
            </time>{' '}
            <span className={styles.quiet}>
              {correlationId === null ? '' : `Schwab’s log id ${correlationId}, `}sha-256 {hash.slice(0, 12)}
            </span>
          </summary>
          {/* It scrolls, so the keyboard must reach it. */}
          <pre tabIndex={0} aria-label="The broker's answer">
            {indentJson(body)}
          </pre>
        </details>
      ))}
    </Panel>
  );
}
