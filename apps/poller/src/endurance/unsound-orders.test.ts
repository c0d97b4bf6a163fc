import { expect, it } from 'vitest';
import { staleCycles } from './unsound-orders.ts';

it('names the cycles of a holder that wrote after its successor', () => {
  const cycles = [
    { id: 1, fencing: 1 },
    { id: 4, fencing: 2 },
    { id: 2, fencing: 2 },
    { id: 3, fencing: 1 },
  ];
  expect(staleCycles(cycles)).toEqual(['cycle 3 by holder 1, after holder 2']);
  expect(staleCycles(cycles.filter(({ id }) => id !== 3))).toEqual([]);
});
