import { readFile } from 'node:fs/promises';
import type { Inspection, InspectedOrder } from '@fill-tracker/contract';
import {
  decimalText,
  isOrderGroup,
  type LegSummary,
  newlyKnownOrder,
  type ReportedOrder,
  reconcileOrder,
  summariseLegs,
} from '@fill-tracker/domain';
import { presentLeg } from '@fill-tracker/db';
import { type OrderElement, parseOrderFile, ShapeError } from '@fill-tracker/schwab-client';
import { translateTree } from '../translate-tree.ts';
import { EXIT } from './command-error.ts';
import type { Output } from './output.ts';

export const INSPECT_HELP = `
The answer is JSON with and without --json, one line for each file. No settings are read: --env is taken so that every
command can be called alike.`;

/** Prints what the tracker concludes from each file of Schwab order JSON; needs no database and no broker. */
export async function inspect(files: readonly string[], output: Output): Promise<number> {
  let isBad = false;
  for (const file of files) {
    const inspection = await inspectFile(file, (problem) => output.note(`${file}: ${problem}`));
    isBad ||= 'error' in inspection || inspection.orders.some((order) => 'error' in order);
    output.json(inspection);
  }
  return isBad ? EXIT.problem : EXIT.fine;
}

/** Told of each value that an order does without. */
type Doubt = (problem: string) => void;

async function inspectFile(file: string, doubt: Doubt): Promise<Inspection> {
  try {
    return inspectText(file, await readFile(file, 'utf8'), doubt);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { file, error: { code: 'UNREADABLE_FILE', message } };
  }
}

/**
 * The conclusion from the text of one file, with or without a byte order mark. An element that is no order says so in
 * its place; what is odd below an order says so after it, and what can be read below an odd one follows that.
 */
export function inspectText(file: string, text: string, doubt: Doubt): Inspection {
  try {
    // Nothing else is cut off: positions in messages count from where the file begins.
    const elements = parseOrderFile(text.replace(/^\uFEFF/, ''));
    return { file, orders: elements.flatMap((element) => inspectElement(element, doubt)) };
  } catch (error) {
    if (error instanceof ShapeError) return { file, error: { code: 'NOT_ORDERS', message: error.message } };
    throw error;
  }
}

type InspectedElement = Extract<Inspection, { orders: unknown }>['orders'][number];

function inspectElement(element: OrderElement, doubt: Doubt): readonly InspectedElement[] {
  if (element.kind === 'odd') return [badOrder(element.odd.problem)];
  const { order } = element.report;
  const tree = translateTree(element.report);
  for (const { brokerOrderId, problem } of tree.doubts) doubt(`order ${brokerOrderId}: ${problem}`);
  const orders = tree.orders.map(inspectOrder);
  const bad = tree.unreadable.map(({ problem }) => badOrder(problem));
  return orders[0]?.brokerOrderId === order.orderId ? [...orders, ...bad] : [...bad, ...orders];
}

function badOrder(message: string): InspectedElement {
  return { error: { code: 'BAD_ORDER', message } };
}

/** By the very function that keeps the record: a first report of an order that nobody knew. */
function inspectOrder(reported: ReportedOrder): InspectedOrder {
  const children = reported.children.map(inspectOrder);
  const { order } = reconcileOrder(newlyKnownOrder(reported.brokerOrderId, 'DISCOVERED', 0), reported, 0, 0);
  const isGroup = isOrderGroup(reported);
  const { state, fills } = order;
  return {
    brokerOrderId: reported.brokerOrderId,
    brokerStatus: reported.brokerStatus,
    status: isGroup ? null : state.status,
    outcome: isGroup ? null : state.outcome,
    quantity: reported.quantity && decimalText(reported.quantity),
    filledQuantity: isGroup ? null : state.filledQuantity && decimalText(state.filledQuantity),
    averagePrice: state.averagePrice && decimalText(state.averagePrice),
    netPrice: state.netPrice && { amount: decimalText(state.netPrice.amount), effect: state.netPrice.effect },
    legs: summariseLegs(reported, fills).map(inspectLeg),
    fills: fills.map(({ key, legId, price, quantity, occurredAt }) => ({
      key,
      legId,
      price: decimalText(price),
      quantity: decimalText(quantity),
      occurredAt: occurredAt === null ? null : new Date(occurredAt).toISOString(),
    })),
    flags: isGroup ? [] : [...state.flags],
    children,
  };
}

function inspectLeg(leg: LegSummary): InspectedOrder['legs'][number] {
  const { legId, instruction, symbol, quantity, filledQuantity, averagePrice } = presentLeg(leg);
  return { legId, instruction, symbol, quantity, filledQuantity, averagePrice };
}
