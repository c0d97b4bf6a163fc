import { explained } from '../database-file.ts';
import { FillDatabaseError } from '../errors.ts';

/**
 * What SQLite or the file system says of a copy becomes one clear error: damage is told of the file that is copied,
 * anything else (a full disk, a folder that may not be written to) of the undertaking.
 *
 * @param failed such as `fills.db was not backed up`
 */
export function explainedCopyError(failed: string, source: string, error: unknown): unknown {
  const told = explained(source, error);
  if (told === error || !(told instanceof FillDatabaseError) || told.code !== 'CANNOT_OPEN') return told;
  const why = error instanceof Error ? error.message : String(error);
  return new FillDatabaseError(
    'CANNOT_OPEN',
    `${failed}: ${why}. Check that the path is right, that this user may write there, and that the disk has room.`,
    { cause: error },
  );
}
