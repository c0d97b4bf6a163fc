import { expect, it } from 'vitest';
import { HOUR, MINUTE, SECOND } from '../instant.ts';
import { type DeliveryAnswer, decideDelivery } from './delivery-retry.ts';

const NOW = 10 * 24 * HOUR;
const decide = (answer: DeliveryAnswer, attempts = 0, ageMs = 0, random = 0) =>
  decideDelivery(answer, { attempts, createdAt: NOW - ageMs }, NOW, random);
const status = (code: number, retryAfterMs: number | null = null) =>
  ({ kind: 'status', status: code, retryAfterMs }) as const;
const silence = { kind: 'no-answer', problem: 'no answer: ECONNREFUSED' } as const;

it('is done when the receiver takes it', () => {
  expect(decide({ kind: 'taken' })).toEqual({ kind: 'delivered' });
});

it.each([301, 400, 401, 403, 404, 408, 429, 500, 503])('tries again after HTTP %i', (code) => {
  expect(decide(status(code))).toEqual({ kind: 'retry', at: NOW + SECOND, problem: `HTTP ${code}` });
});

it('waits twice as long each time, five minutes at most', () => {
  const waits = Array.from({ length: 12 }, (_, attempts) => {
    const decision = decide(silence, attempts);
    return decision.kind === 'retry' ? (decision.at - NOW) / SECOND : null;
  });
  expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300]);
});

it('adds up to a quarter by chance', () => {
  expect(decide(silence, 3, 0, 0.5)).toMatchObject({ at: NOW + 9 * SECOND });
});

it('waits as long as the receiver asks, five minutes at most', () => {
  expect(decide(status(429, 30 * SECOND))).toMatchObject({ at: NOW + 30 * SECOND });
  expect(decide(status(429, HOUR))).toMatchObject({ at: NOW + 5 * MINUTE });
});

it('gives up after three days, and at once when the address is gone for good', () => {
  expect(decide(silence, 800, 72 * HOUR - 1)).toMatchObject({ kind: 'retry' });
  expect(decide(silence, 800, 72 * HOUR)).toEqual({ kind: 'given-up', problem: 'no answer: ECONNREFUSED' });
  expect(decide(status(410))).toEqual({ kind: 'given-up', problem: 'HTTP 410' });
});
