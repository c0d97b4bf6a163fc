import {
  type CommandAnswer,
  type OrderStanding,
  type ResolveOutcome,
  resolveOutcome,
  resolveRequest,
} from '@fill-tracker/contract';
import type { FillDatabase, NewCommand } from '@fill-tracker/db';
import { exitStatusOf } from './await-command.ts';
import { UsageError } from './command-error.ts';
import type { Output } from './output.ts';
import { priceText } from './price-text.ts';
import { findStoredOrder } from './show-order.ts';

export interface ResolveOptions {
  readonly reason: string;
  readonly by?: string;
  readonly close?: boolean;
  readonly acceptTransactions?: boolean;
  /** An order, by our id or by the broker's; or `none`. */
  readonly replaces?: string;
}

/**
 * The command that carries a person's word on an order. Without another word it closes the order.
 *
 * @throws {UsageError} when what is said contradicts itself; {CommandError} when there is no such order.
 */
export async function resolveCommand(
  db: FillDatabase,
  id: string,
  options: ResolveOptions,
  now: number,
): Promise<NewCommand> {
  const { id: orderId, accountId, known } = await findStoredOrder(db, id);
  const { reason, by } = options;
  const request = resolveRequest.safeParse({
    ...(await actionOf(db, options)),
    reason,
    ...(by !== undefined && { by }),
  });
  if (!request.success) {
    const [issue] = request.error.issues;
    throw new UsageError(`--${String(issue?.path[0] ?? 'reason')} ${issue?.message ?? 'is not valid'}`);
  }
  return {
    kind: 'RESOLVE',
    accountId,
    brokerOrderId: known.brokerOrderId === '' ? null : known.brokerOrderId,
    orderId,
    payload: request.data,
    requestedBy: 'cli',
    requestedAt: now,
  };
}

async function actionOf(db: FillDatabase, options: ResolveOptions): Promise<Record<string, unknown>> {
  const { close = false, acceptTransactions = false, replaces } = options;
  const said = [close, acceptTransactions, replaces !== undefined].filter(Boolean);
  if (said.length > 1) throw new UsageError('choose one of --close, --accept-transactions and --replaces');
  if (acceptTransactions) return { action: 'accept-transactions' };
  if (replaces === undefined) return { action: 'close' };
  if (replaces === 'none') return { action: 'unlink' };
  return { action: 'link', replaces: (await findStoredOrder(db, replaces)).id };
}

/** Says what a decision changed, or what is in its way. */
export function printResolution(answer: CommandAnswer, isJson: boolean, output: Output): number {
  if (isJson) output.json(answer);
  else output.line(describe(answer));
  return exitStatusOf(answer);
}

function describe({ state, outcome, pollerState }: CommandAnswer): string {
  if (state === 'QUEUED') {
    return pollerState === 'running'
      ? 'Queued; the poller has not come to it yet.'
      : `Queued: no poller is at work (${pollerState}); it is kept and done when one starts.`;
  }
  if (state === 'FAILED') {
    const problem = outcome?.['problem'];
    return `Not done: ${typeof problem === 'string' ? problem : 'no reason was given'}`;
  }
  return describeOutcome(resolveOutcome.parse(outcome));
}

function describeOutcome({ changed, before, after, fillsAdded, fillsWithdrawn }: ResolveOutcome): string {
  if (!changed) return `The record says so already: ${standingText(after)}.`;
  const fills = fillsAdded + fillsWithdrawn === 0 ? '' : ` (${fillsAdded} fills added, ${fillsWithdrawn} taken back)`;
  return `Done: ${standingText(before)} -> ${standingText(after)}${fills}.`;
}

function standingText(standing: OrderStanding): string {
  const { status, outcome, filledQuantity, flags, replaces } = standing;
  if (replaces !== undefined) return replaces === null ? 'replaces no order' : `replaces order ${replaces}`;
  const price = priceText(standing);
  const filled = `${filledQuantity ?? '0'} filled${price === '-' ? '' : ` at ${price}`}`;
  return [status, ...(outcome === null ? [] : [outcome]), filled, ...flags].join(', ');
}
