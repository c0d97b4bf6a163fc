/** What a poller at work tells of itself, to whoever reads the record. */
import { readingsOf } from '@fill-tracker/db';
import { expect, it } from 'vitest';
import { readStatus } from './cli/read-status.ts';
import { statusText } from './cli/status-text.ts';
import { configFor, createWorld } from './testing/world.ts';

it('says how far its clock is from the broker’s, how much it called, and what to do', async (test) => {
  const world = await createWorld(test);
  await fetch(`${world.simulator.url}/simulator/clock`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ offsetMs: -20_000 }),
  });
  const { life } = await world.startPoller();
  await world.until('a complete cycle', () => life.progress.lastCompleteAt !== null);
  await world.until('the clock to be compared', async () => {
    const { clockSkewMs, requestsLastMinute } = readingsOf(await world.record.readLease(), Date.now());
    return clockSkewMs !== null && (requestsLastMinute ?? 0) > 0;
  });
  const status = await readStatus(world.record, configFor(world.simulator, world.file), Date.now());
  expect(Math.abs((status.clockSkewMs ?? 0) - 20_000)).toBeLessThanOrEqual((status.clockSkewUncertaintyMs ?? 0) + 1);
  expect(status.requests.lastMinute).toBeGreaterThan(0);
  expect(statusText(status, Date.now())).toMatch(/clock {7}\d\d\.\d\d s ahead of Schwab's[^]*timedatectl/);
  expect(life.progress).toMatchObject({ lastErrorKind: null, lastCompleteAt: expect.any(Number) });
});

it('is not complete while the broker fails, and says of what', async (test) => {
  const world = await createWorld(test);
  world.script({});
  const { life } = await world.startPoller();
  await world.until('a complete cycle', () => life.progress.lastCompleteAt !== null);
  const seen = life.progress.lastCompleteAt;
  world.simulator.setFaults([{ kind: 'status-500', rate: 1 }]);
  await world.until('a failed cycle', () => life.progress.lastErrorKind !== null);
  expect(life.progress.lastErrorKind).toMatch(/server|breaker-open/);
  expect(life.progress.lastCompleteAt).toBeGreaterThanOrEqual(seen ?? Infinity);
  expect(life.progress.completeUntil).toBeLessThanOrEqual(Date.now());
});
