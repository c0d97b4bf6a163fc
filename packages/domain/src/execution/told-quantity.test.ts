import { describe, expect, it } from 'vitest';
import { decimal, decimalText } from '../decimal.ts';
import type { ReportedActivity, ReportedExecutionLeg, ReportedOrder } from '../order/reported-order.ts';
import { activityOf, cancelActivity, executionLeg, fillActivity, legOf, orderOf } from '../testing/builders.ts';
import { leastFilledQuantityOf } from './told-quantity.ts';

const leg = (overrides: Partial<ReportedExecutionLeg>): ReportedExecutionLeg => ({
  ...executionLeg({ price: '22.5', quantity: '40' }),
  ...overrides,
});
const fillWith = (...legs: readonly ReportedExecutionLeg[]): ReportedActivity => activityOf({ legs });
const UNPRICED = fillWith(leg({ price: null }));
const AT_ZERO = fillWith(leg({ price: decimal('0') }));
const PRICED = fillActivity({ price: '22.5', quantity: '60' });

/** What the executions of an order for 100 come to at least. */
function least(
  filledQuantity: string | null,
  activities: readonly ReportedActivity[],
  overrides: Partial<ReportedOrder> = {},
) {
  const said = filledQuantity === null ? null : decimal(filledQuantity);
  const quantity = leastFilledQuantityOf(orderOf({ filledQuantity: said, activities, ...overrides }));
  return quantity && decimalText(quantity);
}

describe('leastFilledQuantityOf', () => {
  it.each<[string, string | null, string | null, readonly ReportedActivity[]]>([
    ['no fill at all', null, null, []],
    ['priced fills alone, which speak for themselves', null, null, [PRICED]],
    ['a cancel, which is no fill', null, null, [PRICED, cancelActivity('40')]],
    ['a fill without a price', '40', null, [UNPRICED]],
    ['a fill at price zero, where nobody says how much filled', '40', null, [AT_ZERO]],
    ['a priced fill and one without a price', '100', null, [PRICED, UNPRICED]],
    ['a fill without a quantity: it may be all that was ordered', '100', null, [fillWith(leg({ quantity: null }))]],
    ['a fill without legs, the same', '100', null, [PRICED, activityOf()]],
    ['a filled quantity that the priced fills prove', null, '60', [PRICED]],
    ['a filled quantity, and a fill at price zero beyond it', null, '60', [PRICED, AT_ZERO]],
    ['a filled quantity, and a fill without a price beyond it', '100', '60', [PRICED, UNPRICED]],
    ['a filled quantity beyond what the fills come to', '40', '100', [UNPRICED]],
    ['a filled quantity, and a fill without a quantity', null, '60', [PRICED, activityOf()]],
  ])('reads %s as %s at least', (_name, expected, filledQuantity, activities) => {
    expect(least(filledQuantity, activities)).toBe(expected);
  });

  it('claims no share where nobody says how much was ordered, nor how much filled', () => {
    expect(least(null, [activityOf()], { quantity: null })).toBe('0');
  });

  it('counts a spread in its own units', () => {
    const legs = [legOf({ legId: '1', quantity: decimal('2') }), legOf({ legId: '2', quantity: decimal('4') })];
    const spread = fillWith(
      leg({ legId: '1', price: null, quantity: decimal('1') }),
      leg({ legId: '2', price: null, quantity: decimal('2') }),
    );
    expect(least(null, [spread], { legs, quantity: decimal('2') })).toBe('1');
  });
});
