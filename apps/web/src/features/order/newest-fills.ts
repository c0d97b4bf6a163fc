import type { FullFill } from '@fill-tracker/contract';

/** The fills that count: of a fill that was corrected, the newest version. In the order given. */
export function newestFills(fills: readonly FullFill[]): readonly FullFill[] {
  const newest = new Map<string, number>();
  for (const { key, version } of fills) newest.set(key, Math.max(version, newest.get(key) ?? 0));
  return fills.filter(({ key, version }) => newest.get(key) === version);
}
