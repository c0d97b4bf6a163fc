import type { Alert as AlertJson } from '@fill-tracker/contract';
import type { Alert } from '@fill-tracker/db';
import { ALERT_CAUSES, type Instant, runbookOf } from '@fill-tracker/domain';

/** An alert as every program shows it. */
export function presentAlert(alert: Alert): AlertJson {
  const { meaning, remedy } = ALERT_CAUSES[alert.cause];
  const orderId = alert.detail['orderId'];
  return {
    id: alert.id,
    cause: alert.cause,
    subject: alert.subject,
    severity: alert.severity,
    summary: alert.summary,
    meaning,
    remedy,
    runbook: runbookOf(alert.cause),
    orderId: typeof orderId === 'number' ? orderId : null,
    since: timeText(alert.since),
    raisedAt: timeText(alert.raisedAt),
    clearedAt: alert.clearedAt === null ? null : timeText(alert.clearedAt),
    clearedNote: alert.clearedNote,
    fillsFoundLate: alert.fillsFoundLate,
  };
}

function timeText(at: Instant): string {
  return new Date(at).toISOString();
}
