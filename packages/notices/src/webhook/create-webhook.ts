import type { WebhookMessage } from '@fill-tracker/contract';
import { type DeliveryAnswer, SECOND } from '@fill-tracker/domain';
import type { NoticeClock } from '../clock.ts';
import { signedHeaders } from './sign-message.ts';

/** Where messages go, and what signs them. Both are secrets: the address of a chat tool's webhook lets anybody post. */
export interface WebhookTarget {
  readonly url: string;
  readonly secret: string;
}

export interface Webhook {
  /** Hands one message over, once. Never rejects; what it says of trouble names no part of the address. */
  send(message: WebhookMessage, signal: AbortSignal): Promise<DeliveryAnswer>;
}

const TIMEOUT_MS = 10 * SECOND;

export interface WebhookOptions {
  readonly target: WebhookTarget;
  readonly clock: Pick<NoticeClock, 'now'>;
  /** ms for an answer; 10 s when left out. */
  readonly timeoutMs?: number;
}

/** The time of the signature is that of the try, so that a receiver may refuse what is old and replayed. */
export function createWebhook({ target, clock, timeoutMs = TIMEOUT_MS }: WebhookOptions): Webhook {
  return {
    async send(message, signal) {
      const body = JSON.stringify(message);
      const timestampSeconds = Math.floor(clock.now() / SECOND);
      // By hand: `AbortSignal.any` leaves something behind at a signal that lives as long as the process (Node 20).
      const limited = new AbortController();
      const cut = (): void => limited.abort(signal.reason);
      let isLate = false;
      const timer = setTimeout(() => {
        isLate = !limited.signal.aborted;
        limited.abort();
      }, timeoutMs);
      if (signal.aborted) cut();
      signal.addEventListener('abort', cut, { once: true });
      try {
        const answer = await fetch(target.url, {
          method: 'POST',
          headers: {
            'content-type': 'application/json; charset=utf-8',
            'user-agent': 'fill-tracker',
            ...signedHeaders(target.secret, { id: message.id, body, timestampSeconds }),
          },
          body,
          // A redirect could lead a signed body anywhere.
          redirect: 'manual',
          signal: limited.signal,
        });
        // What it says does not matter, and may be long.
        await answer.body?.cancel().catch(() => undefined);
        if (answer.ok) return { kind: 'taken' };
        return { kind: 'status', status: answer.status, retryAfterMs: retryAfterMs(answer.headers.get('retry-after')) };
      } catch (error) {
        const problem = isLate ? `no answer within ${timeoutMs / SECOND} s` : problemOf(error);
        return { kind: 'no-answer', problem };
      } finally {
        clearTimeout(timer);
        signal.removeEventListener('abort', cut);
      }
    },
  };
}

/** Seconds only; the other form, a date, is taken for nothing said. */
function retryAfterMs(header: string | null): number | null {
  return header !== null && /^\d{1,6}$/.test(header) ? Number(header) * SECOND : null;
}

/** Node's word for it, such as ECONNREFUSED. Messages of `fetch` can quote the address. */
function problemOf(error: unknown): string {
  const cause: unknown = error instanceof Error ? error.cause : null;
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : null;
  return typeof code === 'string' && /^[A-Z0-9_]{1,60}$/.test(code) ? `no answer: ${code}` : 'no answer';
}
