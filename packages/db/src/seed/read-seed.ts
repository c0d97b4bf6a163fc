import Database from 'better-sqlite3';
import { explained } from '../database-file.ts';
import { FillDatabaseError } from '../errors.ts';
import type { RawSeedRow } from './seed-row.ts';

/** The names that the older bot's table had, the later one first: where both are, it holds the copy that went on. */
const TABLES = ['offchain_trades', 'schwab_executions'] as const;

const NEEDED = ['id', 'symbol', 'shares', 'direction', 'price_cents', 'status', 'executed_at'];

/**
 * The executions in the older bot's database, which is opened for reading only.
 *
 * @throws {FillDatabaseError} CANNOT_OPEN, NOT_A_DATABASE, or NOT_IMPORTABLE when it has no such table
 */
export function readSeed(file: string): readonly RawSeedRow[] {
  try {
    const db = new Database(file, { readonly: true, fileMustExist: true });
    try {
      return rowsIn(db, file);
    } finally {
      db.close();
    }
  } catch (error) {
    throw explained(file, error);
  }
}

function rowsIn(db: Database.Database, file: string): readonly RawSeedRow[] {
  const isTable = db.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?");
  const table = TABLES.find((name) => isTable.get(name) !== undefined);
  if (table === undefined) throw notImportable(file, `it has no table ${TABLES.toReversed().join(' or ')}`);
  const columns = db.prepare<[string], string>('SELECT name FROM pragma_table_info(?)').pluck().all(table);
  const missing = NEEDED.filter((name) => !columns.includes(name));
  const ids = ['broker_order_id', 'order_id'].filter((name) => columns.includes(name));
  if (ids.length === 0) missing.push('order_id');
  if (missing.length > 0) throw notImportable(file, `its table ${table} lacks ${missing.join(', ')}`);
  return db
    .prepare<[], RawSeedRow>(
      `SELECT id, symbol, shares, direction, COALESCE(${[...ids, 'NULL'].join(', ')}) AS "orderId",
         price_cents AS "priceCents", status, executed_at AS "executedAt",
         ${columns.includes('broker') ? 'broker' : 'NULL'} AS broker
       FROM ${table} ORDER BY id`,
    )
    .safeIntegers()
    .all();
}

function notImportable(file: string, why: string): FillDatabaseError {
  return new FillDatabaseError(
    'NOT_IMPORTABLE',
    `${file} is not the older bot's database: ${why}. Nothing was taken over. Name the file that the bot wrote to.`,
  );
}
