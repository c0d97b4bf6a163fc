/**
 * How a tab keeps in step with the one that holds the live connection. Every tab counts along to the last change it
 * knows of, so that any of them can go on from there when it takes the lead. The rules:
 *
 * - a word of a lower term is from a tab that lost the lead: it counts for nothing;
 * - a change that this tab has is passed over: the new leader may repeat what the old one passed on;
 * - a leader that is further than this tab can be by what it passed on means a gap.
 */
import type { AuditRecord, HealthEvent } from '@fill-tracker/contract';
import type { Connection } from './live-store.ts';
import type { LeaderMessage } from './tab-message.ts';

/** What a tab knows of the live connection. */
export interface LiveView {
  /** The highest term it has heard of; 0 before the first. */
  readonly term: number;
  readonly connection: Connection;
  readonly lastSeq: number | null;
  readonly health: HealthEvent | null;
  /** ms */
  readonly healthAt: number | null;
}

export const NOTHING_HEARD: LiveView = {
  term: 0,
  connection: 'connecting',
  lastSeq: null,
  health: null,
  healthAt: null,
};

/** What is news to this tab. */
export interface News {
  readonly connection?: Connection;
  readonly health?: { readonly event: HealthEvent; readonly at: number };
  readonly change?: AuditRecord;
  readonly isGap?: true;
}

interface Step {
  readonly view: LiveView;
  readonly news: News;
}

export function followLeader(view: LiveView, message: LeaderMessage): Step {
  if (message.term < view.term) return { view, news: {} };
  if (message.kind === 'word') return followWord(view, message);
  if (message.kind === 'change') return followChange({ ...view, term: message.term }, message.change);
  return { view: { ...view, term: message.term, lastSeq: message.lastSeq }, news: { isGap: true } };
}

function followWord(view: LiveView, word: LeaderMessage & { kind: 'word' }): Step {
  const { term, connection, lastSeq, health, healthAt } = word;
  const isGap = lastSeq !== null && (view.lastSeq === null || lastSeq > view.lastSeq);
  const isNewer = health !== null && healthAt !== null && healthAt > (view.healthAt ?? -Infinity);
  return {
    view: {
      term,
      connection,
      lastSeq: isGap ? lastSeq : view.lastSeq,
      health: isNewer ? health : view.health,
      healthAt: isNewer ? healthAt : view.healthAt,
    },
    news: {
      ...(connection !== view.connection && { connection }),
      ...(isNewer && { health: { event: health, at: healthAt } }),
      ...(isGap && { isGap }),
    },
  };
}

function followChange(view: LiveView, change: AuditRecord): Step {
  if (view.lastSeq !== null && change.seq <= view.lastSeq) return { view, news: {} };
  // Before the first word nobody knows which changes came before this one.
  const news: News = view.lastSeq === null ? { isGap: true } : { change };
  return { view: { ...view, lastSeq: change.seq }, news };
}

/**
 * How long a leader may be silent, ms. Longer than its own beats are apart and the server's; so short that a tab which
 * then takes over hears the server before it would call its data old.
 */
const PATIENCE_MS = 8000;
/** How long a tab that knows nothing yet waits for the leader's first word, ms. */
const FIRST_PATIENCE_MS = 2000;

export function patienceOf({ term }: LiveView): number {
  return term === 0 ? FIRST_PATIENCE_MS : PATIENCE_MS;
}

/**
 * Whether a tab takes the lead away. Only one that somebody looks at does: browsers slow down and freeze hidden tabs,
 * so that a hidden leader may be late with what a visible tab needs, and not the other way round.
 *
 * @param silentForMs since the leader's last word, or since this tab began to listen
 */
export function shouldTakeLead(view: LiveView, silentForMs: number, isVisible: boolean): boolean {
  return isVisible && silentForMs >= patienceOf(view);
}
