import { MONDAY_TEN } from '@fill-tracker/domain/testing';
import { describe, expect, it } from 'vitest';
import { createCatchUp } from './catch-up.ts';

const NOW = MONDAY_TEN;

describe('catching up', () => {
  it('is over at once when the list shows all that is pending, and when nothing is', () => {
    const catchUp = createCatchUp();
    expect([catchUp.caughtUpAt(), catchUp.isComplete()]).toEqual([null, false]);
    catchUp.note({ pending: [1, 2], examined: [1, 2], inVain: [] }, NOW);
    expect([catchUp.caughtUpAt(), catchUp.isComplete()]).toEqual([NOW, true]);
    catchUp.begin();
    catchUp.note({ pending: [], examined: [], inVain: [] }, NOW + 1);
    expect(catchUp.caughtUpAt()).toBe(NOW + 1);
  });

  it('takes as many looks as it takes, and orders that came meanwhile do not count', () => {
    const catchUp = createCatchUp();
    catchUp.note({ pending: [1, 2, 3], examined: [1], inVain: [] }, NOW);
    catchUp.note({ pending: [1, 2, 3, 4], examined: [1, 2], inVain: [] }, NOW + 1);
    expect(catchUp.caughtUpAt()).toBeNull();
    catchUp.note({ pending: [1, 2, 3, 4], examined: [3], inVain: [] }, NOW + 2);
    expect(catchUp.caughtUpAt()).toBe(NOW + 2);
  });

  it('does not wait for an order that ended otherwise', () => {
    const catchUp = createCatchUp();
    catchUp.note({ pending: [1, 2], examined: [1], inVain: [] }, NOW);
    catchUp.note({ pending: [1], examined: [], inVain: [] }, NOW + 1);
    expect(catchUp.isComplete()).toBe(true);
  });

  it('is over, and not complete, while the broker refuses one order', () => {
    const catchUp = createCatchUp();
    catchUp.note({ pending: [1, 2], examined: [1], inVain: [2] }, NOW);
    expect([catchUp.caughtUpAt(), catchUp.isComplete()]).toEqual([NOW, false]);
    catchUp.note({ pending: [1, 2], examined: [], inVain: [] }, NOW + 1);
    expect(catchUp.isComplete()).toBe(false);
    catchUp.note({ pending: [1, 2], examined: [2], inVain: [] }, NOW + 2);
    expect([catchUp.caughtUpAt(), catchUp.isComplete()]).toEqual([NOW, true]);
  });

  it('begins anew after a blind spot', () => {
    const catchUp = createCatchUp();
    catchUp.note({ pending: [1], examined: [1], inVain: [] }, NOW);
    catchUp.begin();
    expect([catchUp.caughtUpAt(), catchUp.isComplete()]).toEqual([null, false]);
  });
});
