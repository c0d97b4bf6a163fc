import type { SimulatedAccount } from '../accounts.ts';
import { readPlaceOrderRequest } from '../broker/place-order-request.ts';
import { reportOrder } from '../broker/report-order.ts';
import { parseJsonNumbersAsText, renderJson } from '../broker/schwab-json.ts';
import type { SimulatedNode } from '../broker/simulated-order.ts';
import type { Simulation } from '../simulation.ts';
import { readOrderWindow } from './order-window.ts';
import { forAccount } from './for-account.ts';
import { emptyAnswer, jsonAnswer, type SchwabAnswer, traderError } from './schwab-answer.ts';
import type { SchwabCall, SchwabRoute } from './schwab-route.ts';

/** What the Trader API's order endpoints need to know. */
export interface OrderDesk {
  readonly simulation: Simulation;
  readonly accounts: readonly SimulatedAccount[];
  /** Epoch ms. */
  readonly now: () => number;
  /** For how long (ms) after its entry an order is unknown by id. */
  readonly visibilityLagMs: (orderId: string) => number;
}

const TRADER = '/trader/v1';
const ORDERS = `${TRADER}/accounts/:accountHash/orders`;

/** Schwab's account numbers and order endpoints. */
export function orderRoutes(desk: OrderDesk): SchwabRoute[] {
  return [
    {
      method: 'GET',
      path: `${TRADER}/accounts/accountNumbers`,
      answer: () => jsonAnswer(200, JSON.stringify(desk.accounts)),
    },
    {
      method: 'GET',
      path: `${TRADER}/orders`,
      answersOrders: true,
      answer: (call) => listOrders(desk, call, null),
    },
    {
      method: 'GET',
      path: ORDERS,
      answersOrders: true,
      answer: (call) => forAccount(desk.accounts, call, ({ accountNumber }) => listOrders(desk, call, accountNumber)),
    },
    {
      method: 'POST',
      path: ORDERS,
      answer: (call) => forAccount(desk.accounts, call, (account) => placeOrder(desk, call, account)),
    },
    {
      method: 'GET',
      path: `${ORDERS}/:orderId`,
      answersOrders: true,
      answer: (call) => forOrder(desk, call, (order) => jsonAnswer(200, orderText(desk, call, order))),
    },
    {
      method: 'PUT',
      path: `${ORDERS}/:orderId`,
      answer: (call) => forOrder(desk, call, (order, account) => replaceOrder(desk, call, account, order)),
    },
    {
      method: 'DELETE',
      path: `${ORDERS}/:orderId`,
      answer: (call) =>
        forOrder(desk, call, (order) => (desk.simulation.cancel(order) ? emptyAnswer(200) : alreadyOver('canceled'))),
    },
  ];
}

function forOrder(
  desk: OrderDesk,
  call: SchwabCall,
  answer: (order: SimulatedNode, account: SimulatedAccount) => SchwabAnswer,
): SchwabAnswer {
  return forAccount(desk.accounts, call, (account) => {
    const order = desk.simulation.find(account.accountNumber, call.params['orderId'] ?? '');
    const visible = order !== null && desk.now() - order.enteredAt >= desk.visibilityLagMs(order.orderId);
    return visible ? answer(order, account) : traderError(404, 'Order not found');
  });
}

function listOrders(desk: OrderDesk, call: SchwabCall, accountNumber: string | null): SchwabAnswer {
  const window = readOrderWindow(call.query, desk.now());
  if (typeof window === 'string') return traderError(400, window);
  const orders = desk.simulation.list({ ...window, accountNumber });
  const spoiled = call.spoiledOrder === null ? null : (call.spoiledOrder.orderId ?? middleOf(orders)?.orderId);
  const reports = orders.map((order) => (order.orderId === spoiled ? spoil(desk, order) : textOf(desk, order)));
  return jsonAnswer(200, `[${reports.join(',')}]`);
}

function placeOrder(desk: OrderDesk, call: SchwabCall, account: SimulatedAccount): SchwabAnswer {
  const request = readPlaceOrderRequest(parseJsonNumbersAsText(call.body));
  return created(call, account, desk.simulation.place(request, account.accountNumber));
}

function replaceOrder(
  desk: OrderDesk,
  call: SchwabCall,
  account: SimulatedAccount,
  order: SimulatedNode,
): SchwabAnswer {
  const request = readPlaceOrderRequest(parseJsonNumbersAsText(call.body));
  const replacement = desk.simulation.replace(order, request);
  return replacement === null ? alreadyOver('replaced') : created(call, account, replacement);
}

/** The new order's id stands in the location and nowhere else. */
function created({ baseUrl }: SchwabCall, { hashValue }: SimulatedAccount, { orderId }: SimulatedNode): SchwabAnswer {
  return emptyAnswer(201, { location: `${baseUrl}${TRADER}/accounts/${hashValue}/orders/${orderId}` });
}

function alreadyOver(verb: string): SchwabAnswer {
  return traderError(400, `Order cannot be ${verb} in its current status`);
}

function orderText(desk: OrderDesk, call: SchwabCall, order: SimulatedNode): string {
  return call.spoiledOrder === null ? textOf(desk, order) : spoil(desk, order);
}

function textOf({ simulation }: OrderDesk, order: SimulatedNode): string {
  return simulation.reportText(order);
}

/** The report with fields of the wrong type, still valid JSON. */
function spoil({ now }: OrderDesk, order: SimulatedNode): string {
  return renderJson({ ...reportOrder(order, now()), quantity: { unexpected: true }, orderLegCollection: 'unexpected' });
}

function middleOf<Item>(items: readonly Item[]): Item | undefined {
  return items[Math.floor(items.length / 2)];
}
