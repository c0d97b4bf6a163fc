import { describe, expect, it } from 'vitest';
import { jsonAnswer } from '../http/schwab-answer.ts';
import { type FaultKind, faultSchema } from './fault.ts';
import { spoilAnswer } from './spoil-answer.ts';

function deliver(kind: FaultKind | null) {
  let asked = 0;
  const answer = () => {
    asked += 1;
    return jsonAnswer(200, '{"orderId":1}');
  };
  const fault = kind === null ? null : faultSchema.parse({ kind, visibilityLagMs: 1 });
  return { delivery: spoilAnswer(fault, answer, () => 'an-id'), asked };
}

describe('spoilAnswer', () => {
  it('lets the answer through when nothing strikes', () => {
    expect(deliver(null).delivery).toEqual({ how: 'answer', answer: jsonAnswer(200, '{"orderId":1}') });
  });

  it.each([
    ['status-500', 500],
    ['html-error', 500],
    ['rate-limit', 429],
    ['rate-limit-without-retry-after', 429],
    ['unauthorized', 401],
    ['timeout', null],
    ['reset', null],
  ] as const)('%s answers %s and leaves the request without effect', (kind, status) => {
    const { delivery, asked } = deliver(kind);
    expect('answer' in delivery ? delivery.answer.status : null).toBe(status);
    expect(asked).toBe(0);
  });

  it('says when to come back on one kind of 429 only', () => {
    expect(deliver('rate-limit').delivery).toMatchObject({ answer: { headers: { 'retry-after': '2' } } });
    const silent = deliver('rate-limit-without-retry-after').delivery;
    expect('answer' in silent ? Object.keys(silent.answer.headers) : null).toEqual(['content-type']);
  });

  it('cuts the JSON in the middle', () => {
    expect(deliver('cut-json').delivery).toMatchObject({ how: 'answer', answer: { status: 200, body: '{"orde' } });
  });

  it('keeps the whole answer to truncate it on the wire', () => {
    expect(deliver('truncated-body').delivery).toMatchObject({ how: 'truncate', answer: { body: '{"orderId":1}' } });
  });
});
