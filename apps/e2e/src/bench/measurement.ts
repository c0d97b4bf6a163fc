import { percentile, rounded } from './statistics.ts';

/** One thing measured several times. */
export interface Measurement {
  readonly name: string;
  readonly unit: string;
  readonly median: number;
  readonly worst: number;
  /** What the design asks of it; null where it asks nothing. */
  readonly limit: number | null;
  readonly repetitions: number;
}

/**
 * Sums up what the repetitions gave: larger is worse.
 *
 * @throws {RangeError} when one of them gave no number: a limit must not seem kept because nothing was measured
 */
export function measurement(
  { name, unit, limit = null }: { name: string; unit: string; limit?: number | null },
  values: readonly number[],
): Measurement {
  if (!values.every(Number.isFinite)) throw new RangeError(`"${name}" gave no number: ${values.join(', ')}`);
  return {
    name,
    unit,
    median: rounded(percentile(values, 0.5)),
    worst: rounded(percentile(values, 1)),
    limit,
    repetitions: values.length,
  };
}

/** A line a measurement, with its limit beside it. */
export function measurementTable(measurements: readonly Measurement[]): string {
  const rows = measurements.map(({ name, unit, median, worst, limit }) => [
    name,
    `${median} ${unit}`,
    `${worst} ${unit}`,
    limit === null ? '' : `${limit} ${unit}`,
    verdict(median, worst, limit),
  ]);
  return textTable(['', 'median', 'worst', 'limit', ''], rows);
}

/** Columns as wide as they need to be; the first to the left, the last as it comes, the others to the right. */
export function textTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [head, ...rows];
  const widths = head.map((_, i) => Math.max(...all.map((row) => (row[i] ?? '').length)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, i) => {
        if (i === 0) return cell.padEnd(widths[i] ?? 0);
        return i === row.length - 1 ? cell : cell.padStart(widths[i] ?? 0);
      })
      .join('  ')
      .trimEnd();
  return all.map(line).join('\n');
}

function verdict(median: number, worst: number, limit: number | null): string {
  if (limit === null) return '';
  if (median > limit) return 'over the limit';
  return worst > limit ? 'within the limit, the worst over it' : 'within the limit';
}
