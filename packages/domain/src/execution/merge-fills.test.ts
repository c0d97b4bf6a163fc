import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimal } from '../decimal.ts';
import { fillOf, type FillInput, MONDAY_TEN, recordedFillOf } from '../testing/builders.ts';
import { PROPERTY_RUNS } from '../testing/property-runs.ts';
import type { RecordedFill } from './fill.ts';
import { matchFills } from './match-fills.ts';
import { type MergedFills, mergeFills } from './merge-fills.ts';

const NOW = MONDAY_TEN + 30_000;
const FILL = { price: '22.73', quantity: '40' };

/** The record after a report with these fills, given as differences from `FILL`. */
function merge(recorded: readonly RecordedFill[], reported: readonly Partial<FillInput>[]): MergedFills {
  const match = matchFills(
    recorded,
    reported.map((fill) => fillOf({ ...FILL, ...fill })),
  );
  return mergeFills(match, { added: match.unrecorded, withdrawnKeys: [], formers: new Map() }, NOW);
}

describe('mergeFills', () => {
  it('adds new fills with the time at which we saw them', () => {
    const { fills, newFills, identifiedFills } = merge([], [{ activityId: '7' }]);
    expect(fills).toEqual(newFills);
    expect(newFills).toEqual([
      {
        ...fillOf({ ...FILL, activityId: '7' }),
        key: '1/a7/2026-01-05T15:00:01Z/40@22.73#1',
        observedAt: NOW,
        version: 1,
      },
    ]);
    expect(identifiedFills).toEqual([]);
  });

  it('keeps recorded fills as they are, whether reported or not', () => {
    const recorded = [recordedFillOf({ ...FILL, second: 1 }), recordedFillOf({ ...FILL, second: 2 })];
    const { fills, newFills } = merge(recorded, [{ second: 2 }]);
    expect(fills).toEqual(recorded);
    expect(newFills).toEqual([]);
  });

  it('upgrades the key of a fill whose activity id appears later, and nothing else of it', () => {
    const recorded = recordedFillOf({ ...FILL, remainingAfter: '60' });
    const { fills, newFills, identifiedFills } = merge([recorded], [{ remainingAfter: '60', activityId: '7' }]);
    const named = { ...recorded, activityId: '7', key: '1/a7/2026-01-05T15:00:01Z/40@22.73#1' };
    expect(fills).toEqual([named]);
    expect(newFills).toEqual([]);
    expect(identifiedFills).toEqual([{ formerKey: recorded.key, fill: named }]);
  });

  it('takes an activity id together with what the same answer says was left', () => {
    const { fills } = merge([recordedFillOf(FILL)], [{ remainingAfter: '60', activityId: '7' }]);
    expect(fills[0]?.remainingAfter).toEqual(decimal('60'));
  });

  it('takes it even in place of another remainder, which may have been of its twin', () => {
    const recorded = recordedFillOf({ ...FILL, remainingAfter: '20' });
    const reported = [fillOf({ ...FILL, remainingAfter: '60', activityId: '7' })];
    const match = matchFills([recorded], reported, { trustRemaining: false });
    expect(mergeFills(match, { added: [], withdrawnKeys: [], formers: new Map() }, NOW).fills[0]).toMatchObject({
      activityId: '7',
      remainingAfter: decimal('60'),
    });
  });

  it('keeps the remainder that it has where the naming answer tells none', () => {
    const { fills } = merge([recordedFillOf({ ...FILL, remainingAfter: '20' })], [{ activityId: '7' }]);
    expect(fills[0]?.remainingAfter).toEqual(decimal('20'));
  });

  it('keeps an activity id that a later answer does not repeat', () => {
    const recorded = recordedFillOf({ ...FILL, activityId: '7' });
    expect(merge([recorded], [{}])).toEqual({ fills: [recorded], newFills: [], identifiedFills: [] });
  });

  it('names twins one by one', () => {
    const { fills: nameless } = merge([], [{}, {}, {}]);
    const { fills, identifiedFills } = merge(nameless, [{ activityId: '7' }, {}, { activityId: '8' }]);
    expect(fills.map((fill) => fill.activityId).toSorted()).toEqual(['7', '8', null]);
    expect(identifiedFills).toHaveLength(2);
  });

  /** What is left belongs to the activity: legs of one activity never differ in it. */
  const anyFill: fc.Arbitrary<Partial<FillInput>> = fc.constantFrom(
    {},
    { second: 2 },
    { remainingAfter: '60' },
    { remainingAfter: '20' },
    { activityId: '7', remainingAfter: '60' },
    { activityId: '8', remainingAfter: '20' },
    { activityId: '9' },
  );
  const anyReport = fc.array(anyFill, { maxLength: 5 });

  it('gives every fill a key of its own, whatever comes', () => {
    fc.assert(
      fc.property(fc.array(anyReport, { maxLength: 4 }), (reports) => {
        let fills: readonly RecordedFill[] = [];
        for (const report of reports) {
          ({ fills } = merge(fills, report));
          expect(new Set(fills.map((fill) => fill.key)).size).toBe(fills.length);
        }
      }),
      PROPERTY_RUNS,
    );
  });

  it('gives the same keys whatever the order of fills in the answer', () => {
    const shuffled = anyReport.chain((report) =>
      fc.tuple(fc.constant(report), fc.shuffledSubarray(report, { minLength: report.length })),
    );
    fc.assert(
      fc.property(shuffled, ([report, other]) => {
        expect(merge([], other).fills).toEqual(merge([], report).fills);
      }),
      PROPERTY_RUNS,
    );
  });
});
