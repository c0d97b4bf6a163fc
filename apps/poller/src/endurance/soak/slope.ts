/** What a quantity grows by, and how sure that is. */
export interface Slope {
  /** Units of y for each unit of what it grows with. */
  readonly slope: number;
  /** The ends of the interval in which the true slope lies with 95 % confidence. */
  readonly low: number;
  readonly high: number;
}

/** One measurement of y, and of the two things that it may grow with. */
export interface Measurement {
  readonly u: number;
  readonly v: number;
  readonly y: number;
}

/**
 * Tells apart what y grows by with u and with v: least squares of y on both. The intervals are Student's, with three
 * degrees of freedom fewer than there are measurements.
 *
 * @returns null for fewer than four measurements, or when u and v move together: nobody can tell them apart then.
 */
export function slopesOf(measurements: readonly Measurement[]): { readonly u: Slope; readonly v: Slope } | null {
  const points = centred(measurements);
  const spread = (of: (point: Measurement) => number): number => sum(points.map(of));
  const [uu, vv, uv] = [spread(({ u }) => u * u), spread(({ v }) => v * v), spread(({ u, v }) => u * v)];
  const [uy, vy] = [spread(({ u, y }) => u * y), spread(({ v, y }) => v * y)];
  const apart = uu * vv - uv * uv;
  if (points.length < 4 || apart <= TOGETHER * uu * vv) return null;
  const [byU, byV] = [(vv * uy - uv * vy) / apart, (uu * vy - uv * uy) / apart];
  const degrees = points.length - 3;
  const variance = spread(({ u, v, y }) => (y - byU * u - byV * v) ** 2) / degrees;
  const margin = (spreadOfOther: number): number =>
    studentT975(degrees) * Math.sqrt((variance * spreadOfOther) / apart);
  return { u: around(byU, margin(vv)), v: around(byV, margin(uu)) };
}

/** Of what is left to tell two things apart by, so little is rounding. */
const TOGETHER = 1e-9;

function centred(measurements: readonly Measurement[]): readonly Measurement[] {
  const mean = (of: (each: Measurement) => number): number => sum(measurements.map(of)) / measurements.length;
  const [u, v, y] = [mean((each) => each.u), mean((each) => each.v), mean((each) => each.y)];
  return measurements.map((each) => ({ u: each.u - u, v: each.v - v, y: each.y - y }));
}

function around(slope: number, margin: number): Slope {
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

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
