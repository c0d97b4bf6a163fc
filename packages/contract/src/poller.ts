import { z } from 'zod';
import { blindness } from './blind-spots.ts';
import { pollerState } from './commands.ts';
import { cycle } from './cycles.ts';
import { detectionLatency } from './latency.ts';
import { signInState } from './sign-in.ts';
import { timeText } from './values.ts';

const lastCycle = z.object({
  startedAt: timeText,
  finishedAt: timeText,
  outcome: z.string(),
  due: z.number().int(),
  examined: z.number().int(),
  changed: z.number().int(),
  requests: z.number().int(),
  errorKind: z.string().nullable(),
});

/** What the orders that are pending cost, and how late a fill of theirs can be known at worst. */
export const pollerLoad = z.object({
  workingOrders: z.number().int(),
  /** From a fill to its record, ms, for orders of the current trading date; null while nobody looks, by choice. */
  worstCaseMs: z.number().int().nullable(),
  /** The same for orders that rest from earlier dates; null when there are none. */
  restingWorstCaseMs: z.number().int().nullable(),
  /** Calls to the broker at the present pace. */
  requestsPerMinute: z.number().int(),
  /** What is allowed now: less than the limit for some minutes after the broker said "too many". */
  allowedPerMinute: z.number().int(),
  /** Why the pace is what it is, such as young-orders. */
  reason: z.string(),
});
export type PollerLoad = z.infer<typeof pollerLoad>;

/** The load as the poller writes it beside its lease; null when it has not, or is of another version. */
export function loadOf(progress: Readonly<Record<string, unknown>> | null): PollerLoad | null {
  return pollerLoad.safeParse(progress?.['load']).data ?? null;
}

export const marketPhase = z.enum(['pre', 'regular', 'post', 'closed']);
export type MarketPhase = z.infer<typeof marketPhase>;

/** `poller status`: is it alive, what does it see, what is it waiting for. */
export const pollerStatus = z.object({
  state: pollerState,
  /** One sentence for people. */
  explanation: z.string(),
  demo: z.boolean(),
  broker: z.string(),
  database: z.string(),
  leaseHolder: z.string().nullable(),
  heartbeatAt: timeText.nullable(),
  nextPollAt: timeText.nullable(),
  nextPollReason: z.string().nullable(),
  marketPhase,
  marketChangesAt: timeText.nullable(),
  /** Null while no poller is at work, and before its first look. */
  load: pollerLoad.nullable(),
  lastCycle: lastCycle.nullable(),
  orders: z.object({
    pending: z.number().int(),
    completed: z.number().int(),
    failed: z.number().int(),
    attention: z.number().int(),
  }),
  /** End of the last cycle that examined every due order: how old what is shown can be. */
  lastCompleteAt: timeText.nullable(),
  /** Calls to the broker; as the poller at work counts them, else those of its cycles. */
  requests: z.object({
    lastMinute: z.number().int(),
    lastHour: z.number().int(),
    /** The ceiling that the poller keeps. */
    perMinuteLimit: z.number().int(),
  }),
  /** The cycles since the last complete one; null when that was the last. */
  errorStreak: z
    .object({
      cycles: z.number().int().positive(),
      since: timeText,
      kinds: z.array(z.object({ kind: z.string(), cycles: z.number().int().positive() })),
    })
    .nullable(),
  detectionLatency,
  /** The sign-in at the broker; null while nobody has signed in. */
  signIn: signInState.nullable(),
  /** The poller's clock less the broker's, ms, above 0 when it is ahead; null when nothing is known of it now. */
  clockSkewMs: z.number().int().nullable(),
  /** The true skew lies at most this far to either side, ms. */
  clockSkewUncertaintyMs: z.number().int().nonnegative().nullable(),
  /** When the tracker could not see. */
  blindness,
  /** How many alerts are open, and the newest there is (0 before the first): whether the list of alerts has changed. */
  openAlerts: z.number().int().nonnegative(),
  lastAlertId: z.number().int().nonnegative(),
});
export type PollerStatus = z.infer<typeof pollerStatus>;

/** `GET /api/poller`. Times are to be compared with `now`, not with the reader's clock. */
export const pollerHealth = pollerStatus.omit({ database: true, lastCycle: true, orders: true }).extend({
  /** The server's clock at this answer. */
  now: timeText,
  /** The run of the poller; 0 before the first. */
  fencing: z.number().int(),
  /** When the list last reached back to orders that rest from earlier dates; null before the first time. */
  lastSweepAt: timeText.nullable(),
  /** Until when the lease holds without another heartbeat. */
  leaseExpiresAt: timeText.nullable(),
  /** When the running cycle began; null between cycles. */
  cycleStartedAt: timeText.nullable(),
  marketCalendar: z.string(),
  /** Null when nothing changes within two weeks. */
  marketNextPhase: marketPhase.nullable(),
  lastCycle: cycle.nullable(),
  /** What detection is measured against, ms. */
  detectionObjectiveMs: z.number().int(),
});
export type PollerHealth = z.infer<typeof pollerHealth>;
