import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { orderFilter } from '@fill-tracker/contract';
import { type FillDatabase, ordersCsv, type OrderSelection, ordersJson } from '@fill-tracker/db';
import type { Instant } from '@fill-tracker/domain';
import { tradingDay } from '../witness/trading-day.ts';
import { UsageError } from './command-error.ts';

export const EXPORT_HELP = `
Prints every order of a selection, newest first: as CSV with the columns of the API's /api/orders.csv, or as one JSON
array. --from and --to are New York dates (--to with all of its day) or instants such as 2026-01-05T15:00:00Z; they
choose by the time of entry.
`;

export type ExportFormat = 'csv' | 'json';

/** As typed. */
export interface ExportSelection {
  readonly status?: string | undefined;
  readonly symbol?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/**
 * Writes the selection as it is read, a page at a time. A reader that has seen enough (`| head`) may leave.
 *
 * @throws {UsageError} naming the option that makes no sense.
 */
export async function exportOrders(
  db: FillDatabase,
  format: ExportFormat,
  typed: ExportSelection,
  sink: Writable,
): Promise<void> {
  const selection = selectionOf(typed);
  const rows = format === 'json' ? ordersJson(db, selection) : ordersCsv(db, selection);
  try {
    await pipeline(Readable.from(rows, { objectMode: false }), sink, { end: false });
  } catch (error) {
    const hasReaderLeft = error instanceof Error && 'code' in error && error.code === 'EPIPE';
    if (!hasReaderLeft) throw error;
  }
}

const STATUSES = { pending: 'PENDING', completed: 'COMPLETED', failed: 'FAILED' } as const;

function selectionOf(typed: ExportSelection): OrderSelection {
  const parsed = orderFilter.safeParse(typed);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new UsageError(`--${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`);
  }
  const { status, symbol, from, to } = parsed.data;
  return {
    sort: 'enteredAt',
    direction: 'desc',
    ...(status === 'attention' && { attention: true }),
    ...(status !== undefined && status !== 'attention' && { status: STATUSES[status] }),
    ...(symbol !== undefined && { symbol: symbol.toUpperCase() }),
    ...(from !== undefined && { enteredFrom: tradingDay(from)?.from ?? Date.parse(from) }),
    ...(to !== undefined && { enteredBefore: endOf(to) }),
  };
}

function endOf(text: string): Instant {
  const day = tradingDay(text);
  return day === null ? Date.parse(text) : day.to + 1;
}
