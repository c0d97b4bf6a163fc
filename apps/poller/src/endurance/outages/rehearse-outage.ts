import { ALWAYS_OPEN, DEFAULT_POLL_SETTINGS, type PollSettings, SECOND } from '@fill-tracker/domain';
import type { OwningTest } from '../../testing/world.ts';
import { createRehearsal } from '../rehearsal/rehearsal.ts';
import { judgeOutage } from './findings.ts';
import type { Outage } from './outage.ts';
import { ordersAround, timesOf } from './story.ts';

const MONDAY_TEN = Date.parse('2026-01-05T15:00:00Z');
const REQUESTS_PER_MINUTE = 80;
/** After the last event of the story: the longest pause of the budget, and a few cycles. */
const SETTLES_WITHIN_MS = 90 * SECOND;

/** The usual rhythm; only young orders are not looked at every second, for there is much to live through. */
const SETTINGS: PollSettings = { ...DEFAULT_POLL_SETTINGS, jitterMs: 0, fastIntervalMs: 5 * SECOND };

/** One outage in simulated time. */
export async function rehearseOutage(
  owner: OwningTest,
  outage: Outage,
  outageMs: number,
): ReturnType<typeof judgeOutage> {
  const rehearsal = await createRehearsal(owner, {
    startsAt: MONDAY_TEN,
    settings: SETTINGS,
    calendar: ALWAYS_OPEN,
    requestsPerMinute: REQUESTS_PER_MINUTE,
    stepMs: SECOND,
  });
  const times = timesOf(outageMs);
  const [from, to] = [MONDAY_TEN + times.from, MONDAY_TEN + times.to];
  for (const order of ordersAround(times)) rehearsal.script(order);
  await rehearsal.startPoller();
  await rehearsal.runUntil(from);
  if (outage.faults === null) rehearsal.cutLine();
  else rehearsal.setFaults(outage.faults);
  await rehearsal.runUntil(to);
  rehearsal.mendLine();
  rehearsal.setFaults([]);
  await rehearsal.runUntil(MONDAY_TEN + times.end + SETTLES_WITHIN_MS);
  return await judgeOutage({
    outage,
    from,
    to,
    record: rehearsal.record,
    differences: await rehearsal.differences(),
    requests: rehearsal.simulator.requests(),
    requestsPerMinute: REQUESTS_PER_MINUTE,
    loopFailures: rehearsal.heard.loopFailed.length,
  });
}
