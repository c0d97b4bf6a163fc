import type { FailureStreak } from '../polling/failure-streak.ts';
import { type Instant, SECOND } from '../instant.ts';
import { accountAlerts, type MissingAccount } from './account-alerts.ts';
import { ALERT_CAUSES, type AlertCause } from './alert-cause.ts';
import { type DayOrder, type FlaggedOrder, orderAlerts } from './order-alerts.ts';
import { outlookAlerts, type OutlookFacts } from './outlook-alerts.ts';
import type { StandingAlert } from './standing-alert.ts';
import { streakAlerts } from './streak-alerts.ts';
import { WATCHER_CAUSES } from './watcher-alerts.ts';

/** What the poller at work knows of the broker, the record and the days to come. */
export interface RecordFacts extends OutlookFacts {
  readonly streak: FailureStreak | null;
  /** Causes of which an alert is open. */
  readonly openCauses: ReadonlySet<AlertCause>;
  readonly missingAccounts: readonly MissingAccount[];
  readonly flagged: readonly FlaggedOrder[];
  readonly dayOrders: readonly DayOrder[];
  /** The failures to write the record; null while it can be written. */
  readonly unwritable: FailedWrites | null;
}

/** Failures since the last write that went well. */
export interface FailedWrites {
  readonly since: Instant;
  readonly lastAt: Instant;
}

function isCause(word: string): word is AlertCause {
  return Object.hasOwn(ALERT_CAUSES, word);
}

/** Every cause that the poller at work can judge: all but those of its own death. */
export const RECORD_CAUSES: ReadonlySet<AlertCause> = new Set(
  Object.keys(ALERT_CAUSES)
    .filter(isCause)
    .filter((cause) => !WATCHER_CAUSES.has(cause)),
);

/** Every alert that should stand now. Asked again with the same facts, it says the same. */
export function recordAlerts(facts: RecordFacts, now: Instant): readonly StandingAlert[] {
  const alerts = [
    ...streakAlerts(facts.streak, facts.openCauses, facts.workingOrders, now),
    ...accountAlerts(facts.missingAccounts, now),
    ...outlookAlerts(facts, now),
    ...orderAlerts(facts.flagged, facts.dayOrders, facts.calendar, now),
    ...unwritable(facts.unwritable),
  ];
  return [...new Map(alerts.map((alert) => [`${alert.cause} ${alert.subject}`, alert])).values()];
}

/** Another process may hold the file for a moment, a backup for some seconds. */
const UNWRITABLE_GRACE_MS = 15 * SECOND;

/** One failure alone is a hiccup, however long ago it was. */
function unwritable(failed: FailedWrites | null): readonly StandingAlert[] {
  if (failed === null || failed.lastAt - failed.since < UNWRITABLE_GRACE_MS) return [];
  const { since } = failed;
  const summary = 'The record could not be written.';
  return [{ cause: 'database-trouble', subject: 'write', since, summary, detail: {} }];
}
