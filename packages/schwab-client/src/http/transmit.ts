import type { Clock } from '../clock.ts';
import type { ClockComparison } from '../clock-skew.ts';
import { kindOfStatus, SchwabError } from '../errors.ts';
import type { SchwabErrorKind } from '../errors.ts';
import type { Lane, Operation } from '../operation.ts';
import type { CircuitBreaker } from './circuit-breaker.ts';
import { send } from './send.ts';
import type { Answer, SchwabRequest } from './request.ts';
import type { TokenBucket } from './token-bucket.ts';

/** One attempt at Schwab, told when it is over: for the request log, metrics and error streaks. */
export interface AttemptEvent {
  readonly operation: Operation;
  readonly lane: Lane;
  /** 1 for the first attempt of a call. */
  readonly attempt: number;
  /** HTTP status; null when no answer came. */
  readonly status: number | null;
  /** What the status says, or why there is none; `aborted` when the caller gave up. Bodies are judged later. */
  readonly outcome: 'ok' | 'aborted' | SchwabErrorKind;
  /** ms on the wire, without the time in the queue. */
  readonly durationMs: number;
  /** ms since epoch. */
  readonly startedAt: number;
  /** Schwab's clock (`Date` header), ms since epoch. */
  readonly serverDate: number | null;
}

export interface TransmitOptions {
  readonly bucket: TokenBucket;
  readonly breaker: CircuitBreaker;
  readonly clock: Clock;
  readonly fetch: typeof fetch;
  readonly attemptTimeoutMs: number;
  readonly onAttempt: (attempt: AttemptEvent) => void;
  /** Told of Schwab's clock with each answer. */
  readonly clocks: Pick<ClockComparison, 'note'>;
}

interface Transmission {
  readonly lane: Lane;
  readonly attempt: number;
  /** Asked for when the turn has come, since a token can die in the queue. */
  readonly authorization: () => Promise<string>;
  /** Called when the request is about to leave: whatever fails before it was never sent. */
  readonly onSend?: () => void;
  /** Ends the wait for a turn. */
  readonly queueSignal?: AbortSignal | undefined;
  /** Ends the request itself. Left out where an answer must not be lost: writes, and whatever spends a token. */
  readonly wireSignal?: AbortSignal | undefined;
}

/**
 * Waits for a turn, sends once, tells the observer; a 429 pauses the whole budget. Returns answers of every status.
 * While the breaker is open it throws `breaker-open` and sends nothing.
 */
export type Transmit = (request: SchwabRequest, transmission: Transmission) => Promise<Answer>;

export function createTransmit(options: TransmitOptions): Transmit {
  const { bucket, breaker, clock } = options;

  async function sendAndTell(request: SchwabRequest, authorization: string, transmission: Transmission) {
    const startedAt = clock.now();
    const tell = (facts: Pick<AttemptEvent, 'status' | 'outcome' | 'serverDate'>) => {
      const { lane, attempt } = transmission;
      const durationMs = clock.now() - startedAt;
      notify(options.onAttempt, { operation: request.operation, lane, attempt, durationMs, startedAt, ...facts });
    };
    try {
      const answer = await send(request, authorization, {
        fetch: options.fetch,
        clock,
        timeoutMs: options.attemptTimeoutMs,
        signal: transmission.wireSignal,
      });
      if (answer.status === 429) bucket.penalise(answer.retryAfterMs);
      else bucket.forgive();
      const { requestedAt, respondedAt, serverDate } = answer;
      if (serverDate !== null) options.clocks.note({ requestedAt, respondedAt, serverDate });
      tell({ status: answer.status, outcome: kindOfStatus(answer.status), serverDate: answer.serverDate });
      return answer;
    } catch (error) {
      const known = error instanceof SchwabError ? error : null;
      tell({ status: known?.status ?? null, outcome: known?.kind ?? 'aborted', serverDate: null });
      throw error;
    }
  }

  return async function transmit(request, transmission) {
    const { operation } = request;
    const { lane, queueSignal } = transmission;
    // Before the queue, so that a call which may not leave takes nobody's turn; the pass itself is for those who do.
    breaker.assertPassable(operation, transmission);
    await bucket.acquire(lane, queueSignal);
    const authorization = await transmission.authorization();
    queueSignal?.throwIfAborted();
    return breaker.guard(operation, transmission, () => {
      transmission.onSend?.();
      return sendAndTell(request, authorization, transmission);
    });
  };
}

/** An observer that throws must not turn an answer into a failure: for a placed order that would lose its id. */
function notify(onAttempt: (attempt: AttemptEvent) => void, event: AttemptEvent): void {
  try {
    onAttempt(event);
  } catch {
    // The observer's own fault, and its own to report.
  }
}
