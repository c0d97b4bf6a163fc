import { describe, expect, it } from 'vitest';
import { aHealthEvent, anAuditRecord } from '../../testing/builders.ts';
import { followLeader, type LiveView, NOTHING_HEARD, patienceOf, shouldTakeLead } from './follow-leader.ts';
import type { LeaderMessage } from './tab-message.ts';

const health = aHealthEvent();
const change = (seq: number) => anAuditRecord({ seq });
const view: LiveView = { term: 5, connection: 'live', lastSeq: 40, health, healthAt: 1000 };
const word = (part: Partial<LeaderMessage & { kind: 'word' }> = {}): LeaderMessage => ({
  kind: 'word',
  ...view,
  ...part,
});

describe('a tab that follows', () => {
  it.each([
    ['the first word: what the page loaded may be older', NOTHING_HEARD, word(), ['connection', 'health', 'isGap']],
    [
      'a word of a leader that never reached the server',
      NOTHING_HEARD,
      word({ lastSeq: null, health: null }),
      ['connection'],
    ],
    ['the same word again', view, word(), []],
    ['a newer word from the server', view, word({ healthAt: 2000 }), ['health']],
    ['an older word from the server', view, word({ healthAt: 500 }), []],
    ['a connection that is lost', view, word({ connection: 'reconnecting' }), ['connection']],
    ['a leader that knows of changes which were not passed on', view, word({ lastSeq: 42 }), ['isGap']],
    ['a new leader that is behind', view, word({ term: 6, lastSeq: 38 }), []],
    ['a change', view, { kind: 'change', term: 5, change: change(41) }, ['change']],
    ['a change that the former leader passed on', view, { kind: 'change', term: 6, change: change(40) }, []],
    ['a change before any word', NOTHING_HEARD, { kind: 'change', term: 5, change: change(41) }, ['isGap']],
    ['another record', view, { kind: 'reset', term: 5, lastSeq: 3 }, ['isGap']],
    ['a tab that no longer leads', view, { kind: 'reset', term: 4, lastSeq: 3 }, []],
  ] as const)('%s', (_what, before, message, news) => {
    expect(Object.keys(followLeader(before, message).news).toSorted()).toEqual([...news].toSorted());
  });

  it('counts along to the last change, never back but for another record', () => {
    let now = view;
    const seqs = [
      { kind: 'change', term: 5, change: change(41) } as const,
      word({ term: 6, lastSeq: 40 }),
      { kind: 'change', term: 6, change: change(41) } as const,
      word({ term: 6, lastSeq: 45 }),
      { kind: 'reset', term: 6, lastSeq: 3 } as const,
      { kind: 'change', term: 5, change: change(46) } as const,
      { kind: 'change', term: 6, change: change(4) } as const,
    ].map((message) => {
      now = followLeader(now, message).view;
      return now.lastSeq;
    });
    expect(seqs).toEqual([41, 41, 41, 45, 3, 3, 4]);
  });

  it.each([
    [view, 7999, true, false],
    [view, 8000, true, true],
    [view, 60_000, false, false],
    [NOTHING_HEARD, 1999, true, false],
    [NOTHING_HEARD, 2000, true, true],
  ] as const)(
    'takes the lead only when it is looked at and the leader is silent',
    (now, silentFor, isVisible, takes) => {
      expect(shouldTakeLead(now, silentFor, isVisible)).toBe(takes);
    },
  );

  it('hears the server before its data counts as old, also when the leader freezes just before a beat of the server', () => {
    expect(5000 + patienceOf(view)).toBeLessThan(15_000);
  });
});
