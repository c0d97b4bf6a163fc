import type { Clock } from '../clock.ts';
import { AnswerCutOffError, kindOfStatus, SchwabError } from '../errors.ts';
import type { SchwabErrorFacts } from '../errors.ts';
import { linkedSignal } from '../linked-signal.ts';
import type { LinkedSignal } from '../linked-signal.ts';
import { BodyTooLargeError, MAX_BODY_BYTES, readBody } from './read-body.ts';
import type { Answer, SchwabRequest } from './request.ts';
import { readHttpDate, readRetryAfter } from './retry-after.ts';

export interface SendOptions {
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  /** For the whole attempt, from connecting to the last byte of the body. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
  readonly maxBodyBytes?: number;
}

/**
 * One HTTP attempt: every byte to and from Schwab passes here. Answers of every status are returned, for each caller
 * reads them differently.
 *
 * Redirects are not followed: following one would send a write, and the token with it, a second time.
 *
 * @throws {SchwabError} `network` or `timeout` when no whole answer came, as AnswerCutOffError once its headers had.
 * @throws the signal's reason when the caller aborted.
 */
export async function send(request: SchwabRequest, authorization: string, options: SendOptions): Promise<Answer> {
  options.signal?.throwIfAborted();
  using deadline = linkedSignal([options.signal], options.timeoutMs);
  const requestedAt = options.clock.now();
  let response: Response;
  try {
    response = await options.fetch(request.url, {
      method: request.method,
      headers: headersOf(request, authorization),
      ...(request.body === undefined ? {} : { body: request.body }),
      redirect: 'manual',
      signal: deadline.signal,
    });
  } catch (error) {
    options.signal?.throwIfAborted();
    throw noAnswer(error, deadline, request);
  }
  const head = readHead(response, options.clock.now());
  let text = '';
  try {
    text = await readBody(response, options.maxBodyBytes ?? MAX_BODY_BYTES);
  } catch (error) {
    options.signal?.throwIfAborted();
    // The status of a refusal is known, whatever became of its words (edges send broken gzip with their errors).
    if (kindOfStatus(head.status) === 'ok') throw cutOff(error, deadline, request, head);
  }
  const secrets = [...request.secrets, authorization.replace(/^\w+ /, '')];
  return { ...head, text, requestedAt, respondedAt: options.clock.now(), secrets };
}

function headersOf(request: SchwabRequest, authorization: string): Record<string, string> {
  const headers: Record<string, string> = { accept: 'application/json', authorization };
  if (request.contentType !== undefined) headers['content-type'] = request.contentType;
  return headers;
}

function readHead(response: Response, now: number) {
  const serverDate = readHttpDate(response.headers.get('date'));
  return {
    status: response.status,
    location: response.headers.get('location'),
    correlationId: response.headers.get('schwab-client-correlid')?.slice(0, 100) ?? null,
    retryAfterMs: readRetryAfter(response.headers.get('retry-after'), serverDate ?? now),
    serverDate,
  };
}

function noAnswer(error: unknown, deadline: LinkedSignal, request: SchwabRequest): SchwabError {
  const { kind, words } = describeFailure(error, deadline);
  return new SchwabError(kind, `${request.operation}: ${words}`, { operation: request.operation });
}

function cutOff(
  error: unknown,
  deadline: LinkedSignal,
  request: SchwabRequest,
  head: SchwabErrorFacts & { readonly location: string | null },
): AnswerCutOffError {
  const facts = {
    operation: request.operation,
    status: head.status ?? null,
    correlationId: head.correlationId ?? null,
  };
  if (error instanceof BodyTooLargeError) {
    return new AnswerCutOffError('shape', `${request.operation}: the body is too large`, head.location, facts);
  }
  const { kind, words } = describeFailure(error, deadline);
  return new AnswerCutOffError(kind, `${request.operation}: ${words} inside the body`, head.location, facts);
}

function describeFailure(error: unknown, deadline: LinkedSignal): { kind: 'network' | 'timeout'; words: string } {
  const code = systemCode(error);
  if (deadline.expired() || code.endsWith('TIMEOUT') || code === 'ETIMEDOUT') {
    return { kind: 'timeout', words: 'no answer in time' };
  }
  return { kind: 'network', words: `the connection failed (${code === '' ? 'no code' : code})` };
}

/** The innermost system code, such as ECONNRESET: fetch wraps it in a TypeError that says only "fetch failed". */
function systemCode(error: unknown): string {
  let code = '';
  for (let layer: unknown = error; layer instanceof Error; layer = layer.cause) {
    if ('code' in layer && typeof layer.code === 'string' && /^[A-Z][A-Z0-9_]+$/.test(layer.code)) code = layer.code;
  }
  return code;
}
