import type { Operation } from './operation.ts';

/**
 * What went wrong, in one word:
 * - `network`: no whole answer came (refused, reset, cut off); `timeout`: none in time.
 * - `rate-limited` (429), `unauthorized` (401), `forbidden` (403), `not-found` (404), `bad-request` (other 4xx),
 *   `server` (5xx, and whatever else only an edge or a gateway says).
 * - `shape`: the answer came, but is not what it must be.
 * - `sign-in-needed`: no refresh token, or a dead one; only a person can help.
 * - `breaker-open`: nothing was sent, since the last calls of this operation met an outage; `retryAfterMs` says when one
 *   may ask again.
 */
export type SchwabErrorKind =
  | 'network'
  | 'timeout'
  | 'rate-limited'
  | 'unauthorized'
  | 'forbidden'
  | 'not-found'
  | 'bad-request'
  | 'server'
  | 'shape'
  | 'sign-in-needed'
  | 'breaker-open';

export interface SchwabErrorFacts {
  readonly operation?: Operation | null;
  /** HTTP status, null when no status line came. */
  readonly status?: number | null;
  /** Schwab's `Schwab-Client-CorrelId`, to be quoted to their support. */
  readonly correlationId?: string | null;
  /** How long Schwab, or the breaker, asks to wait, in ms; null when nobody said. */
  readonly retryAfterMs?: number | null;
  /** Schwab's own words, redacted; null when the body held none. */
  readonly detail?: string | null;
}

/**
 * Every failure of a call to Schwab. Messages hold no token, secret, account number or hash, and `cause` is left
 * empty on purpose: what undici puts there can quote a header or raw bytes of an answer.
 */
export class SchwabError extends Error {
  override readonly name: string = 'SchwabError';
  readonly kind: SchwabErrorKind;
  readonly operation: Operation | null;
  readonly status: number | null;
  readonly correlationId: string | null;
  readonly retryAfterMs: number | null;
  readonly detail: string | null;

  constructor(kind: SchwabErrorKind, message: string, facts: SchwabErrorFacts = {}) {
    super(message);
    this.kind = kind;
    this.operation = facts.operation ?? null;
    this.status = facts.status ?? null;
    this.correlationId = facts.correlationId ?? null;
    this.retryAfterMs = facts.retryAfterMs ?? null;
    this.detail = facts.detail ?? null;
  }
}

/** A body that is not what it must be. `path` says where (`[3].orderActivityCollection[0].quantity`, `$` for all of it). */
export class ShapeError extends SchwabError {
  override readonly name: string = 'ShapeError';
  readonly path: string;
  readonly problem: string;

  constructor(path: string, problem: string, facts: SchwabErrorFacts = {}) {
    super('shape', path === '$' ? problem : `${path}: ${problem}`, facts);
    this.path = path;
    this.problem = problem;
  }

  /** The same, with what is known of the answer that the body came with. */
  withFacts(facts: SchwabErrorFacts): ShapeError {
    return new ShapeError(this.path, this.problem, facts);
  }
}

/** The answer is JSON, and tells of the order that was asked for; but that cannot be read without guessing. */
export class OddOrderError extends ShapeError {
  override readonly name = 'OddOrderError';
  readonly orderId: string;
  /** Private, so that no log writes it: it may hold an account number. */
  readonly #text: string;

  constructor({ orderId, problem, text }: OddOrderFacts, facts: SchwabErrorFacts = {}) {
    super('$', problem, facts);
    this.orderId = orderId;
    this.#text = text;
  }

  /** The order's JSON. Not redacted. */
  get text(): string {
    return this.#text;
  }

  override withFacts(facts: SchwabErrorFacts): OddOrderError {
    return new OddOrderError(this, facts);
  }
}

interface OddOrderFacts {
  readonly orderId: string;
  readonly problem: string;
  readonly text: string;
}

/** The answer broke off after its headers had come. */
export class AnswerCutOffError extends SchwabError {
  override readonly name = 'AnswerCutOffError';
  /** The `Location` header: on a placed order, the only trace of what Schwab did. */
  readonly location: string | null;

  constructor(
    kind: 'network' | 'timeout' | 'shape',
    message: string,
    location: string | null,
    facts: SchwabErrorFacts,
  ) {
    super(kind, message, facts);
    this.location = location;
  }
}

const KIND_OF_STATUS: Readonly<Record<number, SchwabErrorKind>> = {
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not-found',
  429: 'rate-limited',
};

/** A redirect is an edge's doing, never the API's: it counts as a server that does not answer. */
export function kindOfStatus(status: number): SchwabErrorKind | 'ok' {
  if (status >= 200 && status < 300) return 'ok';
  return KIND_OF_STATUS[status] ?? (status >= 400 && status < 500 ? 'bad-request' : 'server');
}
