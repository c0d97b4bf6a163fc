import { describe, expect, it } from 'vitest';
import { anOrder } from '../../testing/builders.ts';
import type { RepollOutcome } from '../order/api/repoll.ts';
import { repolledSentence, repollEach } from './repoll-each.ts';

const order = (id: number) => anOrder({ id, brokerOrderId: String(id) });
const orders = [1, 2, 3, 4, 5, 6, 7].map(order);
const FINE: RepollOutcome = { text: 'checked 0.4 s ago: nothing new', isProblem: false, hasNews: false };
const NEWS: RepollOutcome = { ...FINE, hasNews: true };
const failed = (text: string): RepollOutcome => ({ text, isProblem: true, hasNews: false });

describe('re-polling a selection', () => {
  it('has few under way at a time, begins them in order, and counts', async () => {
    const begun: number[] = [];
    const counts: number[] = [];
    let underWay = 0;
    let most = 0;
    const done = await repollEach(
      orders,
      async ({ id }) => {
        begun.push(id);
        underWay += 1;
        most = Math.max(most, underWay);
        await new Promise((resolve) => setTimeout(resolve));
        underWay -= 1;
        return FINE;
      },
      { onDone: (count) => counts.push(count), isStopped: () => false },
    );
    expect([most, begun, counts]).toEqual([3, [1, 2, 3, 4, 5, 6, 7], [1, 2, 3, 4, 5, 6, 7]]);
    expect(done.map(({ order: { id } }) => id)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  it('begins no more when stopped', async () => {
    let isStopped = false;
    const repollOne = () => {
      isStopped = true;
      return Promise.resolve(FINE);
    };
    expect(await repollEach(orders, repollOne, { onDone: () => {}, isStopped: () => isStopped })).toHaveLength(3);
  });

  it.each([
    [[FINE, FINE, FINE], 3, '3 checked, nothing new.'],
    [[FINE, NEWS, NEWS], 3, '3 checked, news in 2.'],
    [[FINE], 1, '1 checked, nothing new.'],
    [[FINE, NEWS], 5, '2 of 5 checked, news in 1. Stopped before 3 others.'],
    [
      [FINE, failed('Could not be checked: the broker says to wait.')],
      2,
      '1 of 2 checked, nothing new. Buy 100 GME (2): Could not be checked: the broker says to wait.',
    ],
    [
      [failed('The server does not answer.'), failed('It is gone'), failed('The server does not answer.')],
      3,
      '0 of 3 checked. Buy 100 GME (1); Buy 100 GME (3): The server does not answer. Buy 100 GME (2): It is gone.',
    ],
  ])('%j of %d reads: %s', (outcomes, total, text) => {
    const done = outcomes.map((outcome, i) => ({ order: order(i + 1), outcome }));
    expect(repolledSentence(done, total)).toEqual({ text, isProblem: outcomes.some(({ isProblem }) => isProblem) });
  });

  it('names five that failed, and counts the others', () => {
    const done = orders.map((each) => ({ order: each, outcome: failed('The server does not answer.') }));
    expect(repolledSentence(done, 7).text).toMatch(
      /^0 of 7 checked\. .*\(5\): The server .* And 2 more could not be checked\.$/,
    );
  });
});
