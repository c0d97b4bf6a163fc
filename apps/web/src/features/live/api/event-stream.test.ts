import { describe, expect, it } from 'vitest';
import { anAuditRecord, aHealthEvent } from '../../../testing/builders.ts';
import { fakeSurroundings } from '../../../testing/fake-surroundings.ts';
import { openEventStream, retryDelay } from './event-stream.ts';

function openStream() {
  const surroundings = fakeSurroundings();
  const heard: string[] = [];
  const stream = openEventStream(surroundings, {
    onConnection: (connection) => heard.push(connection),
    onHealth: ({ state }) => heard.push(`health ${state}`),
    onChange: ({ seq }) => heard.push(`change ${seq}`),
    onGap: () => heard.push('gap'),
  });
  const newest = () => surroundings.sources.at(-1) ?? expect.unreachable('no connection was made');
  return { surroundings, heard, stream, newest };
}

describe('the live connection', () => {
  it('reports health and changes, and a gap at the first opening: data may be older than the stream', () => {
    const { heard, newest } = openStream();
    newest().open();
    newest().emit('health', aHealthEvent());
    newest().emit('message', anAuditRecord({ seq: 7 }));
    expect(heard).toEqual(['live', 'gap', 'health running', 'change 7']);
  });

  it('goes on from the last change after a break, without a gap', () => {
    const { surroundings, heard, newest } = openStream();
    newest().open();
    newest().emit('message', anAuditRecord({ seq: 7 }));
    newest().fail();
    surroundings.advance(500);
    newest().open();
    expect(newest().url).toBe('/api/events?lastEventId=7');
    expect(heard).toEqual(['live', 'gap', 'change 7', 'reconnecting', 'live']);
  });

  it('goes on from where the stream began when nothing changed before the break', () => {
    const { surroundings, heard, newest } = openStream();
    newest().open();
    newest().emit('health', aHealthEvent(), '41');
    newest().fail();
    surroundings.advance(500);
    newest().open();
    expect(newest().url).toBe('/api/events?lastEventId=41');
    expect(heard).toEqual(['live', 'gap', 'health running', 'reconnecting', 'live']);
  });

  it('loads everything anew after a reset, and goes on from where the server says', () => {
    const { surroundings, heard, newest } = openStream();
    newest().open();
    newest().emit('reset', { lastSeq: 3 });
    newest().fail();
    surroundings.advance(500);
    expect(newest().url).toBe('/api/events?lastEventId=3');
    expect(heard).toEqual(['live', 'gap', 'gap', 'reconnecting']);
  });

  it('closes a connection that fell silent and opens another', () => {
    const { surroundings, heard, newest } = openStream();
    newest().open();
    const silent = newest();
    surroundings.advance(14_999);
    newest().emit('health', aHealthEvent());
    surroundings.advance(15_000);
    expect([silent.isClosed, heard.at(-1)]).toEqual([true, 'reconnecting']);
    surroundings.advance(500);
    expect(newest()).not.toBe(silent);
  });

  it('gives up an attempt that nobody answers', () => {
    const { surroundings, heard, newest } = openStream();
    surroundings.advance(15_500);
    expect([surroundings.sources.length, surroundings.sources[0]?.isClosed, heard]).toEqual([
      2,
      true,
      ['reconnecting'],
    ]);
    newest().open();
    expect(heard.at(-2)).toBe('live');
  });

  it('waits longer after each failure, and starts over after a success', () => {
    const { surroundings, newest } = openStream();
    for (const wait of [500, 1000, 2000]) {
      newest().fail();
      const failed = newest();
      surroundings.advance(wait / 2 - 1);
      expect(newest()).toBe(failed);
      surroundings.advance(wait / 2 + 1);
      expect(newest()).not.toBe(failed);
    }
    newest().open();
    newest().fail();
    surroundings.advance(500);
    expect(surroundings.sources).toHaveLength(5);
  });

  it('never waits longer than 20 s, and never less than half its time', () => {
    expect([retryDelay(1, 0), retryDelay(1, 1), retryDelay(50, 0), retryDelay(50, 1)]).toEqual([
      250, 500, 10_000, 20_000,
    ]);
  });

  it('passes over frames that it does not understand', () => {
    const { heard, newest } = openStream();
    newest().open();
    newest().emitText('message', '{not json');
    newest().emit('health', { state: 'dancing' });
    expect(heard).toEqual(['live', 'gap']);
  });

  it('tries at once when asked to, and only when it is waiting', () => {
    const { surroundings, stream, newest } = openStream();
    stream.retryNow();
    expect(surroundings.sources).toHaveLength(1);
    newest().fail();
    stream.retryNow();
    surroundings.advance(10_000);
    expect(surroundings.sources).toHaveLength(2);
  });

  it('stays closed once closed', () => {
    const { surroundings, stream, newest } = openStream();
    newest().open();
    stream.close();
    surroundings.advance(60_000);
    expect([newest().isClosed, surroundings.sources.length]).toEqual([true, 1]);
  });
});
