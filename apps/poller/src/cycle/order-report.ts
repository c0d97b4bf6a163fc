import { flattenOrders, type Instant, type ReportedOrder } from '@fill-tracker/domain';
import type { SchwabOrderReport } from '@fill-tracker/schwab-client';
import { translateOrder, UntranslatableError } from '../translate-order.ts';
import { hashOf } from './seen-reports.ts';

/** What one answer of the broker says of one order of one account. */
export interface OrderReport {
  readonly accountId: string;
  readonly order: ReportedOrder;
  /** When the answer was asked for: the version of what it says. */
  readonly requestedAt: Instant;
  /** The JSON it stood in, with its parent and children. Not redacted. */
  readonly text: string;
  readonly hash: string;
  readonly correlationId: string | null;
}

/** The facts of the answer that a report came with. */
export interface AnswerOf {
  readonly accountId: string;
  readonly requestedAt: Instant;
  readonly correlationId: string | null;
}

/** What a reported tree says, whoever asked for it and when. */
interface ReadTree {
  readonly hash: string;
  /** Every order of the tree, groups left out; null when a value in it has no meaning. */
  readonly orders: readonly ReportedOrder[] | null;
  readonly problem: string;
}

/** The client gives the same report for the same text: what is made of it is made once. */
const READ = new WeakMap<SchwabOrderReport, ReadTree>();

/**
 * Every order of one reported tree, groups left out, as a report of its own.
 *
 * @returns a problem instead, when a value in it has no meaning: the tree is set aside and disturbs no other.
 */
export function reportsOf(answer: AnswerOf, report: SchwabOrderReport): readonly OrderReport[] | { problem: string } {
  const { hash, orders, problem } = READ.get(report) ?? remember(report, readTree(report));
  if (orders === null) return { problem };
  const { accountId, requestedAt, correlationId } = answer;
  return orders.map((order) => ({ accountId, requestedAt, correlationId, order, text: report.text, hash }));
}

function remember(report: SchwabOrderReport, tree: ReadTree): ReadTree {
  READ.set(report, tree);
  return tree;
}

function readTree(report: SchwabOrderReport): ReadTree {
  const hash = hashOf(report.text);
  try {
    return { hash, orders: flattenOrders(translateOrder(report.order)), problem: '' };
  } catch (error) {
    if (error instanceof UntranslatableError) return { hash, orders: null, problem: error.message };
    throw error;
  }
}

/** Names an order across accounts. */
export function orderKey(accountId: string, brokerOrderId: string): string {
  return `${accountId}/${brokerOrderId}`;
}
