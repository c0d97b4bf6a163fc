import { describe, expect, it } from 'vitest';
import type { ReportedActivity } from '../order/reported-order.ts';
import { activityOf, executionLeg, fillActivity } from '../testing/builders.ts';
import { eachOnce } from './repeated-activities.ts';

const FILL = { price: '22.7299', quantity: '100' };
const NAMED = { ...FILL, activityId: '7' };
const LEGS = [executionLeg(FILL), executionLeg({ ...FILL, legId: '2' })];

describe('eachOnce', () => {
  it.each<[string, ReportedActivity, ReportedActivity]>([
    ['listed twice, word for word', fillActivity(NAMED), fillActivity({ ...NAMED, price: '22.72990' })],
    [
      'with its legs in another order',
      activityOf({ activityId: '7', legs: LEGS }),
      activityOf({ activityId: '7', legs: LEGS.toReversed() }),
    ],
    ['with what was left told anew', fillActivity({ ...NAMED, remainingAfter: '60' }), fillActivity(NAMED)],
  ])('takes an activity for one that is %s', (_name, one, other) => {
    expect(eachOnce([one, activityOf(), other])).toEqual([one, activityOf()]);
  });

  it.each<[string, ReportedActivity, ReportedActivity]>([
    ['without an id, for they may be twins', fillActivity(FILL), fillActivity(FILL)],
    ['with other ids', fillActivity(NAMED), fillActivity({ ...NAMED, activityId: '8' })],
    ['with one id and other content', fillActivity(NAMED), fillActivity({ ...NAMED, quantity: '99' })],
    ['of one id and another kind', fillActivity(NAMED), { ...fillActivity(NAMED), executionType: 'BUSTED' }],
  ])('takes activities alike for two, %s', (_name, one, other) => {
    expect(eachOnce([one, other])).toEqual([one, other]);
  });

  it('leaves legs alike of one activity alone', () => {
    const twins = activityOf({ activityId: '7', legs: [executionLeg(FILL), executionLeg(FILL)] });
    expect(eachOnce([twins])).toEqual([twins]);
  });
});
