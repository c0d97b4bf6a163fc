import type { CommandReport } from '@fill-tracker/contract';
import type { CommandStanding } from './await-command.ts';

/** A command as callers see it; who asked, and what a sign-in carried, stay behind. */
export function presentCommand({ command, pollerState }: CommandStanding): CommandReport {
  const { id, kind, state, outcome, orderId, brokerOrderId, requestedAt, appliedAt } = command;
  return {
    commandId: id,
    kind,
    state,
    outcome,
    pollerState,
    orderId,
    brokerOrderId,
    requestedAt: new Date(requestedAt).toISOString(),
    appliedAt: appliedAt === null ? null : new Date(appliedAt).toISOString(),
  };
}
