import type { Instant } from '@fill-tracker/domain';
import type { Queries } from './connection.ts';
import type { CommandModel } from './generated/models.ts';
import { type JsonObject, jsonObjectOrNull } from './rows/json-text.ts';
import { wordOf, type Words } from './rows/words.ts';
import { instantFromText, instantFromTextOrNull, instantText } from './rows/instant-text.ts';

export type CommandKind =
  /** Begin to record an order. */
  | 'TRACK'
  /** Look at an order now. */
  | 'REPOLL'
  /** A person closes an order, with a reason. */
  | 'RESOLVE'
  /** The redirect of a sign-in. */
  | 'SIGN_IN';

export type CommandState = 'QUEUED' | 'DONE' | 'FAILED';

export interface NewCommand {
  readonly kind: CommandKind;
  readonly accountId: string | null;
  readonly brokerOrderId: string | null;
  readonly orderId: number | null;
  readonly payload?: JsonObject | null;
  /** Who asks: goes into the audit trail. */
  readonly requestedBy: string;
  readonly requestedAt: Instant;
}

export interface Command extends NewCommand {
  readonly id: number;
  readonly payload: JsonObject | null;
  readonly state: CommandState;
  /** Null while QUEUED. */
  readonly outcome: JsonObject | null;
  readonly appliedAt: Instant | null;
}

/** What became of a command. */
export interface CommandOutcome {
  readonly id: number;
  readonly state: 'DONE' | 'FAILED';
  readonly outcome: JsonObject;
}

/** Queues a command. Asking to re-poll an order that is queued already gives the waiting command's id. */
export async function enqueueCommand(db: Queries, command: NewCommand): Promise<number> {
  const payload = command.payload ?? null;
  const [row] = await db.$queryRaw<{ id: number }[]>`
    INSERT INTO commands (kind, account_id, broker_order_id, order_id, payload, state, requested_by, requested_at)
    VALUES (
      ${command.kind}, ${command.accountId}, ${command.brokerOrderId}, ${command.orderId},
      ${payload === null ? null : JSON.stringify(payload)}, 'QUEUED',
      ${command.requestedBy}, ${instantText(command.requestedAt)}
    )
    ON CONFLICT (order_id) WHERE kind = 'REPOLL' AND state = 'QUEUED' DO UPDATE SET kind = kind
    RETURNING id`;
  if (row === undefined) throw new Error('SQLite gave no id for a queued command');
  return row.id;
}

/** What waits, oldest first. */
export async function loadQueuedCommands(db: Queries): Promise<Command[]> {
  const rows = await db.command.findMany({ where: { state: 'QUEUED' }, orderBy: { id: 'asc' } });
  return rows.map(commandFromRow);
}

export async function findCommand(db: Queries, id: number): Promise<Command | null> {
  const row = await db.command.findUnique({ where: { id } });
  return row && commandFromRow(row);
}

/** Notes what became of commands. One that is concluded stays so; the code of a sign-in is not kept. */
export async function concludeCommands(
  transaction: Queries,
  outcomes: readonly CommandOutcome[],
  appliedAt: Instant,
): Promise<void> {
  for (const { id, state, outcome } of outcomes) {
    await transaction.$executeRaw`
      UPDATE commands
      SET state = ${state}, outcome = ${JSON.stringify(outcome)}, applied_at = ${instantText(appliedAt)},
        payload = CASE kind WHEN 'SIGN_IN' THEN NULL ELSE payload END
      WHERE id = ${id} AND state = 'QUEUED'`;
  }
}

function commandFromRow(row: CommandModel): Command {
  return {
    id: row.id,
    kind: wordOf(KINDS, row.kind),
    state: wordOf(STATES, row.state),
    accountId: row.accountId,
    brokerOrderId: row.brokerOrderId,
    orderId: row.orderId,
    payload: jsonObjectOrNull(row.payload),
    outcome: jsonObjectOrNull(row.outcome),
    requestedBy: row.requestedBy,
    requestedAt: instantFromText(row.requestedAt),
    appliedAt: instantFromTextOrNull(row.appliedAt),
  };
}

const KINDS: Words<CommandKind> = { TRACK: true, REPOLL: true, RESOLVE: true, SIGN_IN: true };

const STATES: Words<CommandState> = { QUEUED: true, DONE: true, FAILED: true };
