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
import { translateOrder, UntranslatableError } from '../translate-order.ts';
import { EXIT } from './command-error.ts';
import type { Output } from './output.ts';

export const INSPECT_HELP = `
The answer is JSON with and without --json, one line for each file. No settings are read: --env is taken so that every
command can be called alike.`;

/** Prints what the tracker concludes from each file of Schwab order JSON; needs no database and no broker. */
export async function inspect(files: readonly string[], output: Output): Promise<number> {
  let isBad = false;
  for (const file of files) {
    const inspection = await inspectFile(file);
    isBad ||= 'error' in inspection || inspection.orders.some((order) => 'error' in order);
    output.json(inspection);
  }
  return isBad ? EXIT.problem : EXIT.fine;
}

async function inspectFile(file: string): Promise<Inspection> {
  try {
    return inspectText(file, await readFile(file, 'utf8'));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { file, error: { code: 'UNREADABLE_FILE', message } };
  }
}

/** The conclusion from the text of one file, with or without a byte order mark. An element that is no order says so in its place. */
export function inspectText(file: string, text: string): Inspection {
  try {
    return { file, orders: parseOrderFile(text.trim()).map(inspectElement) };
  } catch (error) {
    if (error instanceof ShapeError) return { file, error: { code: 'NOT_ORDERS', message: error.message } };
    throw error;
  }
}

type InspectedElement = Extract<Inspection, { orders: unknown }>['orders'][number];

function inspectElement(element: OrderElement): InspectedElement {
  if (element.kind === 'odd') return { error: { code: 'BAD_ORDER', message: element.odd.problem } };
  try {
    return inspectOrder(translateOrder(element.report.order));
  } catch (error) {
    if (error instanceof UntranslatableError) return { error: { code: 'BAD_ORDER', message: error.message } };
    throw error;
  }
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
