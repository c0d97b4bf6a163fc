/**
 * Reads an order and those below it (TRIGGER and OCO). A parent and its children are orders of their own, with fills of
 * their own: each is judged alone, and one that is odd costs no other its fills.
 */
import { isList, type JsonValue, writeJson } from '../lossless.ts';
import { describeIssue, judgeElement, pathText } from '../read-elements.ts';
import type { ElementRules, OpenElement } from '../read-elements.ts';
import { isOrderId } from './order-texts.ts';
import { orderSchema } from './order-schema.ts';
import type { SchwabOrder } from './order-schema.ts';

/** Children of children: real orders have two generations below the first. */
const MAX_GENERATIONS = 20;
/** An order is an object, its execution legs lie four levels below it, and each generation adds an array and an object. */
const MAX_ORDER_DEPTH = 2 * MAX_GENERATIONS + 8;

export const ORDER_RULES: ElementRules<SchwabOrder> = {
  plural: 'orders',
  schema: orderSchema,
  maxDepth: MAX_ORDER_DEPTH,
  idKey: 'orderId',
  isId: isOrderId,
};

/** What is no order, or an order that cannot be read without guessing. */
export interface OddNode {
  /** Its order id, when at least that can be read. */
  readonly orderId: string | null;
  /** What is wrong and where, without quoting a value: `childOrderStrategies[0].quantity: must be a number`. */
  readonly problem: string;
  /** Its JSON. Not redacted. */
  readonly text: string;
}

/** An order and those below it. */
export interface SchwabOrderTree {
  /** Where it lies in its element: `childOrderStrategies[0]`; empty for the topmost order. */
  readonly path: string;
  readonly order: SchwabOrder;
  /** Those below it that can be read; the children of one that cannot take its place. */
  readonly children: readonly SchwabOrderTree[];
  /** Those below it that cannot. */
  readonly odd: readonly OddNode[];
}

/** One order as Schwab reported it, with those below it. */
export interface SchwabOrderReport extends SchwabOrderTree {
  /** Its own JSON without white space, each value as Schwab wrote it: for hashing and for evidence. Not redacted. */
  readonly text: string;
}

/** What an element holds: one report, or, when its topmost order is odd, what can be read below that. */
export interface ReadOrders {
  readonly reports: readonly SchwabOrderReport[];
  /** Those that lie below no report. */
  readonly odd: readonly OddNode[];
}

export function readOrderTree(element: OpenElement): ReadOrders {
  const below = childrenOf(element);
  const reports = below.read.flatMap((each) => each.reports);
  const odd = [...below.odd, ...below.read.flatMap((each) => each.odd)];
  const own = judgeElement({ ...element, plain: withoutChildren(element.plain) }, ORDER_RULES);
  if (own.kind === 'read') {
    const tree = { path: pathText(element.path), order: own.value, children: reports.map(treeOf), odd };
    return { reports: [{ ...tree, text: own.text }], odd: [] };
  }
  const { id, text } = own.odd;
  const problem = isErrorBody(element) ? 'is no order but an error message' : own.odd.problem;
  return { reports, odd: [{ orderId: id, problem, text }, ...odd] };
}

/** Without its text, which stands in that of the order above it. */
function treeOf({ path, order, children, odd }: SchwabOrderReport): SchwabOrderTree {
  return { path, order, children, odd };
}

const CHILDREN = 'childOrderStrategies';

interface Below {
  readonly read: readonly ReadOrders[];
  readonly odd: readonly OddNode[];
}

function childrenOf({ value, plain, path }: OpenElement): Below {
  const [values, plains] = [memberOf(value), memberOf(plain)];
  if (values === undefined || values === null) return { read: [], odd: [] };
  const here = [...path, CHILDREN];
  if (!isList(values) || !Array.isArray(plains)) {
    const problem = describeIssue(here, 'must be an array');
    return { read: [], odd: [{ orderId: null, problem, text: writeJson(values) }] };
  }
  const nodes: readonly unknown[] = plains;
  const read = values.map((child, i) => readOrderTree({ value: child, plain: nodes[i], path: [...here, i] }));
  return { read, odd: [] };
}

function memberOf(value: JsonValue): JsonValue | undefined;
function memberOf(value: unknown): unknown;
function memberOf(value: unknown): unknown {
  return isRecord(value) ? value[CHILDREN] : undefined;
}

function withoutChildren(plain: unknown): unknown {
  if (!isRecord(plain)) return plain;
  const { [CHILDREN]: _, ...own } = plain;
  return own;
}

/** The members by which Schwab's errors are known, in all their shapes; see `error-body.ts`. */
const ERROR_MEMBERS = ['message', 'errors', 'error', 'fault'];

function isErrorBody({ plain }: OpenElement): boolean {
  const isOrder = isRecord(plain) && ('orderId' in plain || 'status' in plain);
  return isRecord(plain) && !isOrder && ERROR_MEMBERS.some((member) => member in plain);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
