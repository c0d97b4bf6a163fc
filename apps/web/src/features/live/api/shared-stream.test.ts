import { describe, expect, it } from 'vitest';
import { aHealthEvent, anAuditRecord } from '../../../testing/builders.ts';
import { type FakeBrowser, fakeBrowser } from '../../../testing/fake-browser.ts';
import { fakeSurroundings } from '../../../testing/fake-surroundings.ts';
import { openSharedStream } from './shared-stream.ts';

function openTab(browser: FakeBrowser | null) {
  const surroundings = fakeSurroundings(browser);
  const heard: string[] = [];
  const stream = openSharedStream(surroundings, {
    onConnection: (connection) => heard.push(connection),
    onHealth: ({ state }, at) => heard.push(`health ${state} at ${at - Date.parse('2026-01-05T15:00:00.000Z')}`),
    onChange: ({ seq }) => heard.push(`change ${seq}`),
    onGap: () => heard.push('gap'),
  });
  return {
    ...surroundings,
    heard,
    stream,
    /** What was heard since the last look. */
    news: () => heard.splice(0),
    source: () => surroundings.sources.at(-1) ?? expect.unreachable('this tab has no connection'),
  };
}

type Tab = ReturnType<typeof openTab>;

/** Time passes in all tabs alike. */
function advance(ms: number, ...tabs: Tab[]): void {
  for (let passed = 0; passed < ms; passed += 500) for (const tab of tabs) tab.advance(500);
}

function goLive(tab: Tab, lastSeq = '40'): void {
  tab.source().open();
  tab.source().emit('health', aHealthEvent(), lastSeq);
}

/** Two tabs, of which the first leads and both are up to date. */
function twoTabs() {
  const browser = fakeBrowser();
  const leader = openTab(browser);
  goLive(leader);
  const follower = openTab(browser);
  leader.news();
  follower.news();
  return { browser, leader, follower };
}

describe('one live connection for all tabs', () => {
  it('is held by the first tab; one that joins knows at once how things stand, and that it may have missed changes', () => {
    const browser = fakeBrowser();
    const leader = openTab(browser);
    goLive(leader);
    leader.advance(3000);
    const follower = openTab(browser);
    expect([leader.sources.length, follower.sources.length]).toEqual([1, 0]);
    expect(follower.heard).toEqual(['live', 'health running at 0', 'gap']);
  });

  it('passes on what the server says', () => {
    const { leader, follower } = twoTabs();
    advance(5000, leader, follower);
    leader.source().emit('message', anAuditRecord({ seq: 41 }));
    leader.source().emit('health', aHealthEvent({ state: 'stopped' }));
    leader.source().emit('reset', { lastSeq: 3 });
    leader.source().emit('message', anAuditRecord({ seq: 4 }));
    const same = ['change 41', 'health stopped at 5000', 'gap', 'change 4'];
    expect([leader.news(), follower.news()]).toEqual([same, same]);
  });

  it('shows in every tab at once that it is lost, and that it is back', () => {
    const { leader, follower } = twoTabs();
    leader.source().fail();
    expect(follower.news()).toEqual(['reconnecting']);
    advance(500, leader, follower);
    leader.source().open();
    expect(follower.news()).toEqual(['live']);
  });

  it('goes over to another tab when the leader closes, and on from the last change that was passed on', () => {
    const { leader, follower } = twoTabs();
    leader.source().emit('message', anAuditRecord({ seq: 41 }));
    leader.stream.close();
    expect(leader.source().isClosed).toBe(true);
    expect(follower.source().url).toBe('/api/events?lastEventId=41');
    follower.source().open();
    follower.source().emit('message', anAuditRecord({ seq: 42 }));
    expect(follower.news()).toEqual(['change 41', 'reconnecting', 'live', 'change 42']);
  });

  it('goes over when the leader freezes, before the data counts as old', () => {
    const { browser, leader, follower } = twoTabs();
    advance(4900, leader, follower);
    browser.freeze(0);
    advance(8000, follower);
    expect(follower.source().url).toBe('/api/events?lastEventId=40');
    expect(follower.now() - Date.parse('2026-01-05T15:00:00.000Z')).toBeLessThan(15_000);
  });

  it('tells nothing twice and leaves nothing out when a frozen leader wakes', () => {
    const { browser, leader, follower } = twoTabs();
    const late = leader.source();
    browser.freeze(0);
    advance(8000, follower);
    goLive(follower);
    follower.source().emit('message', anAuditRecord({ seq: 41 }));
    late.emit('message', anAuditRecord({ seq: 41 }));
    browser.thaw(0);
    expect(late.isClosed).toBe(true);
    follower.source().emit('message', anAuditRecord({ seq: 42 }));
    expect(follower.news().filter((news) => news.startsWith('change'))).toEqual(['change 41', 'change 42']);
    expect(leader.news().filter((news) => news.startsWith('change'))).toEqual(['change 41', 'change 42']);
    expect([leader.sources.length, follower.sources.length]).toEqual([1, 1]);
  });

  it('stays where it is while the leader is well, looked at or not', () => {
    const { leader, follower } = twoTabs();
    leader.hide();
    for (let beat = 0; beat < 12; beat += 1) {
      advance(5000, follower);
      leader.source().emit('health', aHealthEvent());
    }
    expect(follower.sources).toEqual([]);
  });

  it('stays with a leader that cannot reach the server: two tabs need not both try', () => {
    const { leader, follower } = twoTabs();
    leader.source().fail();
    advance(120_000, leader, follower);
    expect(follower.sources).toEqual([]);
    expect(leader.sources.length).toBeGreaterThan(5);
  });

  it('is left alone by tabs that nobody looks at, and taken by one that somebody comes back to', () => {
    const { browser, follower } = twoTabs();
    follower.hide();
    browser.freeze(0);
    advance(60_000, follower);
    expect(follower.sources).toEqual([]);
    follower.comeBack();
    follower.stream.retryNow();
    expect(follower.sources).toHaveLength(1);
  });

  it('tries at once when the person comes back to a tab that follows', () => {
    const { leader, follower } = twoTabs();
    leader.source().fail();
    follower.stream.retryNow();
    expect([leader.sources.length, follower.sources.length]).toEqual([2, 0]);
  });

  it('does not wait long for a leader that a new tab has never heard', () => {
    const { browser, leader } = twoTabs();
    browser.freeze(0);
    browser.freeze(1);
    const third = openTab(browser);
    advance(2000, leader, third);
    expect(third.source().url).toBe('/api/events');
  });

  it('loads everything anew in a tab that is behind a leader which knows more', () => {
    const { browser, leader, follower } = twoTabs();
    browser.freeze(1);
    browser.freeze(0);
    const third = openTab(browser);
    advance(2000, third);
    goLive(third, '45');
    browser.thaw(1);
    expect(follower.news()).toContain('gap');
    browser.thaw(0);
    expect(leader.news()).toContain('gap');
  });

  it('is one for each tab where tabs cannot hear one another', () => {
    const tabs = [openTab(null), openTab(null)];
    expect(tabs.map(({ sources }) => sources.length)).toEqual([1, 1]);
  });

  it('passes over words that it does not understand', () => {
    const { browser, follower } = twoTabs();
    browser
      .join({ onMessage: () => {}, onLead: () => {}, onLost: () => {}, onRefused: () => {} })
      .post({ kind: 'sing' });
    expect(follower.news()).toEqual([]);
  });

  it('is the own one of a tab to which the browser refuses the lead', () => {
    const surroundings = fakeSurroundings();
    let refuse = () => {};
    const stream = openSharedStream(
      {
        ...surroundings,
        joinTabs: (_name, { onRefused }) => {
          refuse = onRefused;
          return { post: () => {}, seekLead: () => {}, leave: () => {} };
        },
      },
      { onConnection: () => {}, onHealth: () => {}, onChange: () => {}, onGap: () => {} },
    );
    refuse();
    surroundings.advance(60_000);
    expect(surroundings.sources[0]?.url).toBe('/api/events');
    stream.close();
  });
});
