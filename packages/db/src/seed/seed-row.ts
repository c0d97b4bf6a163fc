import type { Instant, OrderStatus } from '@fill-tracker/domain';

/** A row as SQLite gives it: the older database promised its types and SQLite does not keep such promises. */
export interface RawSeedRow {
  readonly id: unknown;
  readonly symbol: unknown;
  readonly shares: unknown;
  readonly direction: unknown;
  readonly orderId: unknown;
  readonly priceCents: unknown;
  readonly status: unknown;
  readonly executedAt: unknown;
  /** Null where the table has no such column: then all rows are Schwab's. */
  readonly broker: unknown;
}

/** One execution of the older bot. */
export interface SeedRow {
  readonly row: string;
  readonly symbol: string;
  /** Whole shares, above zero. */
  readonly shares: bigint;
  readonly direction: 'BUY' | 'SELL';
  readonly orderId: string | null;
  /** Whole USD cents per share; null when nobody recorded the price (0 in the older database, or nothing). */
  readonly priceCents: number | null;
  readonly status: OrderStatus;
  /** Null while PENDING. */
  readonly executedAt: Instant | null;
}

/** A row that cannot be taken over, and why. */
export interface SeedProblem {
  /** The row's id in the older database. */
  readonly row: string;
  readonly problem: string;
}

/** The words of the first version, and of the later ones that had four. */
const STATUSES: ReadonlyMap<unknown, OrderStatus> = new Map([
  ['PENDING', 'PENDING'],
  ['SUBMITTED', 'PENDING'],
  ['COMPLETED', 'COMPLETED'],
  ['FILLED', 'COMPLETED'],
  ['FAILED', 'FAILED'],
]);

/** Reads one row, whole or not at all. */
export function readSeedRow(raw: RawSeedRow): SeedRow | SeedProblem {
  const row = String(raw.id);
  try {
    const status = statusIn(raw);
    return {
      row,
      symbol: symbolIn(raw),
      shares: sharesIn(raw),
      direction: directionIn(raw),
      orderId: orderIdIn(raw),
      priceCents: priceCentsIn(raw),
      status,
      executedAt: status === 'PENDING' ? null : executedAtIn(raw),
    };
  } catch (error) {
    if (error instanceof RangeError) return { row, problem: error.message };
    throw error;
  }
}

function statusIn({ status, broker }: RawSeedRow): OrderStatus {
  if (broker !== null && !(typeof broker === 'string' && broker.toLowerCase() === 'schwab')) {
    throw new RangeError(`it was placed with ${shown(broker)}, not with Schwab`);
  }
  const known = STATUSES.get(status);
  if (known === undefined) throw new RangeError(`its status is ${shown(status)}, which means nothing here`);
  return known;
}

function symbolIn({ symbol }: RawSeedRow): string {
  if (typeof symbol === 'string' && symbol.trim() !== '') return symbol;
  throw new RangeError(`its symbol is ${shown(symbol)}`);
}

function sharesIn({ shares }: RawSeedRow): bigint {
  if (typeof shares === 'bigint' && shares > 0n) return shares;
  throw new RangeError(`its shares are ${shown(shares)}, not a whole number above zero`);
}

function directionIn({ direction }: RawSeedRow): 'BUY' | 'SELL' {
  if (direction === 'BUY' || direction === 'SELL') return direction;
  throw new RangeError(`its direction is ${shown(direction)}, neither BUY nor SELL`);
}

function orderIdIn({ orderId }: RawSeedRow): string | null {
  if (orderId === null) return null;
  const text = typeof orderId === 'bigint' ? String(orderId) : orderId;
  if (typeof text === 'string' && /^[1-9]\d{0,18}$/.test(text)) return text;
  throw new RangeError(`its order id is ${shown(orderId)}, not a number as Schwab gives them`);
}

/** The older bot wrote 0 where it did not know the price. */
function priceCentsIn({ priceCents }: RawSeedRow): number | null {
  if (priceCents === null || priceCents === 0n) return null;
  if (typeof priceCents === 'bigint' && priceCents > 0n && priceCents <= BigInt(Number.MAX_SAFE_INTEGER)) {
    return Number(priceCents);
  }
  throw new RangeError(`its price in cents is ${shown(priceCents)}, not a whole number`);
}

/** As SQLite and sqlx write it: UTC unless it says otherwise; anything below a millisecond is cut. */
const TIMESTAMP = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(?:(\.\d{1,3})\d*)?(Z|[+-]\d\d:\d\d)?$/;

function executedAtIn({ executedAt }: RawSeedRow): Instant {
  const [, date, time, fraction = '', zone = 'Z'] =
    (typeof executedAt === 'string' && TIMESTAMP.exec(executedAt)) || [];
  const at = Date.parse(`${date}T${time}${fraction}${zone}`);
  if (!Number.isNaN(at)) return at;
  throw new RangeError(`its time is ${shown(executedAt)}, not a date and time`);
}

function shown(value: unknown): string {
  if (value === null) return 'missing';
  if (typeof value === 'string') return `"${value.slice(0, 40)}"`;
  return typeof value === 'bigint' || typeof value === 'number' ? String(value) : 'binary';
}
