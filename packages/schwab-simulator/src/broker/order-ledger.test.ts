import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { anyOrder, ENTERED_AT } from '../testing/order-builder.ts';
import { createOrderLedger } from './order-ledger.ts';
import { reportOrder } from './report-order.ts';
import { renderJson } from './schwab-json.ts';

it('reports what holds at each instant, in whatever order instants are asked for', () => {
  fc.assert(
    fc.property(anyOrder, fc.array(fc.nat(15_000), { minLength: 1, maxLength: 20 }), (order, instants) => {
      const ledger = createOrderLedger(1n);
      ledger.put(order);
      const asked = instants.map((afterMs) => ledger.reportText(order, ENTERED_AT + afterMs));
      expect(asked).toEqual(instants.map((afterMs) => renderJson(reportOrder(order, ENTERED_AT + afterMs))));
    }),
  );
});

it('hands out ids one by one, beyond 2^53 too', () => {
  const ledger = createOrderLedger(9_007_199_254_740_993n);
  expect([ledger.nextOrderId(), ledger.nextOrderId()]).toEqual(['9007199254740993', '9007199254740994']);
  expect(ledger.lastOrderId()).toBe('9007199254740994');
});
