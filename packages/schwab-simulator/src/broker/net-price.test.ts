import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDecimal } from './exact-decimal.ts';
import { netPriceOf } from './net-price.ts';
import type { Execution } from './planned-fill.ts';
import type { OrderLeg } from './simulated-order.ts';

const CALL = 'MRVL  250321C00155000';
const DEARER_CALL = 'MRVL  250321C00170000';

const leg = (legId: string, symbol: string, instruction: OrderLeg['instruction'], ratio = '1'): OrderLeg => ({
  legId,
  symbol,
  instruction,
  ratio,
});
const traded = (legId: string, quantity: string, price: string): Execution => ({ legId, quantity, price });

describe('netPriceOf', () => {
  it.each([
    {
      what: 'a vertical sold for the difference of its legs',
      legs: [leg('1', CALL, 'SELL_TO_OPEN'), leg('2', DEARER_CALL, 'BUY_TO_OPEN')],
      executions: [traded('1', '1', '2.06'), traded('2', '1', '0.86')],
      filled: '1',
      net: { amount: '1.2', effect: 'CREDIT' },
    },
    {
      what: 'a covered call, its shares quoted for one of a hundred',
      legs: [leg('1', 'MRVL', 'BUY', '100'), leg('2', CALL, 'SELL_TO_OPEN')],
      executions: [traded('1', '100', '62.505'), traded('2', '1', '1.21')],
      filled: '1',
      net: { amount: '61.295', effect: 'DEBIT' },
    },
    {
      what: 'a ratio spread, whose second side counts twice',
      legs: [leg('1', CALL, 'BUY_TO_OPEN'), leg('2', DEARER_CALL, 'SELL_TO_OPEN', '2')],
      executions: [traded('1', '3', '2.06'), traded('2', '6', '0.84')],
      filled: '3',
      net: { amount: '0.38', effect: 'DEBIT' },
    },
    {
      what: 'two shares against each other, without a hundred anywhere',
      legs: [leg('1', 'MRVL', 'BUY'), leg('2', 'NVDA', 'SELL_SHORT')],
      executions: [traded('1', '10', '62.5'), traded('2', '10', '62.5')],
      filled: '10',
      net: { amount: '0', effect: 'EVEN' },
    },
    {
      what: 'several parts, averaged over all units and rounded half up at the eighth place',
      legs: [leg('1', CALL, 'SELL_TO_CLOSE'), leg('2', DEARER_CALL, 'BUY_TO_CLOSE')],
      executions: [traded('1', '1', '2'), traded('1', '2', '2.01'), traded('2', '3', '1')],
      filled: '3',
      net: { amount: '1.00666667', effect: 'CREDIT' },
    },
  ])('$what', ({ legs, executions, filled, net }) => {
    expect(netPriceOf(legs, executions, parseDecimal(filled))).toEqual(net);
  });

  it('is null when nothing filled', () => {
    expect(netPriceOf([leg('1', CALL, 'BUY_TO_OPEN')], [], parseDecimal('0'))).toBeNull();
  });

  it('changes its effect and not its amount when every side is turned round', () => {
    const cents = fc.integer({ min: 1, max: 10 ** 6 }).map((value) => `${Math.floor(value / 100)}.${value % 100}`);
    fc.assert(
      fc.property(cents, cents, fc.integer({ min: 1, max: 99 }), (near, far, units) => {
        const executions = [traded('1', String(units), near), traded('2', String(units), far)];
        const filled = parseDecimal(String(units));
        const sold = netPriceOf([leg('1', CALL, 'SELL_TO_OPEN'), leg('2', CALL, 'BUY_TO_OPEN')], executions, filled);
        const bought = netPriceOf([leg('1', CALL, 'BUY_TO_OPEN'), leg('2', CALL, 'SELL_TO_OPEN')], executions, filled);
        expect(sold?.amount).toBe(bought?.amount);
        const opposite = { CREDIT: 'DEBIT', DEBIT: 'CREDIT', EVEN: 'EVEN' } as const;
        expect(bought?.effect).toBe(opposite[sold?.effect ?? 'EVEN']);
      }),
    );
  });
});
