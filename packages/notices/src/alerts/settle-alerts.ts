import type { Alert, ChangedAlerts, FillDatabase } from '@fill-tracker/db';
import { type AlertCause, diffAlerts, durationText, type Instant, type StandingAlert } from '@fill-tracker/domain';
import type { NoticeEvents } from '../notice-events.ts';
import type { ClearingHold, SightRecord } from './clearing-hold.ts';

export interface SettleOptions {
  readonly db: Pick<FillDatabase, 'changeAlerts'> & SightRecord;
  readonly events: Pick<NoticeEvents, 'alertRaised' | 'alertCleared'>;
  readonly now: Instant;
  readonly workingOrders: number;
  /** Whether the webhook is to be told. */
  readonly notifies: boolean;
  /** The lease under which this is judged; null when it needs none. */
  readonly fencing: number | null;
  /** The causes of which `standing` speaks. */
  readonly judged: ReadonlySet<AlertCause>;
  /** The same one at each look. */
  readonly hold: ClearingHold;
  /** What there is to say of one that was over at an instant; how long it lasted, when left out. */
  readonly noteOf?: (alert: Alert, endedAt: Instant) => string;
}

/** Raises what should stand and does not, clears what stands and should not when that can be, and tells of both. */
export async function settleAlerts(
  open: readonly Alert[],
  standing: readonly StandingAlert[],
  { db, events, now, workingOrders, notifies, fencing, judged, hold, noteOf = lasted }: SettleOptions,
): Promise<ChangedAlerts> {
  const { raise, clear } = diffAlerts(open, standing, judged);
  const ended = await hold.release(clear, db, now);
  const changed = await db.changeAlerts({
    raise,
    clear: ended.map(({ alert, endedAt, isSightWhole }) => ({ alert, note: noteOf(alert, endedAt), isSightWhole })),
    now,
    workingOrders,
    notifies,
    fencing,
  });
  for (const alert of changed.raised) events.alertRaised(alert);
  for (const alert of changed.cleared) events.alertCleared(alert);
  return changed;
}

/** How long it lasted, from the beginning of the trouble. */
export function lasted({ since }: Alert, endedAt: Instant): string {
  return `It lasted ${durationText(Math.max(0, endedAt - since))}.`;
}
