import type { FillDatabase } from '@fill-tracker/db';
import type { Context } from '../../app.ts';
import { presentAuditRecord } from '../audit/index.ts';
import { changeFrame, healthFrame, HEARTBEAT, resetFrame, startFrame } from './event-frames.ts';
import type { LiveFeed } from './live-feed.ts';

const ENTRIES_AT_A_TIME = 200;
/** How long a reader waits before it connects again. */
const RETRY_MS = 1_000;

export interface FollowOptions {
  /** The last id that the reader has; null to begin now; NaN for what was never an id of ours. */
  readonly lastEventId: number | null;
  readonly signal: AbortSignal;
}

/**
 * The frames of one stream, without gaps and without repeats: it reads on from the last entry it sent, and only then
 * waits. It ends when the record is another one than at its beginning; the reader comes back and begins anew.
 */
export async function* followRecord(
  { record }: Pick<Context, 'record'>,
  feed: LiveFeed,
  { lastEventId, signal }: FollowOptions,
): AsyncGenerator<string> {
  const db = record();
  const newest = await db.lastAuditSeq();
  const isResumable = lastEventId === null || (await isInRecord(db, lastEventId));
  let sent = isResumable ? (lastEventId ?? newest) : newest;
  yield startFrame(sent, RETRY_MS);
  if (!isResumable) yield resetFrame({ lastSeq: newest });
  let beat: number | null = null;
  while (!signal.aborted) {
    const state = feed.state();
    if (!isStill(db, record)) return;
    for (;;) {
      const entries = await db.auditAfter(sent, ENTRIES_AT_A_TIME);
      if (entries.length === 0) break;
      yield entries.map((entry) => changeFrame(presentAuditRecord(entry))).join('');
      sent = entries.at(-1)?.seq ?? sent;
    }
    if (state.beat !== beat) yield `${HEARTBEAT}${state.health === null ? '' : healthFrame(state.health)}`;
    beat = state.beat;
    await feed.changeFrom(state, signal);
  }
}

/**
 * Entries are never deleted, so a number that the record does not hold was given out by the one that a backup has taken
 * the place of. Being smaller than the newest proves nothing: a restored record counts on beyond what it lost.
 */
async function isInRecord(db: FillDatabase, seq: number): Promise<boolean> {
  if (seq === 0) return true;
  if (!Number.isSafeInteger(seq)) return false;
  const [entry] = await db.auditAfter(seq - 1, 1);
  return entry?.seq === seq;
}

function isStill(db: FillDatabase, record: Context['record']): boolean {
  try {
    return record() === db;
  } catch {
    return false;
  }
}
