import { describe, expect, it } from 'vitest';
import { chance } from '../chance.ts';
import { strikes } from './strike.ts';

describe('strikes', () => {
  it('begins with one of each kind, and is the same for the same seed', () => {
    const all = strikes(20, chance(7));
    expect(all.slice(0, 2).map(({ how }) => how)).toEqual(['killed', 'stopped']);
    expect(all).toHaveLength(20);
    expect(strikes(20, chance(7))).toEqual(all);
    expect(strikes(20, chance(8))).not.toEqual(all);
  });

  it('never stops a poller that may be inside a transaction', () => {
    const stops = strikes(200, chance(3)).filter(({ how }) => how === 'stopped');
    expect(stops.filter((strike) => strike.while === 'asking' && strike.delayMs > 0)).toEqual([]);
    expect(new Set(stops.map((strike) => strike.while))).toEqual(new Set(['asking', 'resting']));
  });
});
