import type { Command, CommandOutcome, CommitNotes, OrderCommit, StoredOrder } from '@fill-tracker/db';

/** What a command does to the record, and what is answered. */
export interface Effect {
  readonly orders: readonly OrderCommit[];
  /** What is written beside them. */
  readonly notes: CommitNotes;
  /** The orders that it is about, as the record had them. */
  readonly before: readonly StoredOrder[];
  readonly outcome: CommandOutcome;
}

type Changes = Partial<Omit<Effect, 'outcome'>>;

/** An answer that leaves the record of orders as it is. */
export function withoutChanges(outcome: CommandOutcome): Effect {
  return { orders: [], notes: {}, before: [], outcome };
}

export function done(command: Command, outcome: Record<string, unknown>, changes: Changes = {}): Effect {
  return { ...withoutChanges({ id: command.id, state: 'DONE', outcome }), ...changes };
}

/** @param problem what is in the way and, where a person can do something about it, what */
export function failed(command: Command, problem: string, more: Record<string, unknown> = {}): Effect {
  return withoutChanges(failure(command, problem, more));
}

/** The outcome of a command that failed. */
export function failure(
  { id }: Pick<Command, 'id'>,
  problem: string,
  more: Record<string, unknown> = {},
): CommandOutcome {
  return { id, state: 'FAILED', outcome: { problem, ...more } };
}
