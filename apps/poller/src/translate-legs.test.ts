import { concludeOrder, newlyKnownOrder, reconcileOrder } from '@fill-tracker/domain';
import { MONDAY_TEN } from '@fill-tracker/domain/testing';
import { parseOrder } from '@fill-tracker/schwab-client';
import { describe, expect, it } from 'vitest';
import { translateOrder } from './translate-order.ts';

const translated = (fields: object) =>
  translateOrder(parseOrder(JSON.stringify({ orderId: 1_000_000_000_001, status: 'FILLED', ...fields })).order).order;

const leg = (fields: object) => ({ instruction: 'BUY', instrument: { symbol: 'GME' }, quantity: 1, ...fields });

describe('the ids of legs', () => {
  it.each<[string, object[], string[]]>([
    ['as they are given', [{ legId: 2 }, { legId: 1 }], ['2', '1']],
    ['their places where none is given', [{}, {}], ['1', '2']],
    ['a free number where another leg has that of the place', [{ legId: 2 }, {}], ['2', '1']],
    ['numbers of their own where one is given twice', [{ legId: 1 }, { legId: 1 }, { legId: 3 }], ['1', '2', '3']],
  ])('are %s', (_name, legs, ids) => {
    expect(translated({ orderLegCollection: legs.map(leg) }).legs.map(({ legId }) => legId)).toEqual(ids);
  });

  it('that several legs share name none of them: one fill never stands in two legs', () => {
    const orderLegCollection = [
      leg({ legId: 1, instruction: 'BUY_TO_OPEN' }),
      leg({ legId: 1, instruction: 'SELL_TO_OPEN' }),
    ];
    const fill = {
      activityType: 'EXECUTION',
      executionType: 'FILL',
      executionLegs: [{ legId: 1, price: 3.1, quantity: 1 }],
    };
    const order = translated({ quantity: 1, filledQuantity: 1, orderLegCollection, orderActivityCollection: [fill] });
    expect(order.activities[0]?.legs[0]?.legId).toBeNull();
    const unseen = newlyKnownOrder(order.brokerOrderId, 'TRACKED', MONDAY_TEN);
    const known = reconcileOrder(unseen, order, MONDAY_TEN, MONDAY_TEN).order;
    expect(known.state).toMatchObject({ status: 'PENDING', netPrice: null, flags: ['FILLS_DO_NOT_SUM'] });
    expect(known.facts && concludeOrder(known.facts, known.fills).legs).toHaveLength(3);
  });
});

describe('a quantity that is none of shares', () => {
  it.each(['DOLLARS', 'ALL_SHARES', 'NEVER_HEARD_OF', 7])('is not known to be any: %j', (quantityType) => {
    const { quantity, legs } = translated({ quantity: 100, orderLegCollection: [leg({ quantityType })] });
    expect([quantity, legs[0]?.quantity]).toEqual([null, null]);
  });

  it.each([undefined, 'SHARES'])('is one of shares where it says %j', (quantityType) => {
    const { quantity, legs } = translated({ quantity: 100, orderLegCollection: [leg({ quantityType })] });
    expect([quantity?.toFixed(), legs[0]?.quantity?.toFixed()]).toEqual(['100', '1']);
  });
});
