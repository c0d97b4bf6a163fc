import type { SimulatedAccount } from '../accounts.ts';
import { reportTransaction } from '../broker/report-transaction.ts';
import { renderJson } from '../broker/schwab-json.ts';
import type { SimulatedOrder } from '../broker/simulated-order.ts';
import { type TradeTransaction, transactionsOf } from '../broker/transactions.ts';
import type { Simulation } from '../simulation.ts';
import { forAccount } from './for-account.ts';
import { jsonAnswer, type SchwabAnswer, traderError } from './schwab-answer.ts';
import type { SchwabCall, SchwabRoute } from './schwab-route.ts';
import { readTransactionWindow } from './transaction-window.ts';

interface TransactionDesk {
  readonly simulation: Simulation;
  readonly accounts: readonly SimulatedAccount[];
  /** Epoch ms. */
  readonly now: () => number;
}

const TRANSACTIONS = '/trader/v1/accounts/:accountHash/transactions';

/** More than this is cut off, as with orders. */
const MOST_TRANSACTIONS = 3_000;

/** Schwab's account history. It knows trades alone. */
export function transactionRoutes(desk: TransactionDesk): SchwabRoute[] {
  return [
    {
      method: 'GET',
      path: TRANSACTIONS,
      answer: (call) => forAccount(desk.accounts, call, (account) => listTransactions(desk, call, account)),
    },
    {
      method: 'GET',
      path: `${TRANSACTIONS}/:activityId`,
      answer: (call) => forAccount(desk.accounts, call, (account) => oneActivity(desk, call, account)),
    },
  ];
}

interface Booked {
  readonly order: SimulatedOrder;
  readonly trade: TradeTransaction;
}

/** Newest first. */
function bookedBy({ simulation, now }: TransactionDesk, { accountNumber }: SimulatedAccount): Booked[] {
  const at = now();
  return simulation
    .ordersOf(accountNumber)
    .flatMap((order) => transactionsOf(order, at).map((trade) => ({ order, trade })))
    .sort((left, right) => right.trade.at - left.trade.at);
}

function listTransactions(desk: TransactionDesk, { query }: SchwabCall, account: SimulatedAccount): SchwabAnswer {
  const window = readTransactionWindow(query);
  if (typeof window === 'string') return traderError(400, window);
  if (!window.types.includes('TRADE')) return jsonAnswer(200, '[]');
  const booked = bookedBy(desk, account)
    .filter(({ trade }) => trade.at >= window.from && trade.at <= window.to)
    .filter(({ trade }) => window.symbol === null || trade.leg.symbol === window.symbol);
  return answerOf(booked.slice(0, MOST_TRANSACTIONS));
}

/** A list, since the trades of several legs share an activity. */
function oneActivity(desk: TransactionDesk, { params }: SchwabCall, account: SimulatedAccount): SchwabAnswer {
  const booked = bookedBy(desk, account).filter(({ trade }) => trade.activityId === params['activityId']);
  return booked.length === 0 ? traderError(404, 'Transaction not found') : answerOf(booked);
}

function answerOf(booked: readonly Booked[]): SchwabAnswer {
  return jsonAnswer(200, renderJson(booked.map(({ order, trade }) => reportTransaction(order, trade))));
}
