import { describe, expect, it } from 'vitest';
import { decimal } from '../decimal.ts';
import { activityOf, executionLeg, legOf } from '../testing/builders.ts';
import { fill, orderWith, report, UNSEEN, written } from '../testing/told-order.ts';

describe('a report that says less than the record proves', () => {
  const fills = [fill('40', '22.7', { activityId: '7' }), fill('60', '22.8', { activityId: '8' })];
  const filled = report(UNSEEN, 5, orderWith('FILLED', '100', fills)).order;

  it.each([
    ['a live word after FILLED', orderWith('WORKING', '100', fills)],
    ['an unknown word after FILLED', orderWith('SETTLING', '100', fills)],
    ['a smaller filled quantity', orderWith('FILLED', '40', fills.slice(0, 1))],
    ['no filled quantity and no fills', orderWith('CANCELED', '0', [])],
  ])('keeps the record on %s, marks it, and recovers on the next good report', (_name, behind) => {
    const step = report(filled, 9, behind);
    expect(written(step)).toBe('COMPLETED/FILLED REPORT_BEHIND_RECORD: 40@22.7 60@22.8');
    expect(step.order.facts).toEqual(filled.facts);
    expect(step.order.reportedAt).toBe(filled.reportedAt);
    expect(step.audit.map((entry) => entry.reason)).toEqual([
      'the broker reports less than the record proves; the record stands',
    ]);
    expect(report(step.order, 10, behind).isChanged).toBe(false);

    const next = report(step.order, 11, orderWith('FILLED', '100', fills));
    expect(written(next)).toBe('COMPLETED/FILLED: 40@22.7 60@22.8');
  });

  it('keeps fills that a later report merely does not show', () => {
    const step = report(filled, 9, orderWith('FILLED', '100', fills.slice(0, 1)));
    expect(written(step)).toBe('COMPLETED/FILLED: 40@22.7 60@22.8');
    expect(step.isChanged).toBe(false);
  });

  it('keeps a part that was filled when a working order is said to have filled less', () => {
    const part = report(UNSEEN, 5, orderWith('WORKING', '40', [fill('40', '22.7')])).order;
    expect(written(report(part, 6, orderWith('WORKING', '0', [])))).toBe('PENDING REPORT_BEHIND_RECORD: 40@22.7');
    expect(written(report(part, 6, orderWith('CANCELED', '0', [])))).toBe('PENDING REPORT_BEHIND_RECORD: 40@22.7');
  });

  it('says the same, however often, of an answer that says less than it and the record prove together', () => {
    const live = report(UNSEEN, 1, orderWith('WORKING', '60', [fill('50', '22.7')]));
    const partial = orderWith('WORKING', '60', [fill('20', '22.8', { second: 2 })]);
    const first = report(live.order, 2, partial);
    expect(written(first)).toBe('PENDING FILLS_DO_NOT_SUM REPORT_BEHIND_RECORD: 50@22.7 20@22.8');
    expect(report(first.order, 2, partial)).toMatchObject({ order: first.order, isChanged: false });
  });

  it('says the same, however often, of an answer that contradicts itself', () => {
    const odd = orderWith('CANCELED', '40', [fill('60', '22.7')]);
    const first = report(report(UNSEEN, 1, orderWith('WORKING', '0', [])).order, 2, odd);
    expect(written(first)).toBe('PENDING FILLS_DO_NOT_SUM: 60@22.7');
    expect(report(first.order, 2, odd)).toMatchObject({ order: first.order, isChanged: false });
  });

  it('keeps a leg of a spread that a complete report no longer shows', () => {
    const legs = [legOf({ legId: '1' }), legOf({ legId: '2', instruction: 'SELL', quantity: decimal('200') })];
    const both = [fill('4', '5'), fill('8', '2', { legId: '2' })];
    const third = fill('4', '2', { legId: '2', second: 2 });
    const known = report(UNSEEN, 1, orderWith('WORKING', '4', [...both, third], { legs })).order;
    expect(written(report(known, 2, orderWith('WORKING', '4', both, { legs })))).toBe(
      'PENDING FILLS_DO_NOT_SUM REPORT_BEHIND_RECORD: 4@5 8@2 4@2',
    );
  });

  it('does not mark the record for an answer that was asked for earlier', () => {
    const step = report(filled, 1, orderWith('WORKING', '0', []));
    expect(step).toMatchObject({ order: filled, isChanged: false, audit: [] });
  });
});

describe('a report with other fills than the record', () => {
  const recorded = [fill('100', '22.7', { activityId: '7' })];
  const filled = report(UNSEEN, 5, orderWith('FILLED', '100', recorded)).order;

  it.each([
    ['a complete report gives the same activity another price', '100', [fill('100', '22.6', { activityId: '7' })]],
    ['a complete report has another activity instead', '100', [fill('100', '22.7', { activityId: '8' })]],
    ['a complete report splits the fill', '100', [fill('40', '22.7', { activityId: '7' }), fill('60', '22.7')]],
    ['the total does not add up either', '100', [fill('90', '22.6', { activityId: '7' })]],
    ['the total is not told', null, [fill('100', '22.6', { activityId: '7' })]],
  ])('keeps the record, marks it and counts nothing twice when %s', (_name, quantity, activities) => {
    const step = report(filled, 9, orderWith('FILLED', quantity, activities));
    expect(written(step)).toBe('COMPLETED/FILLED FILLS_CONTRADICT_RECORD: 100@22.7');
    expect(step.newFills).toEqual([]);
    expect(step.discrepancies.map(({ flag }) => flag)).toEqual(['FILLS_CONTRADICT_RECORD']);
    expect(report(step.order, 10, orderWith('FILLED', quantity, activities)).isChanged).toBe(false);
  });

  it('does so too when the other fills come to less', () => {
    const step = report(filled, 9, orderWith('FILLED', '60', [fill('60', '22.6', { activityId: '7' })]));
    expect(written(step)).toBe('COMPLETED/FILLED FILLS_CONTRADICT_RECORD: 100@22.7');
  });

  it('counts nothing twice when an older report has another price for a recorded activity', () => {
    const step = report(filled, 1, orderWith('FILLED', '100', [fill('100', '22.6', { activityId: '7' })]));
    expect(step).toMatchObject({ order: filled, isChanged: false });
  });

  it('keeps an order pending while its recorded fills fall short of what the broker now reports', () => {
    const part = report(UNSEEN, 5, orderWith('WORKING', '40', [fill('40', '22.7', { activityId: '7' })])).order;
    const other = [fill('40', '22.6', { activityId: '7' }), fill('60', '22.8', { activityId: '8' })];
    expect(written(report(part, 6, orderWith('FILLED', '100', other)))).toBe(
      'PENDING FILLS_DO_NOT_SUM FILLS_CONTRADICT_RECORD: 40@22.7',
    );
  });

  it('does not take two legs of one activity, told in two answers, for a contradiction', () => {
    const legs = [legOf({ legId: '1' }), legOf({ legId: '2', instruction: 'SELL' })];
    const first = report(UNSEEN, 1, orderWith('WORKING', '40', [fill('40', '5', { activityId: '7' })], { legs }));
    const other = [fill('40', '2', { activityId: '7', legId: '2' })];
    expect(written(report(first.order, 2, orderWith('WORKING', '40', other, { legs })))).toBe('PENDING: 40@5 40@2');
  });

  it('takes one activity that is listed twice for one, and is not led astray by it', () => {
    const one = fill('100', '22.5', { activityId: '7' });
    const step = report(UNSEEN, 1, orderWith('FILLED', '100', [one, one]));
    expect(written(step)).toBe('COMPLETED/FILLED: 100@22.5');
  });

  it('takes a fill for the same when only its second is told anew, under its id', () => {
    const at = (second: number) => [fill('100', '22.5', { activityId: '7', second })];
    const first = report(UNSEEN, 1, orderWith('FILLED', '100', at(1)));
    expect(written(report(first.order, 2, orderWith('FILLED', '100', at(3))))).toBe('COMPLETED/FILLED: 100@22.5');
  });

  it('recovers when the broker comes back to the recorded fills', () => {
    const wrong = report(filled, 9, orderWith('FILLED', '100', [fill('100', '22.6', { activityId: '7' })]));
    expect(written(report(wrong.order, 10, orderWith('FILLED', '100', recorded)))).toBe('COMPLETED/FILLED: 100@22.7');
  });
});

describe('a report asked for at the same moment as the record', () => {
  it('counts as current: the list and the order itself may be asked for at once', () => {
    const listed = report(UNSEEN, 5, orderWith('WORKING', '0', [])).order;
    expect(written(report(listed, 5, orderWith('FILLED', '100', [fill('100', '22.7')])))).toBe(
      'COMPLETED/FILLED: 100@22.7',
    );
  });
});

describe('a report asked for earlier than the record', () => {
  it('adds the fills that were missing and leaves the facts as they are', () => {
    const late = report(UNSEEN, 9, orderWith('FILLED', '100', [fill('60', '22.8')])).order;
    const step = report(late, 5, orderWith('WORKING', '40', [fill('40', '22.7')]));
    expect(written(step)).toBe('COMPLETED/FILLED: 40@22.7 60@22.8');
    expect([step.order.facts, step.order.reportedAt]).toEqual([late.facts, late.reportedAt]);
    expect(step.audit[0]?.reason).toBe('reported by the broker, in an answer older than the record');
  });

  it('neither raises nor clears what a newer report showed', () => {
    const strange = activityOf({ executionType: 'CORRECTED', legs: [executionLeg({ price: '1', quantity: '1' })] });
    const marked = report(UNSEEN, 9, orderWith('WORKING', '0', [strange])).order;
    expect(marked.state.flags).toEqual(['UNKNOWN_EXECUTION_TYPE']);
    expect(report(marked, 5, orderWith('WORKING', '0', [])).order.state.flags).toEqual(['UNKNOWN_EXECUTION_TYPE']);
    const clean = report(UNSEEN, 9, orderWith('WORKING', '0', [])).order;
    expect(report(clean, 5, orderWith('WORKING', '0', [strange])).order.state.flags).toEqual([]);
  });
});
