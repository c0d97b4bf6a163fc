import type { Queries } from './connection.ts';
import { refusalOf } from './refusal.ts';

/** What the database refused, and why. */
export interface Refused<Item> {
  readonly item: Item;
  readonly problem: string;
}

export interface WrittenButRefused<Item, Written> {
  readonly written: readonly Written[];
  readonly refused: readonly Refused<Item>[];
}

/**
 * Writes all items in few statements. When one is refused, each half is written on its own, and so on down to that
 * item: it is left as it was, and the others are written. To be called in a transaction, which goes on either way.
 */
export async function writeAllButRefused<Item, Written>(
  transaction: Queries,
  items: readonly Item[],
  write: (savepoint: Queries, items: readonly Item[]) => Promise<readonly Written[]>,
): Promise<WrittenButRefused<Item, Written>> {
  if (items.length === 0) return { written: [], refused: [] };
  const together = await tryToWrite(transaction, items, write);
  if (typeof together !== 'string') return { written: together, refused: [] };
  if (items.length === 1) return { written: [], refused: items.map((item) => ({ item, problem: together })) };
  const middle = Math.ceil(items.length / 2);
  const left = await writeAllButRefused(transaction, items.slice(0, middle), write);
  const right = await writeAllButRefused(transaction, items.slice(middle), write);
  return { written: [...left.written, ...right.written], refused: [...left.refused, ...right.refused] };
}

/** @returns what was written; or the database's objection, with nothing written */
async function tryToWrite<Item, Written>(
  transaction: Queries,
  items: readonly Item[],
  write: (savepoint: Queries, items: readonly Item[]) => Promise<readonly Written[]>,
): Promise<readonly Written[] | string> {
  try {
    // Within a transaction Prisma makes this a savepoint.
    return await transaction.$transaction((savepoint) => write(savepoint, items));
  } catch (error) {
    const problem = refusalOf(error);
    if (problem === null) throw error;
    return problem;
  }
}
