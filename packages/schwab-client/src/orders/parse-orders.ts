import { ShapeError } from '../errors.ts';
import { detached } from '../lossless.ts';
import { readElement, splitElements } from '../read-elements.ts';
import type { ElementRules, ReadElement } from '../read-elements.ts';
import { isOrderId } from './order-texts.ts';
import { orderSchema } from './order-schema.ts';
import type { SchwabOrder } from './order-schema.ts';

/** Children of children: real orders have two generations below the first. */
const MAX_GENERATIONS = 20;
/** An order is an object, its execution legs lie four levels below it, and each generation adds an array and an object. */
const MAX_ORDER_DEPTH = 2 * MAX_GENERATIONS + 8;

const ORDER_RULES: ElementRules<SchwabOrder> = {
  plural: 'orders',
  schema: orderSchema,
  maxDepth: MAX_ORDER_DEPTH,
  idKey: 'orderId',
  isId: isOrderId,
};

/** One order as Schwab reported it. */
export interface SchwabOrderReport {
  readonly order: SchwabOrder;
  /** The order's own JSON without white space, each value as Schwab wrote it: for hashing and for evidence. Not redacted. */
  readonly text: string;
}

/** An element of a list that is no order, or an order that cannot be read without guessing. */
export interface OddOrder {
  /** Place in the list, from 0. */
  readonly index: number;
  /** Its order id, when at least that can be read. */
  readonly orderId: string | null;
  /** What is wrong and where, without quoting a value: `orderActivityCollection[0].quantity: must be a number`. */
  readonly problem: string;
  /** Its JSON. Not redacted. */
  readonly text: string;
}

export type OrderElement =
  | { readonly kind: 'order'; readonly report: SchwabOrderReport }
  | { readonly kind: 'odd'; readonly odd: OddOrder };

export interface ParsedOrderList {
  readonly orders: readonly SchwabOrderReport[];
  readonly odd: readonly OddOrder[];
}

/** Remembers reports by the text they were read from. */
export interface ReportCache {
  get(text: string): SchwabOrderReport | undefined;
  set(text: string, report: SchwabOrderReport): unknown;
}

/**
 * Reads an order list, each element on its own: an odd one is set aside and disturbs no other.
 *
 * @param cache gives the reports of texts that were read before, and takes those of new ones
 * @throws {ShapeError} when the text is not a JSON array.
 */
export function parseOrderList(text: string, cache?: ReportCache): ParsedOrderList {
  const elements = parseElements(text, cache);
  return {
    orders: elements.flatMap((element) => (element.kind === 'order' ? [element.report] : [])),
    odd: elements.flatMap((element) => (element.kind === 'odd' ? [element.odd] : [])),
  };
}

/**
 * Reads one order.
 *
 * @throws {ShapeError} when the text is not JSON, or not an order that can be read.
 */
export function parseOrder(text: string): SchwabOrderReport {
  const element = parseElement(text, 0);
  if (element.kind === 'order') return element.report;
  throw new ShapeError('$', element.odd.problem);
}

/**
 * Reads a file that holds one order or an array of them; an element that is no order comes back as odd, in its place.
 *
 * @throws {ShapeError} when the text is not JSON, or neither an object nor an array.
 */
export function parseOrderFile(text: string): readonly OrderElement[] {
  const start = text.trimStart().charAt(0);
  if (start === '[') return parseElements(text);
  const element = parseElement(text, 0);
  if (start !== '{') throw new ShapeError('$', 'neither an order nor an array of orders');
  return [element];
}

function parseElements(text: string, cache?: ReportCache): readonly OrderElement[] {
  return splitElements(text, ORDER_RULES).map((element, index) => parseElement(element.trim(), index, cache));
}

/** @throws {ShapeError} when the text is not JSON. */
function parseElement(text: string, index: number, cache?: ReportCache): OrderElement {
  const known = cache?.get(text);
  if (known !== undefined) return { kind: 'order', report: known };
  if (cache === undefined) return orderElement(readElement(text, index, ORDER_RULES));
  const own = detached(text);
  const element = orderElement(readElement(own, index, ORDER_RULES));
  if (element.kind === 'odd') return element;
  // Written without white space, as answers mostly are, both texts are one: nothing is kept twice.
  const { order, text: written } = element.report;
  const report = { order, text: written === own ? own : written };
  cache.set(own, report);
  return { kind: 'order', report };
}

function orderElement(element: ReadElement<SchwabOrder>): OrderElement {
  if (element.kind === 'read') return { kind: 'order', report: { order: element.value, text: element.text } };
  const { index, id, problem, text } = element.odd;
  return { kind: 'odd', odd: { index, orderId: id, problem, text } };
}
