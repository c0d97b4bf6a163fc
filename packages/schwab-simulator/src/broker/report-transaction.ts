import { type ExactDecimal, minus, negated, parseDecimal, plainText } from './exact-decimal.ts';
import { newYorkDate } from './market-hours.ts';
import { formOf } from './report-form.ts';
import { reportInstrument } from './report-instrument.ts';
import { opens } from './report-order.ts';
import { NumberText, type SchwabObject } from './schwab-json.ts';
import { buys, NO_ODDITIES, type SimulatedOrder } from './simulated-order.ts';
import { feesOf, notionalOf, type TradeFee } from './trade-fees.ts';
import type { TradeTransaction } from './transactions.ts';

const FORM = formOf(NO_ODDITIES);

/**
 * One TRADE transaction as the account's history gives it. Amounts are signed as seen from the account: bought shares
 * come in and money goes out. The order's id is a number here, by the document; a capture has it as a string.
 */
export function reportTransaction(order: SimulatedOrder, trade: TradeTransaction): SchwabObject {
  const notional = notionalOf(trade);
  const fees = feesOf(trade);
  const cost = buys(trade.leg) ? negated(notional) : notional;
  const quantity = parseDecimal(trade.quantity);
  return {
    activityId: new NumberText(trade.activityId),
    time: FORM.time(trade.at),
    accountNumber: order.accountNumber,
    type: 'TRADE',
    status: 'VALID',
    subAccount: 'CASH',
    tradeDate: newYorkDate(trade.at),
    orderId: new NumberText(order.orderId),
    netAmount: amount(fees.reduce((left, fee) => minus(left, fee.amount), cost)),
    transferItems: [
      ...fees.map(reportFee),
      {
        instrument: { ...reportInstrument(trade.leg.symbol), status: 'ACTIVE' },
        amount: amount(buys(trade.leg) ? quantity : negated(quantity)),
        cost: amount(cost),
        price: amount(parseDecimal(trade.price)),
        positionEffect: opens(trade.leg) ? 'OPENING' : 'CLOSING',
      },
    ],
  };
}

function reportFee({ feeType, amount: fee }: TradeFee): SchwabObject {
  return {
    instrument: {
      assetType: 'CURRENCY',
      status: 'ACTIVE',
      symbol: 'CURRENCY_USD',
      description: 'USD currency',
      instrumentId: new NumberText('1'),
      closingPrice: new NumberText('0'),
    },
    amount: amount(fee),
    cost: amount(negated(fee)),
    feeType,
  };
}

/** Transactions write numbers without a needless fraction, unlike orders. */
function amount(value: ExactDecimal): NumberText {
  return new NumberText(plainText(value));
}
