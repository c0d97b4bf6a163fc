/**
 * Many rows in one statement with one value: the rows go over as JSON, and SQLite takes them apart.
 *
 * Prisma's createMany compiles and binds every value of every row: a thousand orders take it seconds. This way they
 * take tens of milliseconds, however many there are, and no limit on bound values applies. The types of the rows
 * still come from the Prisma schema, whose columns are all named by the same rule.
 */
import type { Queries } from './connection.ts';

type Table =
  | 'orders'
  | 'order_legs'
  | 'fills'
  | 'audit_entries'
  | 'evidence'
  | 'rechecks'
  | 'verifications'
  | 'order_links'
  | 'sightings'
  | 'imported_rows'
  | 'outbox';

/** Values that JSON and SQLite have in common. */
export type BulkRow = Readonly<Record<string, string | number | boolean | null>>;

/** All rows must have the same fields. Rows are written in the order given. */
export async function insertRows(transaction: Queries, table: Table, rows: readonly BulkRow[]): Promise<void> {
  if (rows.length > 0) await transaction.$executeRawUnsafe(insertSql(table, rows), JSON.stringify(rows));
}

/** As `insertRows`; rows that are there already (by their key) stay as they are. */
export async function insertMissingRows(transaction: Queries, table: Table, rows: readonly BulkRow[]): Promise<void> {
  if (rows.length === 0) return;
  await transaction.$executeRawUnsafe(`${insertSql(table, rows)} ON CONFLICT DO NOTHING`, JSON.stringify(rows));
}

/** As `insertRows`; of rows that are there already (by their key), all fields are set but the key and those to keep. */
export async function upsertRows(
  transaction: Queries,
  table: Table,
  rows: readonly BulkRow[],
  { keys, keep = [] }: { readonly keys: readonly string[]; readonly keep?: readonly string[] },
): Promise<void> {
  const [first] = rows;
  if (first === undefined) return;
  const changes = Object.keys(first).filter((field) => !keys.includes(field) && !keep.includes(field));
  await transaction.$executeRawUnsafe(
    `${insertSql(table, rows)} ON CONFLICT (${keys.map(column).join(', ')})
     DO UPDATE SET ${changes.map((field) => `${column(field)} = excluded.${column(field)}`).join(', ')}`,
    JSON.stringify(rows),
  );
}

/** As `insertRows`, for a table with AUTOINCREMENT. @returns the new ids, in the order of the rows */
export async function insertRowsReturningIds(
  transaction: Queries,
  table: Table,
  rows: readonly BulkRow[],
): Promise<readonly number[]> {
  if (rows.length === 0) return [];
  const sql = `${insertSql(table, rows)} RETURNING id`;
  const inserted = await transaction.$queryRawUnsafe<{ id: number }[]>(sql, JSON.stringify(rows));
  // SQLite promises no order of what it returns; but ids ascend with every insert.
  return inserted.map(({ id }) => id).sort((a, b) => a - b);
}

/**
 * Updates rows found by `keys`, which every row has, setting all its other fields.
 *
 * @returns how many rows were found
 */
export async function updateRows(
  transaction: Queries,
  table: Table,
  keys: readonly string[],
  rows: readonly BulkRow[],
): Promise<number> {
  const [first] = rows;
  if (first === undefined) return 0;
  const changes = Object.keys(first).filter((field) => !keys.includes(field));
  return await transaction.$executeRawUnsafe(
    `UPDATE ${table} SET ${changes.map((field) => `${column(field)} = ${value(field)}`).join(', ')}
     FROM json_each(?) AS entry
     WHERE ${keys.map((field) => `${table}.${column(field)} = ${value(field)}`).join(' AND ')}`,
    JSON.stringify(rows),
  );
}

function insertSql(table: Table, rows: readonly BulkRow[]): string {
  const fields = Object.keys(rows[0] ?? {});
  // `WHERE true` tells SQLite's parser that a following ON belongs to the insert, not to a join.
  return `INSERT INTO ${table} (${fields.map(column).join(', ')})
    SELECT ${fields.map(value).join(', ')} FROM json_each(?) AS entry WHERE true ORDER BY entry.key`;
}

/** `averagePrice` is the column `average_price`. */
function column(field: string): string {
  return `"${field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}"`;
}

function value(field: string): string {
  return `entry.value ->> '$.${field}'`;
}
