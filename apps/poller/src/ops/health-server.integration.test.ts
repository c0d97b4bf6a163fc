import { Registry } from 'prom-client';
import { expect, it, onTestFinished } from 'vitest';
import { newPollerLife, type PollerLife } from '../loop/run-poller.ts';
import { startHealthServer } from './health-server.ts';

const NOW = Date.parse('2026-01-12T15:00:00Z');
const MINUTE = 60_000;

async function healthOf(life: Partial<Omit<PollerLife, 'progress'>> & { progress?: Partial<PollerLife['progress']> }) {
  const fresh = newPollerLife();
  const whole = { ...fresh, ...life, progress: { ...fresh.progress, ...life.progress } };
  const server = await startHealthServer(0, whole, new Registry(), () => NOW);
  onTestFinished(() => server.close());
  const answer = await fetch(`http://127.0.0.1:${server.port}/healthz`);
  return { status: answer.status, ...(JSON.parse(await answer.text()) as { state: string }) };
}

const restingUntil = (at: number | null) =>
  ({ state: 'polling', progress: { lastCycleAt: NOW - 5 * MINUTE, next: { at, reason: 'outside-hours' } } }) as const;

it.each([
  ['a standby, however long it waits', { state: 'standby', progress: {} }],
  ['a loop at rest', restingUntil(NOW + 2 * MINUTE)],
  ['a loop that waits for a command alone', restingUntil(null)],
  ['a loop whose poll is just due', restingUntil(NOW - 1_000)],
  [
    'a cycle that has just begun after a long rest',
    { state: 'polling', progress: { ...restingUntil(NOW - 1_000).progress, cycleStartedAt: NOW - 1_000 } },
  ],
  ['a first cycle', { state: 'polling', progress: { cycleStartedAt: NOW - 10_000 } }],
] as const)('%s is healthy', async (_what, life) => {
  expect(await healthOf(life)).toMatchObject({ status: 200, state: life.state });
});

it.each([
  ['a poll that is long overdue', restingUntil(NOW - 2 * MINUTE)],
  ['a cycle without end', { state: 'polling', progress: { cycleStartedAt: NOW - 3 * MINUTE } }],
] as const)('%s means that the loop hangs', async (_what, life) => {
  expect(await healthOf(life)).toMatchObject({ status: 503, state: 'hung' });
});
