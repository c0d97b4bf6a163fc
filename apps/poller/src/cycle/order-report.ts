import { flattenOrders, type Instant, type ReportedOrder } from '@fill-tracker/domain';
import type { SchwabOrderReport } from '@fill-tracker/schwab-client';
import { type OrderProblem, type TranslatedTree, translateTree } from '../translate-tree.ts';
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

/**
 * What told of an order: the list of some hours, a list that reaches back, which also shows orders that ended long ago,
 * or an answer to a question by id.
 */
type ToldBy = 'list' | 'sweep' | 'id';

/** That an answer told of an order, and that it cannot be read. */
export interface UnreadableReport extends AnswerOf {
  readonly brokerOrderId: string;
  /** What is wrong and where. */
  readonly problem: string;
  /** The JSON it stood in. Not redacted. */
  readonly text: string;
  readonly hash: string;
  readonly toldBy: ToldBy;
}

/** The facts of the answer that a report came with. */
export interface AnswerOf {
  readonly accountId: string;
  readonly requestedAt: Instant;
  readonly correlationId: string | null;
}

/** What a reported tree says, whoever asked for it and when. */
interface ReadTree extends Omit<TranslatedTree, 'orders'> {
  readonly hash: string;
  /** Every order of the tree that can be read, groups left out. */
  readonly orders: readonly ReportedOrder[];
}

/** The client gives the same report for the same text: what is made of it is made once. */
const READ = new WeakMap<SchwabOrderReport, ReadTree>();

/** The orders of one answer, and what is wrong with it. */
export interface ReadReports extends Pick<ReadTree, 'unreadable' | 'doubts'> {
  readonly reports: readonly OrderReport[];
}

/** The orders in a text that cannot be read, as far as their ids can. */
export function unreadableOf(
  answer: AnswerOf,
  text: string,
  unreadable: readonly OrderProblem[],
  toldBy: ToldBy,
): readonly UnreadableReport[] {
  return unreadable.flatMap(({ brokerOrderId, problem }) =>
    brokerOrderId === null ? [] : [{ ...answer, brokerOrderId, problem, text, hash: hashOf(text), toldBy }],
  );
}

/** Every order of one reported tree, groups left out, as a report of its own. One that cannot be read disturbs no other. */
export function reportsOf(answer: AnswerOf, report: SchwabOrderReport): ReadReports {
  const { hash, orders, unreadable, doubts } = READ.get(report) ?? remember(report, readTree(report));
  const { accountId, requestedAt, correlationId } = answer;
  const reports = orders.map((order) => ({
    accountId,
    requestedAt,
    correlationId,
    order,
    text: report.text,
    hash,
  }));
  return { reports, unreadable, doubts };
}

function remember(report: SchwabOrderReport, tree: ReadTree): ReadTree {
  READ.set(report, tree);
  return tree;
}

function readTree(report: SchwabOrderReport): ReadTree {
  const { orders, ...problems } = translateTree(report);
  return { ...problems, hash: hashOf(report.text), orders: orders.flatMap(flattenOrders) };
}

/** Names an order across accounts. */
export function orderKey(accountId: string, brokerOrderId: string): string {
  return `${accountId}/${brokerOrderId}`;
}
