import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fillOf, type FillInput, recordedFillOf } from '../testing/builders.ts';
import { PROPERTY_RUNS } from '../testing/property-runs.ts';
import { type FillMatch, matchFills, type MatchOptions } from './match-fills.ts';

const FILL = { price: '22.73', quantity: '40' };

/** Matches fills written as differences from `FILL`. */
function match(
  recorded: readonly Partial<FillInput>[],
  reported: readonly Partial<FillInput>[],
  options?: MatchOptions,
): FillMatch {
  return matchFills(
    recorded.map((fill, i) => recordedFillOf({ ...FILL, ...fill, key: `key ${i}` })),
    reported.map((fill) => fillOf({ ...FILL, ...fill })),
    options,
  );
}

function counts({ matched, unrecorded, unreported }: FillMatch): string {
  return `${matched.length} matched, ${unrecorded.length} new, ${unreported.length} missing`;
}

describe('matchFills', () => {
  it.each<[string, Partial<FillInput>, Partial<FillInput>]>([
    ['all is the same', { activityId: '7', remainingAfter: '60' }, { activityId: '7', remainingAfter: '60' }],
    ['an activity id appears later', { remainingAfter: '60' }, { activityId: '7', remainingAfter: '60' }],
    ['an activity id goes missing', { activityId: '7', remainingAfter: '60' }, { remainingAfter: '60' }],
    ['nothing but content is known', {}, {}],
    ['one side does not say what was left', { remainingAfter: '60' }, {}],
    [
      'what was left is told anew under the same id',
      { activityId: '7', remainingAfter: '60' },
      { activityId: '7', remainingAfter: '55' },
    ],
    ['its time is put right under the same id', { second: 1, activityId: '7' }, { second: 2, activityId: '7' }],
    ['numbers are written otherwise', { price: '22.7300' }, { quantity: '40.0' }],
  ])('takes two fills for one when %s', (_name, recorded, reported) => {
    expect(counts(match([recorded], [reported]))).toBe('1 matched, 0 new, 0 missing');
  });

  it.each<[string, Partial<FillInput>, Partial<FillInput>]>([
    ['the leg', { legId: '1' }, { legId: '2' }],
    ['the price', { price: '22.73' }, { price: '22.7301' }],
    ['the quantity', { quantity: '40' }, { quantity: '41' }],
    ['the second', { second: 1 }, { second: 2 }],
    ['the activity id', { activityId: '7' }, { activityId: '8' }],
    [
      'the id, though as much was left',
      { activityId: '7', remainingAfter: '60' },
      { activityId: '8', remainingAfter: '60' },
    ],
    ['what was left', { remainingAfter: '60' }, { remainingAfter: '20' }],
  ])('takes two fills for two when they differ in %s', (_name, recorded, reported) => {
    expect(counts(match([recorded], [reported]))).toBe('0 matched, 1 new, 1 missing');
  });

  it('takes a fill without time for one with time: what is not said is no contradiction', () => {
    const untimed = { ...fillOf(FILL), occurredAt: null };
    expect(counts(matchFills([recordedFillOf(FILL)], [untimed]))).toBe('1 matched, 0 new, 0 missing');
  });

  it('counts three equal fills in one second as three', () => {
    expect(counts(match([{}, {}, {}], [{}, {}, {}]))).toBe('3 matched, 0 new, 0 missing');
    expect(counts(match([{}], [{}, {}, {}]))).toBe('1 matched, 2 new, 0 missing');
    expect(counts(match([{}, {}, {}], [{}]))).toBe('1 matched, 0 new, 2 missing');
    expect(counts(match([], [{}, {}, {}]))).toBe('0 matched, 3 new, 0 missing');
  });

  it('tells twins apart by activity id, in any order', () => {
    const { matched, unrecorded } = match(
      [{ activityId: '8' }, { activityId: '7' }],
      [{ activityId: '9' }, { activityId: '7' }, { activityId: '8' }],
    );
    expect(matched.map(({ recorded, reported }) => [recorded.activityId, reported.activityId]).toSorted()).toEqual([
      ['7', '7'],
      ['8', '8'],
    ]);
    expect(unrecorded.map((fill) => fill.activityId)).toEqual(['9']);
  });

  it('tells twins without ids apart by what was left', () => {
    const { unrecorded } = match([{ remainingAfter: '60' }], [{ remainingAfter: '20' }, { remainingAfter: '60' }]);
    expect(unrecorded.map((fill) => fill.remainingAfter?.toFixed())).toEqual(['20']);
  });

  it('leaves the record that names its twin to the report that names it too', () => {
    const { matched } = match([{}, { activityId: '7' }], [{ activityId: '7' }, {}]);
    expect(matched.map(({ recorded, reported }) => [recorded.activityId, reported.activityId]).toSorted()).toEqual([
      [null, null],
      ['7', '7'],
    ]);
  });

  it('matches as many as can be, even when the first choice of one fill is the only choice of another', () => {
    // The nameless report could be either recorded fill; the one named 6 can only be the nameless record.
    expect(counts(match([{}, { activityId: '5' }], [{}, { activityId: '6' }]))).toBe('2 matched, 0 new, 0 missing');
    expect(counts(match([{}, { activityId: '5' }], [{ activityId: '6' }, {}]))).toBe('2 matched, 0 new, 0 missing');
  });

  it('breaks up no pair of one activity to find a place for another fill', () => {
    // The report has two fills: 7, and one with 60 left. The record has 7, and one with 20 left. That makes three.
    const recorded = [{ activityId: '7' }, { remainingAfter: '20' }];
    expect(counts(match(recorded, [{ activityId: '7' }, { remainingAfter: '60' }]))).toBe(
      '1 matched, 1 new, 1 missing',
    );
  });

  it('matches several legs of one leg id within one activity one by one', () => {
    const leg = { activityId: '7', remainingAfter: '20' };
    expect(counts(match([leg, leg], [leg, leg]))).toBe('2 matched, 0 new, 0 missing');
    expect(counts(match([leg], [leg, leg]))).toBe('1 matched, 1 new, 0 missing');
  });

  it('takes what was left as told anew only where no twin can be missing', () => {
    const [recorded, reported] = [[{ remainingAfter: '60' }], [{ remainingAfter: '55' }]];
    expect(counts(match(recorded, reported))).toBe('0 matched, 1 new, 1 missing');
    expect(counts(match(recorded, reported, { trustRemaining: false }))).toBe('1 matched, 0 new, 0 missing');
  });

  it('still prefers the twin with the same remainder when remainders are not trusted', () => {
    const { matched } = match(
      [{ remainingAfter: '60' }, { remainingAfter: '20' }],
      [{ remainingAfter: '20' }, { remainingAfter: '55' }],
      { trustRemaining: false },
    );
    const pairs = matched.map(({ recorded, reported }) =>
      [recorded.remainingAfter, reported.remainingAfter].map((left) => left?.toFixed()).join(' is '),
    );
    expect(pairs.toSorted()).toEqual(['20 is 20', '60 is 55']);
  });

  /** One side: an activity has one remainder, which this side tells for all of them or for none. */
  const anySide: fc.Arbitrary<readonly Partial<FillInput>[]> = fc.boolean().chain((tellsRemaining) => {
    const alike: readonly Partial<FillInput>[] = [
      { activityId: '7', remainingAfter: '60' },
      { activityId: '8', remainingAfter: '20' },
      { remainingAfter: '60' },
      { remainingAfter: '20' },
      { remainingAfter: '20', second: 2 },
    ];
    const told = tellsRemaining ? alike : alike.map((fill) => ({ ...fill, remainingAfter: null }));
    return fc.array(fc.constantFrom(...told), { maxLength: 6 });
  });

  it('accounts for every fill exactly once, and does not depend on any order', () => {
    fc.assert(
      fc.property(anySide, anySide, (recorded, reported) => {
        const result = match(recorded, reported);
        expect(result.matched.length + result.unreported.length).toBe(recorded.length);
        expect(result.matched.length + result.unrecorded.length).toBe(reported.length);
        expect(counts(match(recorded.toReversed(), reported.toReversed()))).toBe(counts(result));
      }),
      PROPERTY_RUNS,
    );
  });
});
