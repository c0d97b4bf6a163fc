/**
 * A live connection: `GET /api/events`.
 *
 * It moves connecting -> live -> reconnecting -> live. The browser's own reconnection is not used: it gives up for
 * good after an answer other than 200, knows no backoff, and notices a connection that died quietly only after
 * minutes. Here every error, and every silence, closes the source and opens a new one after a while, which names the
 * last id that was heard, so that nothing is missed.
 */
import { type AuditRecord, auditRecord, type HealthEvent, healthEvent, resetEvent } from '@fill-tracker/contract';
import type { z } from 'zod';
import type { Connection } from '../live-store.ts';
import type { EventSourceLike, Surroundings } from '../surroundings.ts';

const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 20_000;
/** Health comes every few seconds: a live connection that is silent for so long, ms, is dead. */
const SILENCE_MS = 15_000;

export interface EventStreamListener {
  readonly onConnection: (connection: Connection) => void;
  /** @param at when it was heard, ms by this machine's clock */
  readonly onHealth: (health: HealthEvent, at: number) => void;
  readonly onChange: (change: AuditRecord) => void;
  /** Changes may have been missed: everything must be loaded anew. */
  readonly onGap: () => void;
}

export interface EventStream {
  /** Tries at once instead of waiting, when a retry is pending. */
  readonly retryNow: () => void;
  /** Number of the last change that was heard, or where the stream began; null while that is not known. */
  readonly lastSeq: () => number | null;
  readonly close: () => void;
}

/** How long to wait before try number `attempt` (from 1), ms. Half of it is chance: pages must not return in step. */
export function retryDelay(attempt: number, random: number): number {
  const longest = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** (attempt - 1));
  return longest / 2 + (longest / 2) * random;
}

/** @param resumeFrom number of the last change that is known already */
export function openEventStream(
  surroundings: Surroundings,
  listener: EventStreamListener,
  resumeFrom: number | null = null,
): EventStream {
  let source: EventSourceLike | null = null;
  let lastSeq = resumeFrom;
  let attempt = 0;
  let callOffRetry = () => {};
  let callOffSilence = () => {};

  const connect = () => {
    const resumesFrom = lastSeq;
    source = surroundings.openEventSource(`/api/events${resumesFrom === null ? '' : `?lastEventId=${resumesFrom}`}`);
    // Some proxies hold a stream back for ever: an attempt may be silent only so long, too.
    heard();
    source.addEventListener('open', () => {
      attempt = 0;
      listener.onConnection('live');
      heard();
      // Without an id to go on from, what changed since the page loaded its data is unknown.
      if (resumesFrom === null) listener.onGap();
    });
    source.addEventListener('error', reconnect);
    listenTo(source, 'health', healthEvent, (health, lastEventId) => {
      heard();
      // Health has no id of its own; the browser tells the last one, which the server names when a stream begins.
      if (/^\d+$/.test(lastEventId)) lastSeq = Number(lastEventId);
      listener.onHealth(health, surroundings.now());
    });
    listenTo(source, 'message', auditRecord, (change) => {
      heard();
      lastSeq = change.seq;
      listener.onChange(change);
    });
    listenTo(source, 'reset', resetEvent, (reset) => {
      heard();
      ({ lastSeq } = reset);
      listener.onGap();
    });
  };
  const heard = () => {
    callOffSilence();
    callOffSilence = surroundings.after(SILENCE_MS, reconnect);
  };
  const reconnect = () => {
    stop();
    attempt += 1;
    listener.onConnection('reconnecting');
    callOffRetry = surroundings.after(retryDelay(attempt, surroundings.random()), connect);
  };
  const stop = () => {
    callOffRetry();
    callOffSilence();
    source?.close();
    source = null;
  };

  connect();
  return {
    retryNow: () => {
      if (source !== null) return;
      callOffRetry();
      connect();
    },
    lastSeq: () => lastSeq,
    close: stop,
  };
}

/** A frame that does not have the shape we know is passed over: the health that follows tells whether all is well. */
function listenTo<Data>(
  source: EventSourceLike,
  name: string,
  schema: z.ZodType<Data>,
  listener: (data: Data, lastEventId: string) => void,
): void {
  source.addEventListener(name, ({ data, lastEventId }) => {
    const parsed = schema.safeParse(jsonOrNull(data));
    if (parsed.success) listener(parsed.data, lastEventId);
  });
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
