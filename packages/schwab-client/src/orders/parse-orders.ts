import { OddOrderError, ShapeError } from '../errors.ts';
import { detached } from '../lossless.ts';
import { namingElement, openElement, splitElements } from '../read-elements.ts';
import { ORDER_RULES, readOrderTree } from './read-order-tree.ts';
import type { OddNode, ReadOrders, SchwabOrderReport } from './read-order-tree.ts';

/** An element of a list that is no order or an odd one, or an odd order in such an element. */
export interface OddOrder extends OddNode {
  /** Place of the element in the list, from 0. */
  readonly index: number;
}

export type OrderElement =
  | { readonly kind: 'order'; readonly report: SchwabOrderReport }
  | { readonly kind: 'odd'; readonly odd: OddOrder };

export interface ParsedOrderList {
  readonly orders: readonly SchwabOrderReport[];
  /** Orders that lie below none of these; those that do are told by the report. */
  readonly odd: readonly OddOrder[];
  /** How many elements the list had: as many as were asked for may mean that it was cut off. */
  readonly rows: number;
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
    orders: elements.flatMap(({ reports }) => reports),
    odd: elements.flatMap(({ odd }, index) => odd.map((each) => ({ index, ...each }))),
    rows: elements.length,
  };
}

/**
 * Reads one order.
 *
 * @throws {OddOrderError} when it is an order that cannot be read, and at least its id can.
 * @throws {ShapeError} when the text is not JSON, or no order.
 */
export function parseOrder(text: string): SchwabOrderReport {
  const { reports, odd } = parseElement(text);
  const [report] = reports;
  if (report !== undefined && odd.length === 0) return report;
  const [first] = odd;
  if (first === undefined || first.orderId === null) throw new ShapeError('$', first?.problem ?? 'must be an object');
  throw new OddOrderError({ ...first, orderId: first.orderId });
}

/**
 * Reads a file that holds one order or an array of them. An element that is no order comes back as odd, in its place;
 * what can be read below it follows.
 *
 * @throws {ShapeError} when the text is not JSON, or neither an object nor an array.
 */
export function parseOrderFile(text: string): readonly OrderElement[] {
  const start = text.trimStart().charAt(0);
  if (start === '[') return parseElements(text).flatMap(elementsOf);
  const element = parseElement(text);
  if (start !== '{') throw new ShapeError('$', 'neither an order nor an array of orders');
  return elementsOf(element, 0);
}

function elementsOf({ reports, odd }: ReadOrders, index: number): readonly OrderElement[] {
  return [
    ...odd.map((each): OrderElement => ({ kind: 'odd', odd: { index, ...each } })),
    ...reports.map((report): OrderElement => ({ kind: 'order', report })),
  ];
}

function parseElements(text: string, cache?: ReportCache): readonly ReadOrders[] {
  return splitElements(text, ORDER_RULES).map((element, index) =>
    namingElement(index, () => parseElement(element, cache)),
  );
}

/** @throws {ShapeError} when the text is not JSON. */
function parseElement(text: string, cache?: ReportCache): ReadOrders {
  const known = cache?.get(text);
  if (known !== undefined) return { reports: [known], odd: [] };
  if (cache === undefined) return readElement(text);
  const own = detached(text);
  const element = readElement(own);
  const [report] = element.reports;
  if (report === undefined || element.odd.length > 0) return element;
  // Written without white space, as answers mostly are, both texts are one: nothing is kept twice.
  const kept = { ...report, text: report.text === own ? own : report.text };
  cache.set(own, kept);
  return { reports: [kept], odd: [] };
}

function readElement(text: string): ReadOrders {
  const opened = openElement(text, ORDER_RULES);
  if (opened.kind === 'open') return readOrderTree(opened.element);
  const { id, problem, text: evidence } = opened.odd;
  return { reports: [], odd: [{ orderId: id, problem, text: evidence }] };
}
