/**
 * What the database said when it refused a row, or null when the error is of another kind (disk, lock, connection):
 * then the fault is not the row's, and nothing of the cycle may be written.
 */
export function refusalOf(error: unknown): string | null {
  // What rows cannot express, such as a time after the year 9999.
  if (error instanceof RangeError) return error.message;
  const { originalCode, originalMessage } = driverErrorOf(error);
  const isRefusal = typeof originalCode === 'string' && originalCode.startsWith('SQLITE_CONSTRAINT');
  return isRefusal ? String(originalMessage) : null;
}

interface DriverError {
  readonly originalCode?: unknown;
  readonly originalMessage?: unknown;
}

/** Prisma hands the driver's error on in `meta`, or lets it through; what SQLite said is its cause. */
function driverErrorOf(error: unknown): DriverError {
  const carrier = propertyOf(propertyOf(error, 'meta'), 'driverAdapterError') ?? error;
  const cause = propertyOf(carrier, 'cause');
  return typeof cause === 'object' && cause !== null ? cause : {};
}

function propertyOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
