import { readiness } from '@fill-tracker/contract';
import { Registry } from 'prom-client';
import { expect, it, onTestFinished } from 'vitest';
import { newPollerLife, type PollerLife } from '../loop/run-poller.ts';
import { startHealthServer } from './health-server.ts';

const NOW = Date.parse('2026-01-12T15:00:00Z');
const MINUTE = 60_000;

type LifeChanges = Partial<Omit<PollerLife, 'progress'>> & { progress?: Partial<PollerLife['progress']> };

async function ask(path: '/healthz' | '/readyz', life: LifeChanges): Promise<{ status: number; body: unknown }> {
  const fresh = newPollerLife();
  const whole = { ...fresh, ...life, progress: { ...fresh.progress, ...life.progress } };
  const server = await startHealthServer(0, whole, new Registry(), () => NOW);
  onTestFinished(() => server.close());
  const answer = await fetch(`http://127.0.0.1:${server.port}${path}`);
  return { status: answer.status, body: JSON.parse(await answer.text()) as unknown };
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
  expect(await ask('/healthz', life)).toMatchObject({ status: 200, body: { state: life.state } });
});

it.each([
  ['a poll that is long overdue', restingUntil(NOW - 2 * MINUTE)],
  ['a cycle without end', { state: 'polling', progress: { cycleStartedAt: NOW - 3 * MINUTE } }],
] as const)('%s means that the loop hangs', async (_what, life) => {
  expect(await ask('/healthz', life)).toMatchObject({ status: 503, body: { state: 'hung' } });
});

it('is ready while everything due was examined', async () => {
  const progress = {
    ...restingUntil(NOW + MINUTE).progress,
    lastCompleteAt: NOW - MINUTE,
    completeUntil: NOW + MINUTE,
  };
  const { status, body } = await ask('/readyz', { state: 'polling', progress });
  expect(status).toBe(200);
  expect(readiness.parse(body)).toMatchObject({ ready: true, state: 'polling' });
});

it('is alive but not ready while no cycle sees the orders, and says why', async () => {
  const progress = { ...restingUntil(NOW + 1_000).progress, lastErrorKind: 'sign-in-needed' };
  const life = { state: 'polling', progress } as const;
  expect(await ask('/healthz', life)).toMatchObject({ status: 200 });
  const { status, body } = await ask('/readyz', life);
  expect(status).toBe(503);
  const unmet = readiness.parse(body).conditions.filter(({ ok }) => !ok);
  expect(unmet).toMatchObject([{ name: 'examined', detail: expect.stringContaining('sign-in-needed') }]);
});

it('a standby is ready as long as it can look at the lease', async () => {
  expect(await ask('/readyz', { state: 'standby', leaseSeenAt: NOW - 1_000 })).toMatchObject({ status: 200 });
  expect(await ask('/readyz', { state: 'standby', leaseSeenAt: NOW - MINUTE })).toMatchObject({ status: 503 });
});
