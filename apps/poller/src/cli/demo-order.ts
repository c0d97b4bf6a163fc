import { type FillDatabase, type OrderView, presentOrder } from '@fill-tracker/db';
import { decimalText, SECOND } from '@fill-tracker/domain';
import { type OrderRequest, type PlaceOrderResult, systemClock } from '@fill-tracker/schwab-client';
import type { PollerConfig } from '../config/poller-config.ts';
import { awaitCommand } from './await-command.ts';
import { createCommandLineClient, type Settings } from './command-line-client.ts';
import { CommandError, EXIT } from './command-error.ts';
import { type Difference, differencesFromTruth } from './compare-with-truth.ts';
import { trackCommand } from './enqueue.ts';
import { fetchTruth } from './fetch-truth.ts';
import type { Output } from './output.ts';

export interface DemoOrderOptions extends Settings {
  readonly symbol: string;
  readonly quantity: string;
  /** Print one JSON value at the end, instead of lines as it happens. */
  readonly isJson: boolean;
}

const GIVE_UP_AFTER_MS = 30 * SECOND;

/**
 * Plays a bot's part against a running demo: places one market order, hands the id from its Location header to the
 * poller, waits until it is filled, and holds the record against the broker's truth.
 */
export async function demoOrder(db: FillDatabase, options: DemoOrderOptions, output: Output): Promise<number> {
  const story: Output = options.isJson ? { ...output, line: () => undefined } : output;
  const placed = await place(db, options);
  if (placed.outcome !== 'placed')
    throw new CommandError(`The order was not placed: ${placed.outcome}, ${placed.message}`);
  const { orderId: brokerOrderId } = placed;
  story.line(`placed   BUY ${options.quantity} ${options.symbol}; Location names order ${brokerOrderId}`);
  const askedAt = systemClock.now();
  const commandId = await db.enqueueCommand(await trackCommand(db, undefined, brokerOrderId, askedAt));
  const answer = await awaitCommand(db, systemClock, commandId, 10);
  if (answer.state !== 'DONE')
    throw new CommandError('No poller took the order over: start `demo` in another terminal first.');
  const trackedAfterMs = systemClock.now() - askedAt;
  story.line(`tracked  ${trackedAfterMs} ms after it was asked for`);
  const order = await filled(db, brokerOrderId, story);
  story.line(`recorded ${order.known.state.outcome ?? ''} ${textOf(order)}`);
  const difference = await differenceOf(options.config, order, story);
  if (options.isJson) output.json({ trackedAfterMs, order: presentOrder(order, null), difference });
  return difference === null ? EXIT.fine : EXIT.problem;
}

async function place(db: FillDatabase, options: DemoOrderOptions): Promise<PlaceOrderResult> {
  const { symbol, quantity } = options;
  const client = await createCommandLineClient(options, db);
  const order: OrderRequest = {
    orderType: 'MARKET',
    session: 'NORMAL',
    duration: 'DAY',
    legs: [{ instruction: 'BUY', quantity, symbol }],
  };
  const [account] = await client.listAccounts({ lane: 'command' });
  if (account === undefined) throw new CommandError('The simulator has no account.');
  return client.placeOrder({ accountHash: account.hash, order }, { lane: 'command' });
}

/** Follows the record until the order has ended, telling each fill when it is there. */
async function filled(db: FillDatabase, brokerOrderId: string, story: Output): Promise<OrderView> {
  const until = systemClock.now() + GIVE_UP_AFTER_MS;
  let told = 0;
  while (systemClock.now() < until) {
    const [order] = await db.findOrder({ brokerOrderId });
    for (const { quantity, price } of order?.known.fills.slice(told) ?? []) {
      story.line(`fill     ${decimalText(quantity)} @ ${decimalText(price)}`);
    }
    told = order?.known.fills.length ?? 0;
    if (order !== undefined && order.known.state.status !== 'PENDING') return order;
    await systemClock.sleep(50);
  }
  throw new CommandError(
    `Order ${brokerOrderId} is still pending after ${GIVE_UP_AFTER_MS / SECOND} s; see \`poller show ${brokerOrderId}\`.`,
  );
}

function textOf({ known: { state, fills } }: OrderView): string {
  const quantity = state.filledQuantity === null ? '0' : decimalText(state.filledQuantity);
  return `${quantity} at average ${state.averagePrice === null ? '-' : decimalText(state.averagePrice)} from ${fills.length} fills`;
}

async function differenceOf(config: PollerConfig, order: OrderView, story: Output): Promise<Difference | null> {
  const orders = await fetchTruth(config.brokerUrl);
  const truth = orders.filter(({ brokerOrderId }) => brokerOrderId === order.known.brokerOrderId);
  const [difference] = differencesFromTruth([order], truth);
  story.line(
    difference === undefined
      ? "proved   the record equals the broker's own truth"
      : `DIFFERS  record ${difference.recorded}; truth ${difference.truth}`,
  );
  return difference ?? null;
}
