import type { ScriptedOrderInput } from '../broker/script-order.ts';

const BUY_GME = { symbol: 'GME', instruction: 'BUY', orderType: 'LIMIT', limitPrice: '22.75', quantity: '10' } as const;
const ONE_FILL = { afterMs: 600, quantity: '4', price: '22.7299' } as const;
const TWO_FILLS = [ONE_FILL, { afterMs: 1_200, quantity: '3', price: '22.7301' }] as const;
const ALL_FILLS = [...TWO_FILLS, { afterMs: 1_800, quantity: '3', price: '22.74' }] as const;

type Ending = NonNullable<ScriptedOrderInput['ending']>;

const endingAs = (status: Ending['status']): Ending => ({ afterMs: 2_000, status });

/** One order for each way in which an order can end, or not end. All is over within three seconds. */
export function endingsScenario(): ScriptedOrderInput[] {
  return [
    { ...BUY_GME, orderType: 'MARKET', limitPrice: undefined, quantity: '4', fills: [ONE_FILL] },
    { ...BUY_GME, fills: [...ALL_FILLS] },
    { ...BUY_GME, ending: endingAs('CANCELED') },
    { ...BUY_GME, fills: [...TWO_FILLS], ending: endingAs('CANCELED') },
    { ...BUY_GME, fills: [...ALL_FILLS], ending: endingAs('CANCELED') },
    { ...BUY_GME, ending: endingAs('EXPIRED') },
    { ...BUY_GME, fills: [...TWO_FILLS], ending: endingAs('EXPIRED') },
    { ...BUY_GME, ending: { ...endingAs('REJECTED'), description: 'Your account is restricted to closing orders.' } },
    { ...BUY_GME, fills: [ONE_FILL], ending: endingAs('REJECTED') },
    { ...BUY_GME, fills: [...TWO_FILLS], ending: endingAs('REPLACED') },
    // What lived on of the replaced order: REST shows no link between the two.
    {
      ...BUY_GME,
      limitPrice: '22.8',
      quantity: '3',
      enteredAfterMs: 2_000,
      fills: [{ afterMs: 2_700, quantity: '3', price: '22.7899' }],
    },
    { ...BUY_GME, fills: [ONE_FILL] },
    { ...BUY_GME },
    { ...BUY_GME, statusText: 'AWAITING_A_WORD_NOBODY_KNOWS' },
  ];
}
