import { problem, type Problem } from '@fill-tracker/contract';
import type { z } from 'zod';

/**
 * Why a request did not give what was asked for.
 * - `refused`: the server answered with a problem (see `status` and `problem`);
 * - `unreachable`: no answer came;
 * - `unreadable`: an answer came that this page does not understand: page and server differ in version.
 */
export class RequestError extends Error {
  override readonly name = 'RequestError';
  readonly kind: 'refused' | 'unreachable' | 'unreadable';
  readonly status: number | null;
  readonly problem: Problem | null;

  constructor(
    kind: RequestError['kind'],
    message: string,
    more: { status?: number; problem?: Problem | null; cause?: unknown } = {},
  ) {
    super(message, { cause: more.cause });
    this.kind = kind;
    this.status = more.status ?? null;
    this.problem = more.problem ?? null;
  }
}

/**
 * Asks our own API and checks the answer's shape.
 *
 * @throws {RequestError} and nothing else, but for an aborted signal
 */
export async function requestJson<Answer>(
  schema: z.ZodType<Answer>,
  path: string,
  init: RequestInit = {},
): Promise<Answer> {
  const response = await send(path, init);
  const body = await readJson(response);
  if (!response.ok) throw refusal(response.status, body);
  const answer = schema.safeParse(body);
  if (!answer.success) {
    throw new RequestError(
      'unreadable',
      'The server answered in a form that this page does not know. Reload the page.',
      {
        status: response.status,
        cause: answer.error,
      },
    );
  }
  return answer.data;
}

async function send(path: string, init: RequestInit): Promise<Response> {
  const headers = new Headers(init.headers);
  headers.set('accept', 'application/json');
  try {
    return await fetch(path, { ...init, headers });
  } catch (error) {
    if (init.signal?.aborted === true) throw error;
    throw new RequestError('unreachable', 'The server does not answer.', { cause: error });
  }
}

async function readJson(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return null;
  }
}

function refusal(status: number, body: unknown): RequestError {
  const parsed = problem.safeParse(body);
  if (!parsed.success) return new RequestError('refused', `The server answered ${status}.`, { status });
  return new RequestError('refused', parsed.data.detail, { status, problem: parsed.data });
}

/** True for failures that asking again may cure. */
export function isPassing(error: unknown): boolean {
  return (
    error instanceof RequestError &&
    (error.kind === 'unreachable' || (error.kind === 'refused' && (error.status ?? 0) >= 500))
  );
}

/** The sentence for the screen. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : 'Something went wrong.';
}
