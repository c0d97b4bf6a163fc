import { type ResolveRequest, resolveRequest } from '@fill-tracker/contract';
import type { Command } from '@fill-tracker/db';
import { closeOrder, type Decision } from '@fill-tracker/domain';
import type { Poller } from '../poller.ts';
import { acceptTransactions } from './accept-transactions.ts';
import { type Effect, failed } from './effect.ts';
import { findOrder } from './find-order.ts';
import { linkOrder } from './link-order.ts';
import { resolved, unchanged } from './resolve-outcome.ts';
import type { Resolving } from './resolving.ts';

/** Carries out what a person decided of an order. Carried out a second time, it changes nothing. */
export async function resolveOrder(poller: Poller, command: Command, signal: AbortSignal): Promise<Effect> {
  const request = resolveRequest.safeParse(command.payload);
  if (!request.success) return failed(command, 'the command does not say what to do, or why');
  const detail = await findOrder(poller, command);
  if (detail === null) return failed(command, 'there is no such order in the record');
  const { data } = request;
  const resolving = { command, detail, request: data, decision: decisionOf(command, data) };
  if (data.action === 'close') return close(poller, resolving);
  if (data.action === 'accept-transactions') return await acceptTransactions(poller, resolving, signal);
  return await linkOrder(poller, resolving, data.action === 'link' ? data.replaces : null);
}

/** Who decided: by name, where one was given, and by which door. */
function decisionOf({ requestedBy }: Command, { by, reason }: ResolveRequest): Decision {
  return { by: by === undefined ? requestedBy : `${by} (${requestedBy})`, reason };
}

function close(poller: Poller, resolving: Resolving): Effect {
  const { known } = resolving.detail;
  const { by, reason } = resolving.decision;
  if (known.resolution?.by === by && known.resolution.reason === reason) return unchanged(resolving);
  const closed = closeOrder(known, resolving.decision, poller.clock.now());
  return 'problem' in closed ? failed(resolving.command, closed.problem) : resolved(resolving, closed);
}
