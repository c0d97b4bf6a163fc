import { expect, it } from 'vitest';
import { preferredWait } from './prefer-wait.ts';

it.each([
  ['wait=10', 10],
  ['WAIT = 5', 5],
  ['wait="3"', 3],
  ['respond-async, wait=7', 7],
  ['respond-async; x=1, wait=7, handling=lenient', 7],
  ['wait=0', 0],
  ['wait=600', 30],
  [['respond-async', 'wait=2'], 2],
])('%j is a wait of %j s', (header, seconds) => {
  expect(preferredWait(header)).toBe(seconds);
});

it.each([undefined, '', 'respond-async', 'wait', 'wait=', 'wait=-1', 'wait=1.5', 'wait=soon', 'nowait=3'])(
  '%j is none',
  (header) => {
    expect(preferredWait(header)).toBeNull();
  },
);
