/** How long fills took to be recorded, ms; null without any. */
export interface LatencySummary {
  readonly fills: number;
  /** Fills that a blind spot kept out of sight: they say nothing of how fast the tracker is. */
  readonly foundLate: number;
  readonly averageMs: number | null;
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
  readonly p99Ms: number | null;
}

/** Percentiles by nearest rank, ms: each is a latency that was measured. */
export function summariseLatencies(latencies: readonly number[], foundLate: number): LatencySummary {
  const sorted = latencies.toSorted((a, b) => a - b);
  const percentile = (p: number): number | null => sorted[Math.ceil((p / 100) * sorted.length) - 1] ?? null;
  const sum = sorted.reduce((total, latency) => total + latency, 0);
  return {
    fills: sorted.length,
    foundLate,
    averageMs: sorted.length === 0 ? null : Math.round(sum / sorted.length),
    p50Ms: percentile(50),
    p95Ms: percentile(95),
    p99Ms: percentile(99),
  };
}
