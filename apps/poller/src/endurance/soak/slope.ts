/** A straight line through points, and how sure its slope is. */
export interface Slope {
  /** Units of y for each unit of x. */
  readonly slope: number;
  /** The ends of the interval in which the true slope lies with 95 % confidence. */
  readonly low: number;
  readonly high: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/**
 * Least squares. The interval is Student's, with two degrees of freedom fewer than there are points.
 *
 * @returns null for fewer than three points, or when all have the same x: they say nothing about a slope.
 */
export function slopeOf(points: readonly Point[]): Slope | null {
  const n = points.length;
  const meanX = mean(points.map(({ x }) => x));
  const meanY = mean(points.map(({ y }) => y));
  const spread = sum(points.map(({ x }) => (x - meanX) ** 2));
  if (n < 3 || spread === 0) return null;
  const slope = sum(points.map(({ x, y }) => (x - meanX) * (y - meanY))) / spread;
  const residual = sum(points.map(({ x, y }) => (y - meanY - slope * (x - meanX)) ** 2));
  const error = Math.sqrt(residual / (n - 2) / spread);
  const margin = studentT975(n - 2) * error;
  return { slope, low: slope - margin, high: slope + margin };
}

/** The 97.5th percentile of Student's distribution, tabulated. */
const T_975 = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131, 2.12, 2.11,
  2.101, 2.093, 2.086, 2.08, 2.074, 2.069, 2.064, 2.06, 2.056, 2.052, 2.048, 2.045, 2.042,
];
const NORMAL_975 = 1.96;

/** Beyond the table the distance to the normal distribution shrinks with the degrees of freedom. */
function studentT975(degrees: number): number {
  return T_975[degrees - 1] ?? NORMAL_975 * (1 + (NORMAL_975 ** 2 + 1) / (4 * degrees));
}

function mean(values: readonly number[]): number {
  return sum(values) / values.length;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
