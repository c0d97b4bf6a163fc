/**
 * Is this poller doing what it is for, and if not, why not. Stricter than being alive: a loop that turns while every
 * call to the broker fails is alive, but nobody sees the orders.
 *
 * A standby counts as ready. It does what it is for as long as it looks at the lease, for then it takes over within
 * seconds; a supervisor that restarted it for being no holder would leave nobody to take over. Whether anybody is at
 * work at all is told by the holder's own answer, and by the API.
 */
import { type Instant, SECOND } from '../instant.ts';
import { isStuck } from './poller-state.ts';

/** What a poller knows of itself. */
export interface ReadinessFacts {
  readonly state: 'starting' | 'standby' | 'polling' | 'stopped';
  /** When a standby last looked at the lease, with an answer. */
  readonly leaseSeenAt: Instant | null;
  /** When the cycle that runs began; null between cycles. */
  readonly cycleStartedAt: Instant | null;
  readonly nextPollAt: Instant | null;
  /** End of the last cycle that examined everything due; null before the first. */
  readonly lastCompleteAt: Instant | null;
  /** The poll announced by that cycle: until then nothing is due. Null when it waits for a command alone. */
  readonly completeUntil: Instant | null;
  /** Why the last cycle examined less than everything; null when it did not. */
  readonly lastErrorKind: string | null;
}

export interface ReadinessCondition {
  readonly name: 'role' | 'loop' | 'examined';
  readonly ok: boolean;
  /** For people: how it stands, and what it should be when it is not so. */
  readonly detail: string;
}

export interface Readiness {
  readonly ready: boolean;
  readonly conditions: readonly ReadinessCondition[];
}

/** What the product promises: a fill is in the record this soon. A single failed cycle is made up for within it. */
export const READY_MARGIN_MS = 30 * SECOND;
/** A standby looks every second. */
const STANDBY_MARGIN_MS = 10 * SECOND;

/** Ready when every condition holds. */
export function pollerReadiness(facts: ReadinessFacts, now: Instant): Readiness {
  const conditions =
    facts.state === 'polling' ? [role(facts, now), loop(facts, now), examined(facts, now)] : [role(facts, now)];
  return { ready: conditions.every(({ ok }) => ok), conditions };
}

function role({ state, leaseSeenAt }: ReadinessFacts, now: Instant): ReadinessCondition {
  if (state === 'polling') return { name: 'role', ok: true, detail: 'at work: it holds the lease' };
  if (state !== 'standby') return { name: 'role', ok: false, detail: `${state}: it neither works nor stands by` };
  if (leaseSeenAt !== null && now - leaseSeenAt <= STANDBY_MARGIN_MS)
    return { name: 'role', ok: true, detail: 'standing by: another poller is at work, and this one would take over' };
  return {
    name: 'role',
    ok: false,
    detail: 'standing by, but it cannot look at the lease: the database is in trouble',
  };
}

function loop(facts: ReadinessFacts, now: Instant): ReadinessCondition {
  return isStuck(facts, now)
    ? { name: 'loop', ok: false, detail: 'its loop does not move on as it announced: restart it' }
    : { name: 'loop', ok: true, detail: 'its loop moves as announced' };
}

function examined(facts: ReadinessFacts, now: Instant): ReadinessCondition {
  const { lastCompleteAt, completeUntil, lastErrorKind } = facts;
  const because = lastErrorKind === null ? '' : `; the last cycle met ${lastErrorKind}`;
  if (lastCompleteAt === null)
    return { name: 'examined', ok: false, detail: `no cycle has examined every due order yet${because}` };
  if (completeUntil === null || now <= completeUntil + READY_MARGIN_MS)
    return { name: 'examined', ok: true, detail: 'every due order was examined when it was due' };
  const seconds = Math.round((now - lastCompleteAt) / SECOND);
  return { name: 'examined', ok: false, detail: `not every due order was examined for ${seconds} s${because}` };
}
