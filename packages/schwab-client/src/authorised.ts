import type { TokenSource } from './auth/token-source.ts';
import type { StoredToken } from './auth/stored-token.ts';
import type { Clock } from './clock.ts';
import { brokenOff } from './http/broken-off.ts';
import { refusalOf } from './http/refusal.ts';
import type { Answer, SchwabRequest } from './http/request.ts';
import { sendWithRetry } from './http/send-with-retry.ts';
import type { Transmit } from './http/transmit.ts';
import type { Lane } from './operation.ts';

export interface CallOptions {
  /** Whose turn it is when the request budget is short. */
  readonly lane: Lane;
  /** Ends the call: in the queue, between attempts, and on the wire (a write only in the queue). */
  readonly signal?: AbortSignal;
}

/** Calls that carry an access token. */
export interface Authorised {
  /** Reads: retried, gives a whole 2xx answer or throws a SchwabError. One 401 costs a forced refresh and a second try. */
  read(request: SchwabRequest, call: CallOptions): Promise<Answer>;
  /**
   * Writes: sent once, whatever happens; answers of every status. `onSend` is called when the request is about to
   * leave: what fails before was never sent. A 401 has the token replaced for the calls to come.
   */
  write(request: SchwabRequest, call: CallOptions, onSend: () => void): Promise<Answer>;
}

export interface AuthorisedOptions {
  readonly tokens: TokenSource;
  readonly transmit: Transmit;
  readonly clock: Clock;
  readonly random: () => number;
}

export function createAuthorised({ tokens, transmit, clock, random }: AuthorisedOptions): Authorised {
  /** The token is made fresh before the queue, where time is free, and looked at again when the turn comes. */
  async function alive(token: StoredToken, signal: AbortSignal | undefined): Promise<StoredToken> {
    return token.accessTokenExpiresAt > clock.now() ? token : await tokens.fresh(signal);
  }

  return {
    async read(request, { lane, signal }) {
      let attempt = 0;
      let hasReplaced = false;
      const once = async (): Promise<Answer> => {
        let token = await tokens.fresh(signal);
        const authorization = async () => {
          token = await alive(token, signal);
          return `Bearer ${token.accessToken}`;
        };
        attempt += 1;
        const answer = await transmit(request, {
          lane,
          attempt,
          authorization,
          queueSignal: signal,
          wireSignal: signal,
        });
        if (answer.status === 401 && !hasReplaced) {
          hasReplaced = true;
          await tokens.replace(token.accessToken, signal);
          return once();
        }
        const failure = refusalOf(answer, request) ?? brokenOff(answer, request);
        if (failure !== null) throw failure;
        return answer;
      };
      return sendWithRetry(once, { operation: request.operation, clock, random, signal });
    },

    async write(request, { lane, signal }, onSend) {
      let token = await tokens.fresh(signal);
      const authorization = async () => {
        token = await alive(token, signal);
        return `Bearer ${token.accessToken}`;
      };
      const answer = await transmit(request, { lane, attempt: 1, authorization, onSend, queueSignal: signal });
      if (answer.status === 401) await tokens.replace(token.accessToken, signal).catch(() => undefined);
      return answer;
    },
  };
}
