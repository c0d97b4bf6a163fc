import type { Clock } from '../clock.ts';
import { kindOfStatus, SchwabError } from '../errors.ts';
import type { Operation } from '../operation.ts';
import { admit, afterAttempt, CLOSED } from './circuit.ts';
import type { Admission, Caller, Circuit, Verdict } from './circuit.ts';
import type { Answer } from './request.ts';

/** An operation that is held back for the time being. */
export interface OpenCircuit {
  readonly operation: Operation;
  /** ms since epoch when the next call may leave; null while a probe is on its way. */
  readonly retryAt: number | null;
}

/**
 * Stops asking when asking is useless, one circuit for each operation: the list may fail where single orders are still
 * told, and market data where orders are.
 */
export class CircuitBreaker {
  readonly #clock: Clock;
  readonly #circuits = new Map<Operation, Circuit>();

  constructor({ clock }: { readonly clock: Clock }) {
    this.#clock = clock;
  }

  /** @throws {SchwabError} `breaker-open` when a call could not leave now. */
  assertPassable(operation: Operation, caller: Caller): void {
    const admission = this.#admission(operation, caller);
    if (admission.pass === null) throw this.#refusal(operation, admission.waitMs);
  }

  /**
   * Lets one attempt out and learns from what becomes of it.
   *
   * @throws {SchwabError} `breaker-open` when it may not leave; it was not begun then.
   */
  async guard(operation: Operation, caller: Caller, attempt: () => Promise<Answer>): Promise<Answer> {
    const admission = this.#admission(operation, caller);
    if (admission.pass === null) throw this.#refusal(operation, admission.waitMs);
    const { pass } = admission;
    this.#circuits.set(operation, admission.circuit);
    const conclude = (verdict: Verdict) =>
      this.#circuits.set(operation, afterAttempt(this.#circuit(operation), pass, verdict, this.#clock.now()));
    try {
      const answer = await attempt();
      conclude(kindOfStatus(answer.status) === 'server' ? 'outage' : 'answered');
      return answer;
    } catch (error) {
      conclude(verdictOn(error));
      throw error;
    }
  }

  /** The operations that are held back now. */
  open(): readonly OpenCircuit[] {
    return [...this.#circuits].flatMap(([operation, circuit]) =>
      circuit.phase === 'closed' ? [] : [{ operation, retryAt: circuit.phase === 'open' ? circuit.retryAt : null }],
    );
  }

  #circuit(operation: Operation): Circuit {
    return this.#circuits.get(operation) ?? CLOSED;
  }

  #admission(operation: Operation, caller: Caller): Admission {
    return admit(this.#circuit(operation), caller, this.#clock.now());
  }

  #refusal(operation: Operation, waitMs: number): SchwabError {
    const at = new Date(this.#clock.now() + waitMs).toISOString();
    const words = `${operation}: not sent, since Schwab did not answer the last calls; the next may leave at ${at}`;
    return new SchwabError('breaker-open', words, { operation, retryAfterMs: waitMs });
  }
}

/** Whatever is no SchwabError is the reason of a caller who gave up. A body that is too large came, at least. */
function verdictOn(error: unknown): Verdict {
  if (!(error instanceof SchwabError)) return 'abandoned';
  return error.kind === 'network' || error.kind === 'timeout' ? 'outage' : 'answered';
}
