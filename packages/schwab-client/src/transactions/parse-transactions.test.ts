import { describe, expect, it } from 'vitest';

import { ShapeError } from '../errors.ts';
import { MAX_TRANSACTION_ROWS, parseTransactionList } from './parse-transactions.ts';

const optionWithAFee = `{
  "activityId": 9007199254740993, "time": "2026-01-05T17:19:49+0000", "tradeDate": "2026-01-05", "type": "TRADE",
  "status": "VALID", "orderId": "1002613000001", "positionId": 77, "netAmount": -1215.950,
  "user": {"login": "canary-login", "firstName": "canary"}, "accountNumber": "87650123",
  "transferItems": [
    {"instrument": {"assetType": "OPTION", "symbol": "XYZ   260320C00155000", "putCall": "CALL", "strikePrice": 155},
     "amount": -1, "cost": 206.0, "price": 2.06, "positionEffect": "OPENING"},
    {"instrument": {"assetType": "CURRENCY", "symbol": "CURRENCY_USD"}, "amount": 0.95, "cost": -0.95,
     "feeType": "OPT_REG_FEE"}]}`;
const fractionWithoutAnOrder = `{"activityId": 8, "type": "TRADE", "tradeDate": "2026-01-05T05:00:00+0000",
  "description": "Dividend Reinvest", "transferItems": [{"amount": 0.1, "cost": -7.20, "price": 71.96188}]}`;
const wordsNobodyKnows = `{"type": "BARTER", "status": "MAYBE", "activityType": "MOON",
  "transferItems": [{"feeType": "MOON_TAX", "positionEffect": "SIDEWAYS", "instrument": {"assetType": "CHEESE"}}]}`;
const nothingAtAll = '{}';
const fullOfNulls = '{"activityId": null, "orderId": null, "transferItems": null, "netAmount": null}';

const only = (text: string) => parseTransactionList(`[${text}]`);

describe('parseTransactionList', () => {
  it('keeps every digit, and what is paid apart from what is a fee', () => {
    expect(only(optionWithAFee).transactions).toEqual([
      {
        activityId: '9007199254740993',
        time: '2026-01-05T17:19:49+0000',
        tradeDate: '2026-01-05',
        type: 'TRADE',
        status: 'VALID',
        orderId: '1002613000001',
        positionId: '77',
        netAmount: '-1215.950',
        transferItems: [
          {
            instrument: { assetType: 'OPTION', symbol: 'XYZ   260320C00155000', putCall: 'CALL' },
            amount: '-1',
            cost: '206.0',
            price: '2.06',
            positionEffect: 'OPENING',
          },
          {
            instrument: { assetType: 'CURRENCY', symbol: 'CURRENCY_USD' },
            amount: '0.95',
            cost: '-0.95',
            feeType: 'OPT_REG_FEE',
          },
        ],
      },
    ]);
  });

  it('does not carry the account and its holder along', () => {
    const { transactions } = only(optionWithAFee);
    expect(JSON.stringify(transactions)).not.toMatch(/canary|87650123/);
  });

  it.each([
    ['no order caused', fractionWithoutAnOrder, { activityId: '8', description: 'Dividend Reinvest' }],
    ['is in words nobody knows', wordsNobodyKnows, { type: 'BARTER', status: 'MAYBE' }],
    ['says nothing', nothingAtAll, {}],
    ['is full of nulls', fullOfNulls, {}],
    ['has a number for an order id', '{"orderId": 1002613000001}', { orderId: '1002613000001' }],
  ])('reads one that %s', (_what, text, facts) => {
    const { transactions, odd } = only(text);
    expect(transactions).toMatchObject([facts]);
    expect(odd).toEqual([]);
  });

  it('sets an odd one aside and reads all others', () => {
    const { transactions, odd } = parseTransactionList(
      `[${optionWithAFee}, {"activityId": 9, "netAmount": {}}, null, ${fractionWithoutAnOrder}]`,
    );
    expect(transactions.map(({ activityId }) => activityId)).toEqual(['9007199254740993', '8']);
    expect(odd).toEqual([
      { index: 1, activityId: '9', problem: 'netAmount: must be a number', text: '{"activityId":9,"netAmount":{}}' },
      { index: 2, activityId: null, problem: 'must be an object', text: 'null' },
    ]);
  });

  it.each([
    ['an activity id with a fraction', '{"activityId": 1.5}', 'activityId: must be a whole number'],
    ['a price that is a word', '{"transferItems":[{},{"price":"NaN"}]}', 'transferItems[1].price: must be a number'],
    ['items that are no list', '{"transferItems":{}}', 'transferItems: must be an array'],
    ['a type that is true', '{"type":true}', 'type: must be text'],
    ['a net amount named twice', '{"netAmount":1,"netAmount":2}', 'an object names one key twice'],
    ['nesting without end', `{"x":${'['.repeat(50)}${']'.repeat(50)}}`, 'nested deeper than 16 levels'],
    ['a list in its place', '[]', 'must be an object'],
  ])('calls one with %s odd, and says where', (_what, text, problem) => {
    expect(only(text)).toMatchObject({ transactions: [], odd: [{ problem }] });
  });

  it('says when the list may have been cut off, odd ones counted', () => {
    const rows = (count: number) =>
      `[${Array.from({ length: count }, (_, index) => (index === 7 ? 'null' : '{}')).join(',')}]`;
    expect(parseTransactionList(rows(MAX_TRANSACTION_ROWS - 1)).isCutOff).toBe(false);
    expect(parseTransactionList(rows(MAX_TRANSACTION_ROWS)).isCutOff).toBe(true);
  });

  it('reads an empty list', () => {
    expect(parseTransactionList('[]')).toEqual({ transactions: [], odd: [], isCutOff: false });
  });

  it.each(['', '{}', 'null', '[{}', '<html>'])('refuses the whole of %j, which is no JSON array', (text) => {
    expect(() => parseTransactionList(text)).toThrow(ShapeError);
  });
});
