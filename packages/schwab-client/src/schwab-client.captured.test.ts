import { describe, expect, it } from 'vitest';

import { tokenRefusalOf } from './auth/token-answer.ts';
import { readErrorBody } from './error-body.ts';
import { parseCandles } from './markets/price-history.ts';
import { captured, hasCaptured } from './testing/captured.ts';
import { parseTransactionList } from './transactions/parse-transactions.ts';

/** With `SCHWAB_PAYLOADS` naming a folder of captured answers. */
describe.skipIf(!hasCaptured)('captured answers', () => {
  it('read as transactions: an option and its fee', () => {
    const { transactions, odd } = parseTransactionList(`[${captured('76_transaction_trade')}]`);
    expect(odd).toEqual([]);
    const [option, fee] = transactions[0]?.transferItems ?? [];
    expect(option).toMatchObject({ price: '2.06', cost: '206.0', amount: '-1' });
    expect(fee).toMatchObject({ feeType: 'OPT_REG_FEE', cost: '-0.95' });
  });

  it('read as transactions: a fraction that no order bought', () => {
    const { transactions } = parseTransactionList(`[${captured('77_transaction_fractional_dividend_reinvest')}]`);
    expect(transactions[0]?.orderId).toBeUndefined();
    expect(transactions[0]?.transferItems?.[0]).toMatchObject({ amount: '0.1', price: '71.96188' });
  });

  it('read as candles', () => {
    const { candles, odd, isEmpty } = parseCandles(captured('75_pricehistory_minute'));
    expect([candles.length, odd.length, isEmpty]).toEqual([5, 0, false]);
    expect(new Set(candles.map(({ datetime }, index) => datetime - index * 60_000)).size).toBe(1);
  });

  it.each([
    '60_error_trader_400_invalid_account',
    '61_error_trader_401_client_not_authorized',
    '62_error_marketdata_mixed',
    '63_error_gateway_fault',
    '64_error_trader_documented_shape',
  ])('say what is wrong: %s', (name) => {
    expect(readErrorBody(captured(name))).toMatch(/\w{4}/);
  });

  it.each(['52_token_error_refresh_expired', '53_token_error_invalid_grant_nested'])(
    'say that a sign-in is needed: %s',
    (name) => {
      const request = { operation: 'refresh-token', method: 'POST', url: '', secrets: [] } as const;
      const facts = { location: null, correlationId: null, retryAfterMs: null, serverDate: null };
      const answer = { ...facts, status: 400, text: captured(name), requestedAt: 0, respondedAt: 0, secrets: [] };
      expect(tokenRefusalOf(answer, request)?.kind).toBe('sign-in-needed');
    },
  );
});
