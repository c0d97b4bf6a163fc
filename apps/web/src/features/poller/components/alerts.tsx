import type { Alert } from '@fill-tracker/contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Badge, type Tone } from '../../../components/ui/badge.tsx';
import { CodeText } from '../../../components/ui/code-text.tsx';
import { Message } from '../../../components/ui/message.tsx';
import { Panel } from '../../../components/ui/panel.tsx';
import { exactMoment, roughDuration } from '../../../lib/time-text.ts';
import { counted } from '../../../lib/words.ts';
import { Ago } from '../../live/components/ago.tsx';
import { RefreshTrouble } from '../../live/components/refresh-trouble.tsx';
import { alertsQuery } from '../api/alerts.ts';
import styles from './alerts.module.css';

const SEVERITIES = {
  critical: { word: 'Critical', tone: 'bad' },
  warning: { word: 'Warning', tone: 'warn' },
  info: { word: 'Notice', tone: 'neutral' },
} as const satisfies Readonly<Record<Alert['severity'], { word: string; tone: Tone }>>;

/** What needs a person: what it means, since when, and what to do. Below, what is over. */
export function Alerts() {
  const alerts = useQuery(alertsQuery);
  const { data, error } = alerts;
  if (data === undefined) {
    return error === null ? null : (
      <Message title="The alerts could not be loaded" tone="bad">
        {error.message}
      </Message>
    );
  }
  const { open, recent } = data;
  return (
    <Panel title="Alerts" aside={open.length > 0 && <span className={styles.more}>{open.length} open</span>}>
      <RefreshTrouble what="The alerts" query={alerts} />
      {open.length === 0 && <p className={styles.more}>Nothing needs you.</p>}
      {open.length > 0 && (
        <ul className={styles.alerts} aria-label="Open alerts">
          {open.map((alert) => (
            <OpenAlert key={alert.id} alert={alert} />
          ))}
        </ul>
      )}
      {recent.length > 0 && (
        <details className={styles.recent}>
          <summary>Over lately: {counted(recent.length, 'alert')}</summary>
          <ul className={styles.alerts} aria-label="Alerts that are over">
            {recent.map((alert) => (
              <PastAlert key={alert.id} alert={alert} />
            ))}
          </ul>
        </details>
      )}
    </Panel>
  );
}

function OpenAlert({ alert }: { alert: Alert }) {
  const { word, tone } = SEVERITIES[alert.severity];
  return (
    <li>
      <p className={styles.head}>
        <Badge tone={tone}>{word}</Badge>
        <strong>{alert.meaning}</strong>
        <span className={styles.more}>
          since <Ago at={alert.since} />
        </span>
      </p>
      <p>{alert.summary}</p>
      <p className={styles.remedy}>
        <span>What to do: </span>
        <CodeText>{alert.remedy}</CodeText>
        {alert.orderId !== null && (
          <>
            {' '}
            <Link to="/orders/$orderId" params={{ orderId: String(alert.orderId) }}>
              Open the order
            </Link>
          </>
        )}
      </p>
      <p className={styles.more}>
        More in <code>{alert.runbook}</code>
      </p>
    </li>
  );
}

function PastAlert({ alert }: { alert: Alert }) {
  const { clearedAt, fillsFoundLate } = alert;
  if (clearedAt === null) return null;
  const lasted = roughDuration(Date.parse(clearedAt) - Date.parse(alert.since));
  return (
    <li>
      <p>{alert.summary}</p>
      <p className={styles.more} title={exactMoment(clearedAt)}>
        Over <Ago at={clearedAt} />, after {lasted}.
        {fillsFoundLate !== null &&
          fillsFoundLate > 0 &&
          ` ${counted(fillsFoundLate, 'fill')} found late, none missed.`}
      </p>
    </li>
  );
}
