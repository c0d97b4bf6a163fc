import { HOUR, type Instant, MINUTE, SECOND } from '../instant.ts';
import { isTerminalBrokerStatus } from '../order/broker-status.ts';
import type { KnownOrder } from '../order/known-order.ts';

/** True for an order that ended at the broker and stays PENDING, because its fills do not prove its quantity yet. */
export function isUnproved({ facts, state }: KnownOrder): boolean {
  const lacksProof = state.flags.includes('UNPRICED') || state.flags.includes('FILLS_DO_NOT_SUM');
  return state.status === 'PENDING' && lacksProof && facts !== null && isTerminalBrokerStatus(facts.brokerStatus);
}

/**
 * How often to ask for an order without proof, by how long it has been so. Executions mostly follow the status by
 * seconds; after minutes something is wrong at the broker, and a day later a person there must mend it. It never
 * ends: a price that comes after a week is still a price.
 */
const LADDER: readonly { readonly untilMs: number; readonly everyMs: number }[] = [
  { untilMs: 10 * SECOND, everyMs: SECOND },
  { untilMs: MINUTE, everyMs: 5 * SECOND },
  { untilMs: 10 * MINUTE, everyMs: 30 * SECOND },
  { untilMs: HOUR, everyMs: 5 * MINUTE },
  { untilMs: 24 * HOUR, everyMs: 15 * MINUTE },
];
const AT_THE_END_MS = HOUR;

/**
 * Ms between two by-id looks at an order without proof. It is without since it ended, or since we know of it. A closing
 * time that is still to come tells of no end: by it the order would stay young, and cost a call a second, until then.
 */
export function unprovedIntervalMs({ facts, firstSeenAt }: KnownOrder, now: Instant): number {
  const closeTime = facts?.closeTime ?? firstSeenAt;
  const age = now - (closeTime > now ? firstSeenAt : Math.max(closeTime, firstSeenAt));
  return LADDER.find(({ untilMs }) => age < untilMs)?.everyMs ?? AT_THE_END_MS;
}
