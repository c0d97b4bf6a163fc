import type { FullFill, FullOrder } from '@fill-tracker/contract';

/** What became of a fill that counts no longer. */
export interface FillFate {
  /** ISO 8601. */
  readonly at: string;
  /** A later version of it counts in its place; else it was taken back. */
  readonly isCorrected: boolean;
}

/** A fill, and why it counts no longer; `fate` is null for one that counts. */
export interface ShownFill {
  readonly fill: FullFill;
  readonly fate: FillFate | null;
}

/** The fills that count and those that count no longer, by the broker's time; versions of one fill oldest first. */
export function everyFill({
  fills,
  withdrawnFills,
}: Pick<FullOrder, 'fills' | 'withdrawnFills'>): readonly ShownFill[] {
  const counting = new Set(fills.map(({ key }) => key));
  const withdrawn = withdrawnFills.map((fill) => ({
    fill,
    fate: { at: fill.withdrawnAt, isCorrected: counting.has(fill.key) },
  }));
  return [...fills.map((fill) => ({ fill, fate: null })), ...withdrawn].toSorted(
    (a, b) => timeOf(a) - timeOf(b) || a.fill.version - b.fill.version,
  );
}

/** By when it was seen, where the broker gave no time. */
function timeOf({ fill }: ShownFill): number {
  return Date.parse(fill.occurredAt ?? fill.observedAt);
}
