import type { FillDatabase } from '@fill-tracker/db';
import { MINUTE, SECOND } from '@fill-tracker/domain';
import { systemClock } from '@fill-tracker/schwab-client';
import { demoVariables, RUN, startPollerProcess } from '../../testing/command-line.ts';
import { createWorld, type OwningTest } from '../../testing/world.ts';
import type { Progress } from '../check.ts';
import { judgeOutage } from './findings.ts';
import type { Outage } from './outage.ts';
import { openPortGate } from './port-gate.ts';
import { ordersAround, timesOf } from './story.ts';

/** As configured when nothing is said. */
const REQUESTS_PER_MINUTE = 80;
/** After the story: the longest pause of the budget, and room for a busy machine. */
const PATIENCE_MS = 3 * MINUTE;

export interface LiveOutageOptions {
  readonly outageMs: number;
  readonly progress: Progress;
}

/** One outage in real time: a poller process at its usual rhythm, a broker behind a port that can be shut. */
export async function liveOutage(
  owner: OwningTest,
  outage: Outage,
  { outageMs, progress }: LiveOutageOptions,
): ReturnType<typeof judgeOutage> {
  const tell: Progress = (text) => progress(`${outage.kind}: ${text}`);
  const world = await createWorld(owner, { patienceMs: PATIENCE_MS });
  const gate = await openPortGate(owner, world.simulator.port);
  const variables = { ...demoVariables(world), ...USUAL_RHYTHM, SIMULATOR_PORT: String(gate.port) };
  const poller = startPollerProcess(owner, RUN, variables, world.wake);
  await world.until('a first cycle', () => poller.logs().some(({ msg }) => msg === 'cycle ended'));

  const times = timesOf(outageMs);
  const zero = Date.now();
  for (const order of ordersAround(times)) world.script(order);
  const until = async (at: number): Promise<void> => await systemClock.sleep(Math.max(0, zero + at - Date.now()));
  await until(times.from);
  tell(`begins, for ${outageMs / SECOND} s`);
  const from = Date.now();
  if (outage.faults === null) await gate.shut();
  else world.simulator.setFaults([...outage.faults]);
  await until(times.to);
  world.simulator.setFaults([]);
  if (outage.faults === null) await gate.open();
  const to = Date.now();
  tell('is over');
  await until(times.end);
  await world.untilRecordEqualsTruth();
  tell('the record has caught up');
  // With little budget left after a storm of 429, looking back waits until there is enough for it.
  await world.until('what was missed to be made up for', () => isMadeUpFor(world.record));
  tell('what was missed is made up for');
  return await judgeOutage({
    outage,
    from,
    to,
    record: world.record,
    differences: await world.differences(),
    requests: world.simulator.requests(),
    requestsPerMinute: REQUESTS_PER_MINUTE,
    loopFailures: poller.logs().filter(({ msg }) => msg.startsWith('the loop failed')).length,
  });
}

/** No blind spot waits to be looked back on, and no alert is open. */
async function isMadeUpFor(record: FillDatabase): Promise<boolean> {
  const spots = await record.pageBlindSpots({ limit: 100 });
  const alerts = await record.pageAlerts({ limit: 100 });
  return (
    spots.every(({ backfilledAt }) => backfilledAt !== null) && alerts.every(({ clearedAt }) => clearedAt !== null)
  );
}

/** As configured when nothing is said; cycles are logged so that they can be waited for. */
const USUAL_RHYTHM = {
  POLL_INTERVAL_SECONDS: '5',
  POLL_FAST_INTERVAL_SECONDS: '1',
  POLL_JITTER_SECONDS: '0.2',
  POLL_REQUESTS_PER_MINUTE: String(REQUESTS_PER_MINUTE),
};
