export { type CommandAnswer, commandAnswer, type PollerState } from './commands.ts';
export { type Inspection, inspection, type InspectedOrder } from './inspect.ts';
export { type Order, order, type OrderDetail, orderDetail, type OrderList, orderList } from './orders.ts';
export { type PollerStatus, pollerStatus } from './poller.ts';
