import { expect, it } from 'vitest';
import { changeFrame, resetFrame, startFrame } from './event-frames.ts';

it('keeps a text with line ends on one line: it cannot end its frame or begin another', () => {
  const frame = changeFrame({
    seq: 7,
    kind: 'STATUS_CHANGED',
    before: null,
    after: null,
    reason: 'first\n\nevent: reset\ndata: {}\r\n',
    actor: 'poller',
    cycleId: null,
    recordedAt: '2026-01-05T15:00:00.000Z',
    orderId: 1,
    brokerOrderId: '1',
    symbol: 'GME',
  });
  expect(frame.split('\n')).toEqual(['id: 7', expect.stringMatching(/^data: \{.*\}$/), '', '']);
});

it('moves the place to resume from with changes and resets, and at the start', () => {
  expect(resetFrame({ lastSeq: 3 })).toBe('event: reset\nid: 3\ndata: {"lastSeq":3}\n\n');
  expect(startFrame(3, 1000)).toBe('retry: 1000\nid: 3\n\n');
});
