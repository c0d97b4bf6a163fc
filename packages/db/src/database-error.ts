import { FillDatabaseError } from './errors.ts';

/**
 * True for an error that comes from the database or the way to it: a full or read-only disk, a lock, a damaged file.
 * Prisma's errors and its driver's are told by their names; they have no class in common.
 */
export function isDatabaseError(error: unknown): boolean {
  if (error instanceof FillDatabaseError) return true;
  return error instanceof Error && /^(PrismaClient|DriverAdapterError|SqliteError)/.test(error.name);
}
