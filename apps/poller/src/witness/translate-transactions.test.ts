import { decimalText, type TradeTransaction } from '@fill-tracker/domain';
import type { SchwabTransaction, SchwabTransferItem } from '@fill-tracker/schwab-client';
import { describe, expect, it } from 'vitest';
import { translateTransactions } from './translate-transactions.ts';

const SHARES: SchwabTransferItem = {
  instrument: { assetType: 'EQUITY', symbol: 'GME' },
  amount: '10',
  cost: '-227.30',
  price: '22.7299',
};
const FEE: SchwabTransferItem = {
  instrument: { assetType: 'CURRENCY' },
  amount: '0.02',
  cost: '-0.02',
  feeType: 'SEC_FEE',
};
const COMMISSION: SchwabTransferItem = { amount: '0.65', cost: '-0.65', feeType: 'COMMISSION' };
const CASH: SchwabTransferItem = { instrument: { assetType: 'CURRENCY' }, amount: '-227.30', cost: '-227.30' };

function transaction(change: Partial<SchwabTransaction> = {}): SchwabTransaction {
  return {
    activityId: '9007199254740993',
    orderId: '1002613000001',
    time: '2026-01-05T15:30:01+0000',
    type: 'TRADE',
    status: 'VALID',
    transferItems: [SHARES],
    ...change,
  };
}

function textOf({ symbol, price, quantity, cost, fees }: TradeTransaction): string {
  const [priceText, costText] = [price, cost].map((each) => (each === null ? '?' : decimalText(each)));
  return `${decimalText(quantity)} ${symbol ?? '?'} at ${priceText} for ${costText}, fees ${decimalText(fees)}`;
}

const translate = (change: Partial<SchwabTransaction>) => translateTransactions([transaction(change)]);

describe('translateTransactions', () => {
  it.each<[string, readonly SchwabTransferItem[], readonly string[]]>([
    ['a buy', [SHARES], ['10 GME at 22.7299 for 227.3, fees 0']],
    [
      'a sale, whose amount is below zero',
      [{ ...SHARES, amount: '-10', cost: '227.30' }],
      ['10 GME at 22.7299 for 227.3, fees 0'],
    ],
    ['several fees, in one sum', [FEE, SHARES, COMMISSION], ['10 GME at 22.7299 for 227.3, fees 0.67']],
    ['a fee that is a rebate', [SHARES, { ...FEE, cost: '0.02' }], ['10 GME at 22.7299 for 227.3, fees -0.02']],
    [
      'a fee that has an amount alone',
      [SHARES, { amount: '0.03', feeType: 'TAF_FEE' }],
      ['10 GME at 22.7299 for 227.3, fees 0.03'],
    ],
    [
      'several securities, with the fees on the first',
      [SHARES, { ...SHARES, instrument: { symbol: 'GME   260116C00025000' }, amount: '-1', price: '1.5' }, FEE],
      ['10 GME at 22.7299 for 227.3, fees 0.02', '1 GME   260116C00025000 at 1.5 for 227.3, fees 0'],
    ],
    ['the cash beside it, which is its other side', [SHARES, CASH], ['10 GME at 22.7299 for 227.3, fees 0']],
    ['fees alone', [FEE, COMMISSION], ['0 ? at ? for 0, fees 0.67']],
    [
      'no price, and invents none of cost and amount',
      [{ ...SHARES, price: undefined }],
      ['10 GME at ? for 227.3, fees 0'],
    ],
    ['no cost', [{ ...SHARES, cost: undefined }], ['10 GME at 22.7299 for ?, fees 0']],
    ['no instrument', [{ ...SHARES, instrument: undefined }], ['10 ? at 22.7299 for 227.3, fees 0']],
    ['a fraction of a share', [{ ...SHARES, amount: '0.000123' }], ['0.000123 GME at 22.7299 for 227.3, fees 0']],
    [
      'more digits than a float holds',
      [{ ...SHARES, price: '0.100000000001' }],
      ['10 GME at 0.100000000001 for 227.3, fees 0'],
    ],
  ])('reads %s', (_what, transferItems, expected) => {
    const { trades, unreadable, withoutOrder } = translate({ transferItems: [...transferItems] });
    expect(trades.map(textOf)).toEqual(expected);
    expect({ unreadable, withoutOrder }).toEqual({ unreadable: [], withoutOrder: 0 });
  });

  it('keeps ids as text and the time to the second', () => {
    expect(translate({}).trades).toMatchObject([
      { activityId: '9007199254740993', orderId: '1002613000001', occurredAt: Date.parse('2026-01-05T15:30:01Z') },
    ]);
    expect(translate({ activityId: undefined, time: undefined }).trades).toMatchObject([
      { activityId: null, occurredAt: null },
    ]);
  });

  it('counts what names no order, and takes it for evidence of none', () => {
    expect(translate({ orderId: undefined })).toEqual({ trades: [], withoutOrder: 1, unreadable: [] });
  });

  it.each([
    ['another kind of transaction', { type: 'DIVIDEND_OR_INTEREST' }],
    ['what the broker calls invalid', { status: 'INVALID' }],
  ])('leaves out %s', (_what, change) => {
    expect(translate(change)).toEqual({ trades: [], withoutOrder: 0, unreadable: [] });
  });

  it('counts a status word that nobody knows', () => {
    expect(translate({ status: 'MAYBE' }).trades).toHaveLength(1);
  });

  it.each<[string, Partial<SchwabTransaction>, string]>([
    ['no amount', { transferItems: [{ ...SHARES, amount: undefined }] }, 'transferItems[0].amount is missing'],
    ['no items', { transferItems: undefined }, 'transferItems name neither a security nor a fee'],
    ['cash alone', { transferItems: [CASH] }, 'transferItems name neither a security nor a fee'],
    ['a fee of nothing', { transferItems: [SHARES, { feeType: 'SEC_FEE' }] }, 'transferItems[1].cost is missing'],
    ['a time that is none', { time: 'noon' }, 'time is no time'],
    ['a price beyond bounds', { transferItems: [{ ...SHARES, price: '1e99' }] }, 'transferItems[0].price is no number'],
  ])('sets aside one with %s, and reads all others', (_what, change, problem) => {
    const { trades, unreadable } = translateTransactions([transaction(), transaction(change), transaction()]);
    expect(trades).toHaveLength(2);
    expect(unreadable).toEqual([{ activityId: '9007199254740993', problem: expect.stringContaining(problem) }]);
  });
});
