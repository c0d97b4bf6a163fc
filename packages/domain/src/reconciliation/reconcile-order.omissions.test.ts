import { describe, expect, it } from 'vitest';
import { decimal } from '../decimal.ts';
import type { ReportedActivity } from '../order/reported-order.ts';
import { activityOf, executionLeg, type FillInput, legOf, orderOf } from '../testing/builders.ts';
import { fill, orderWith, report, UNSEEN, written } from '../testing/told-order.ts';

describe('what an answer leaves out', () => {
  const working = report(UNSEEN, 1, orderWith('WORKING', '0', [])).order;

  it('does not forget what it knew of the order', () => {
    const silent = orderOf({ quantity: null, limitPrice: null, enteredAt: null, orderType: null, legs: [] });
    const step = report(working, 2, silent);
    expect(step.order.facts).toEqual(working.facts);
    expect(step.isChanged).toBe(false);
  });

  it('counts the fills themselves where the filled quantity is missing', () => {
    expect(written(report(working, 2, orderWith('CANCELED', null, [fill('40', '22.7')])))).toBe(
      'COMPLETED/PARTIALLY_FILLED: 40@22.7',
    );
  });

  it('believes an end that tells neither fills nor a filled quantity, until an answer tells more', () => {
    const step = report(working, 2, orderWith('CANCELED', null, []));
    expect(written(step)).toBe('FAILED/CANCELED:');
    expect(written(report(step.order, 3, orderWith('CANCELED', '40', [fill('40', '22.7')])))).toBe(
      'COMPLETED/PARTIALLY_FILLED: 40@22.7',
    );
  });

  it('does not let an answer without quantity and fills unsay what was said to have filled', () => {
    const claimed = report(working, 2, orderWith('WORKING', '40', [])).order;
    const step = report(claimed, 3, orderWith('CANCELED', null, []));
    expect(written(step)).toBe('PENDING UNPRICED REPORT_BEHIND_RECORD:');
    expect(written(report(step.order, 4, orderWith('CANCELED', null, [fill('40', '22.7')])))).toBe(
      'COMPLETED/PARTIALLY_FILLED: 40@22.7',
    );
  });

  it.each<[string, string, readonly ReportedActivity[]]>([
    [
      'PENDING UNPRICED:',
      'CANCELED',
      [activityOf({ legs: [{ ...executionLeg({ price: '1', quantity: '40' }), price: null }] })],
    ],
    ['PENDING UNPRICED:', 'CANCELED', [activityOf()]],
    ['PENDING FILLS_DO_NOT_SUM: 60@22.7', 'CANCELED', [fill('60', '22.7'), fill('40', '0')]],
    ['PENDING FILLS_DO_NOT_SUM: 60@22.7', 'FILLED', [fill('60', '22.7'), fill('40', '0')]],
  ])('ends no order as %s over fills of which no price or quantity is told (%s)', (expected, word, activities) => {
    const first = report(UNSEEN, 1, orderWith(word, null, activities));
    expect(written(first)).toBe(expected);
    const then = report(
      first.order,
      2,
      orderWith(word, '100', [fill('60', '22.7'), fill('40', '22.8', { second: 2 })]),
    );
    expect(written(then)).toBe('COMPLETED/FILLED: 60@22.7 40@22.8');
  });

  it('does not let an end without quantity unsay what was said to have filled beyond its fills', () => {
    const live = report(UNSEEN, 1, orderWith('WORKING', '60', [fill('40', '22.7')]));
    const cut = report(live.order, 2, orderWith('CANCELED', null, [fill('40', '22.7')]));
    expect(written(cut)).toBe('PENDING FILLS_DO_NOT_SUM REPORT_BEHIND_RECORD: 40@22.7');
    const whole = report(
      cut.order,
      3,
      orderWith('CANCELED', null, [fill('40', '22.7'), fill('20', '22.8', { second: 2 })]),
    );
    expect(written(whole)).toBe('COMPLETED/PARTIALLY_FILLED: 40@22.7 20@22.8');
  });

  it.each<[string, Partial<FillInput>]>([
    ['what was left told anew', { remainingAfter: '0' }],
    ['another second', { remainingAfter: '60', second: 3 }],
  ])('does not add a fill to itself that an answer without quantity tells with %s', (_name, retold) => {
    const live = report(UNSEEN, 1, orderWith('WORKING', '40', [fill('40', '22.7', { remainingAfter: '60' })]));
    const ended = report(live.order, 2, orderWith('CANCELED', null, [fill('40', '22.7', retold)]));
    expect(written(ended)).toBe('COMPLETED/PARTIALLY_FILLED FILLS_CONTRADICT_RECORD: 40@22.7');
    const whole = report(ended.order, 3, orderWith('CANCELED', '40', [fill('40', '22.7', { remainingAfter: '60' })]));
    expect(written(whole)).toBe('COMPLETED/PARTIALLY_FILLED: 40@22.7');
  });

  it('still adds a twin that an answer without quantity tells beside the recorded fill', () => {
    const one = fill('40', '22.7', { remainingAfter: '60' });
    const live = report(UNSEEN, 1, orderWith('WORKING', '40', [one]));
    const more = report(live.order, 2, orderWith('WORKING', null, [one, fill('40', '22.7', { remainingAfter: '20' })]));
    expect(written(more)).toBe('PENDING: 40@22.7 40@22.7');
  });

  it('does not forget of a leg what a later answer leaves out', () => {
    const legs = [legOf({ legId: '1', quantity: decimal('100') }), legOf({ legId: '2', instruction: 'SELL' })];
    const activities = [
      activityOf({
        legs: [
          executionLeg({ price: '3', quantity: '100' }),
          executionLeg({ price: '1', quantity: '100', legId: '2' }),
        ],
      }),
    ];
    const whole = { orderType: 'NET_DEBIT', limitPrice: decimal('2') };
    const first = report(UNSEEN, 1, orderWith('FILLED', '100', activities, { ...whole, legs }));
    const bare = [{ legId: '2', instruction: null, symbol: null, assetType: null, quantity: null }];
    for (const fewer of [bare, []]) {
      const { order } = report(first.order, 2, orderWith('FILLED', '100', activities, { ...whole, legs: fewer }));
      expect([order.state, order.facts?.legs]).toEqual([first.order.state, first.order.facts?.legs]);
    }
  });

  it('takes legs that it never heard of for others in the place of the known ones', () => {
    const first = report(UNSEEN, 1, orderWith('WORKING', '0', []));
    const other = legOf({ legId: '123', quantity: null });
    expect(report(first.order, 2, orderWith('WORKING', '0', [], { legs: [other] })).order.facts?.legs).toEqual([other]);
  });

  it('reads an execution that names no leg against all the legs that are known', () => {
    const legs = [legOf({ legId: '1' }), legOf({ legId: '2', instruction: 'SELL' })];
    const first = report(UNSEEN, 1, orderWith('WORKING', '0', [], { legs }));
    const nameless = activityOf({ legs: [{ ...executionLeg({ price: '3', quantity: '100' }), legId: null }] });
    const { order } = report(first.order, 2, orderWith('FILLED', '100', [nameless], { legs: [] }));
    expect(order.fills.map(({ legId }) => legId)).toEqual(['?']);
    expect(order.state.flags).toContain('FILLS_DO_NOT_SUM');
  });

  it('does not hold new fills against the filled quantity of an older answer', () => {
    const part = report(working, 2, orderWith('WORKING', '40', [fill('40', '22.7')])).order;
    const step = report(part, 3, orderWith('CANCELED', null, [fill('40', '22.7'), fill('10', '22.7')]));
    expect(written(step)).toBe('COMPLETED/PARTIALLY_FILLED: 10@22.7 40@22.7');
  });

  it('takes in the fills of an order whose legs are listed only later', () => {
    const bare = report(UNSEEN, 1, orderWith('WORKING', '40', [fill('40', '22.7')], { legs: [] }));
    expect(written(bare)).toBe('PENDING: 40@22.7');
    const step = report(bare.order, 2, orderWith('FILLED', '100', [fill('40', '22.7'), fill('60', '22.8')]));
    expect(written(step)).toBe('COMPLETED/FILLED: 40@22.7 60@22.8');
  });

  it('sees no change where the broker lists the legs the other way round', () => {
    const legs = [legOf({ legId: '2', instruction: 'SELL' }), legOf({ legId: '1' }), legOf({ legId: '10' })];
    const spread = report(UNSEEN, 1, orderOf({ legs }));
    expect(spread.order.facts?.legs.map((leg) => leg.legId)).toEqual(['1', '2', '10']);
    expect(report(spread.order, 2, orderOf({ legs: legs.toReversed() })).isChanged).toBe(false);
  });
});
