import { readErrorBody } from '../error-body.ts';
import { kindOfStatus, SchwabError } from '../errors.ts';
import type { SchwabErrorKind } from '../errors.ts';
import type { Answer, SchwabRequest } from './request.ts';

/** The error that an answer outside 2xx means; null for a good one. */
export function refusalOf(answer: Answer, request: SchwabRequest): SchwabError | null {
  const kind = kindOfStatus(answer.status);
  return kind === 'ok' ? null : refusal(kind, answer, request);
}

/** The error of a given kind, carrying all that the answer tells: status, Schwab's words, correlation id, pause. */
export function refusal(kind: SchwabErrorKind, answer: Answer, request: SchwabRequest): SchwabError {
  const detail = readErrorBody(answer.text, answer.secrets);
  const words = `${request.operation}: Schwab answered ${answer.status}${detail === null ? '' : ` (${detail})`}`;
  return new SchwabError(kind, words, {
    operation: request.operation,
    status: answer.status,
    correlationId: answer.correlationId,
    retryAfterMs: answer.retryAfterMs,
    detail,
  });
}
