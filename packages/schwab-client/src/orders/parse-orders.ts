import { ShapeError } from '../errors.ts';
import { isList, jsonDepth, readJson, splitJsonArray, toPlain, writeJson } from '../lossless.ts';
import { isOrderId } from './order-texts.ts';
import { orderSchema } from './order-schema.ts';
import type { SchwabOrder } from './order-schema.ts';

/** Children of children: real orders have two generations below the first. */
const MAX_GENERATIONS = 20;
/** An order is an object, its execution legs lie four levels below it, and each generation adds an array and an object. */
const MAX_ORDER_DEPTH = 2 * MAX_GENERATIONS + 8;
/** Only text nobody can read is ever cut. */
const MAX_UNREADABLE_TEXT = 100_000;

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

/**
 * Reads an order list, each element on its own: an odd one is set aside and disturbs no other.
 *
 * @throws {ShapeError} when the text is not a JSON array.
 */
export function parseOrderList(text: string): ParsedOrderList {
  const elements = parseElements(text);
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

function parseElements(text: string): readonly OrderElement[] {
  const elements = splitJsonArray(text);
  if (elements === null) throw new ShapeError('$', 'not a JSON array of orders');
  return elements.map(parseElement);
}

/** @throws {ShapeError} when the text is not JSON: then nothing around it can be trusted either. */
function parseElement(text: string, index: number): OrderElement {
  const odd = (problem: string, orderId: string | null, evidence: string): OrderElement => {
    return { kind: 'odd', odd: { index, orderId, problem, text: evidence } };
  };
  if (jsonDepth(text) > MAX_ORDER_DEPTH) {
    return odd(`nested deeper than ${MAX_ORDER_DEPTH} levels`, null, text.trim().slice(0, MAX_UNREADABLE_TEXT));
  }
  const { value, hasDuplicateKey } = readJson(text);
  const plain = toPlain(value);
  // Reading keeps one of two values under one key, so only the original shows what was wrong.
  if (hasDuplicateKey) return odd('an object names one key twice', orderIdOf(plain), text.trim());
  const evidence = writeJson(value);
  if (isList(value)) return odd('must be an object', null, evidence);
  const result = orderSchema.safeParse(plain);
  if (result.success) return { kind: 'order', report: { order: result.data, text: evidence } };
  const [issue] = result.error.issues;
  return odd(describe(issue?.path ?? [], issue?.message ?? 'not an order'), orderIdOf(plain), evidence);
}

function describe(path: readonly PropertyKey[], message: string): string {
  const steps = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`));
  const where = steps.join('').replace(/^\./, '');
  return where === '' ? message : `${where}: ${message}`;
}

function orderIdOf(plain: unknown): string | null {
  if (typeof plain !== 'object' || plain === null || !('orderId' in plain)) return null;
  return typeof plain.orderId === 'string' && isOrderId(plain.orderId) ? plain.orderId : null;
}
