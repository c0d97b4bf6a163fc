import { commandAnswer } from '@fill-tracker/contract';
import { expect, it } from 'vitest';
import { printAnswer } from './await-command.ts';

it.each([
  ['TRACK', 'DONE', {}, 'running', 'The order is tracked.', 0],
  ['TRACK', 'DONE', { alreadyTracked: true }, 'running', 'This order was tracked already.', 0],
  ['TRACK', 'FAILED', { problem: 'no such account' }, 'running', 'Tracking failed: no such account.', 1],
  ['TRACK', 'QUEUED', null, 'stopped', 'Tracking is queued: no poller is at work (stopped); it is kept', 1],
  ['REPOLL', 'QUEUED', null, 'stuck', 'Re-poll is queued: no poller is at work (stuck); it is kept', 1],
  ['REPOLL', 'QUEUED', null, 'running', 'Re-poll is queued; the poller has not come to it yet.', 1],
] as const)(
  'of %s, %s %j, with a poller %s: "%s", exit status %i',
  (kind, state, outcome, pollerState, words, status) => {
    const said: unknown[] = [];
    const output = {
      line: (text: string) => said.push(text),
      json: (value: unknown) => said.push(value),
      note: () => 0,
    };
    const answer = commandAnswer.parse({ commandId: 1, kind, state, outcome, pollerState });
    expect(printAnswer(answer, false, output)).toBe(status);
    expect(printAnswer(answer, true, output)).toBe(status);
    expect(said).toEqual([expect.stringContaining(words), answer]);
  },
);
