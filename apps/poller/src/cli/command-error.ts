import { FillDatabaseError } from '@fill-tracker/db';
import { SchwabError } from '@fill-tracker/schwab-client';
import { EnvironmentError } from '@fill-tracker/settings';
import { NoCredentialsError } from '../create-poller.ts';
import { LeaseHeldError } from '../loop/run-once.ts';

/** Exit statuses of every command. */
export const EXIT = { fine: 0, problem: 1, wrongUsage: 2 } as const;

/** The command was typed wrong: says what is, and what would be right. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** A real problem that the person can do something about. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}

/** One message for an error that was foreseen; null for one that was not, whose stack matters. */
export function messageOf(error: unknown): string | null {
  if (isPortInUse(error)) return portMessage(error);
  const isForeseen =
    error instanceof UsageError ||
    error instanceof CommandError ||
    error instanceof EnvironmentError ||
    error instanceof FillDatabaseError ||
    error instanceof SchwabError ||
    error instanceof LeaseHeldError ||
    error instanceof NoCredentialsError;
  return isForeseen ? error.message : null;
}

interface PortInUse extends Error {
  readonly code: 'EADDRINUSE';
  readonly port: number;
}

function isPortInUse(error: unknown): error is PortInUse {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}

function portMessage({ port }: PortInUse): string {
  return (
    `Port ${port} is in use, perhaps by another poller or simulator of yours. ` +
    'Stop it, or choose another port: POLLER_PORT for the poller, SIMULATOR_PORT for the simulator.'
  );
}
