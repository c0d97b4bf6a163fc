import type { AlertCause } from './alert-cause.ts';
import type { StandingAlert } from './standing-alert.ts';

/** What names an alert while it is open. */
export type AlertName = Pick<StandingAlert, 'cause' | 'subject'>;

export interface AlertChanges<Open> {
  readonly raise: readonly StandingAlert[];
  readonly clear: readonly Open[];
}

/**
 * From the alerts that are open to those that should stand: each is raised once and cleared once, however often this
 * is asked, by one process or by several.
 *
 * @param judged the causes of which these facts speak; open alerts of others are left to those who can tell
 */
export function diffAlerts<Open extends AlertName>(
  open: readonly Open[],
  standing: readonly StandingAlert[],
  judged: ReadonlySet<AlertCause>,
): AlertChanges<Open> {
  const opened = new Set(open.map(keyOf));
  const wanted = new Map(standing.filter(({ cause }) => judged.has(cause)).map((alert) => [keyOf(alert), alert]));
  return {
    raise: [...wanted].flatMap(([key, alert]) => (opened.has(key) ? [] : [alert])),
    clear: open.filter((alert) => judged.has(alert.cause) && !wanted.has(keyOf(alert))),
  };
}

function keyOf({ cause, subject }: AlertName): string {
  return `${cause} ${subject}`;
}
