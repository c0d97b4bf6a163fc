import { type Instant, type KnownOrder, marketMoment, pollWindow, type SweepFacts } from '@fill-tracker/domain';
import type { Poller } from '../poller.ts';

/** What the core needs to know to decide how far back a list call reaches. */
export function sweepFactsOf(poller: Poller, pending: readonly KnownOrder[], now: Instant): SweepFacts {
  const calendar = poller.calendar();
  return {
    now,
    window: pollWindow(calendar, now),
    pending,
    sweeps: poller.sweeps,
    session: marketMoment(calendar, now).session,
    requestsPerMinute: poller.client.budget().allowedPerMinute,
    discoversOrders: poller.discoversOrders,
  };
}
