import { ShapeError } from './errors.ts';
import type { Answer, SchwabRequest } from './http/request.ts';

/** When an answer was asked for and came, by our clock in ms since epoch, and its name at Schwab's. */
export interface AnswerFacts {
  readonly requestedAt: number;
  readonly respondedAt: number;
  readonly correlationId: string | null;
}

/**
 * Reads the body of a good answer and adds when it was asked for and came.
 *
 * @throws {ShapeError} as `parse` does, with the operation, status and correlation id of the answer.
 */
export function readingAnswer<T extends object>(
  answer: Answer,
  { operation }: SchwabRequest,
  parse: (text: string) => T,
): T & AnswerFacts {
  const { requestedAt, respondedAt, correlationId, status } = answer;
  try {
    return { ...parse(answer.text), requestedAt, respondedAt, correlationId };
  } catch (error) {
    if (!(error instanceof ShapeError)) throw error;
    throw error.withFacts({ operation, status, correlationId });
  }
}
