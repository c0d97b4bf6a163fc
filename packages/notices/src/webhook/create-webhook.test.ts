import { getEventListeners } from 'node:events';
import { MONDAY_TEN } from '@fill-tracker/domain/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { trialMessage } from '../messages/trial-message.ts';
import { createWebhook } from './create-webhook.ts';

const TIMEOUT_MS = 5_000;

/** One message to a receiver, and what is left of it. */
async function sendTo(receiver: typeof fetch, signal: AbortSignal) {
  vi.stubGlobal('fetch', receiver);
  const target = { url: 'https://receiver.test/', secret: 'whsec_c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0' };
  const webhook = createWebhook({ target, clock: { now: () => MONDAY_TEN }, timeoutMs: TIMEOUT_MS });
  const before = Reflect.ownKeys(signal).length;
  const sending = webhook.send(trialMessage(MONDAY_TEN, false), signal);
  await vi.advanceTimersByTimeAsync(TIMEOUT_MS);
  const answer = await sending;
  const isLeft = Reflect.ownKeys(signal).length > before || getEventListeners(signal, 'abort').length > 0;
  return { answer, isLeft, timers: vi.getTimerCount() };
}

const silent: typeof fetch = (_address, init) =>
  new Promise((_, reject) => {
    const giveUp = (): void => reject(new Error('given up'));
    if (init?.signal?.aborted === true) giveUp();
    init?.signal?.addEventListener('abort', giveUp);
  });

describe('a message leaves neither timer nor listener behind', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it('when it is taken', async () => {
    const sent = await sendTo(() => Promise.resolve(new Response()), new AbortController().signal);
    expect(sent).toEqual({ answer: { kind: 'taken' }, isLeft: false, timers: 0 });
  });

  it('when nobody answers in time', async () => {
    const sent = await sendTo(silent, new AbortController().signal);
    expect(sent).toEqual({ answer: { kind: 'no-answer', problem: 'no answer within 5 s' }, isLeft: false, timers: 0 });
  });

  it('when it is cut off', async () => {
    const sent = await sendTo(silent, AbortSignal.abort('the process ends'));
    expect(sent).toEqual({ answer: { kind: 'no-answer', problem: 'no answer' }, isLeft: false, timers: 0 });
  });
});
