import type { Instant } from '../instant.ts';

/** Cycles that failed in a row. */
export interface FailureStreak {
  readonly cycles: number;
  /** When the first of them began. */
  readonly since: Instant;
  /** By what failed first in each, most first; else in the order of first appearance. */
  readonly kinds: readonly { readonly kind: string; readonly cycles: number }[];
}

/** One failure is daily life; so many in a row are worth a word. */
const NOTABLE_CYCLES = 3;

/** Kinds that do not pass by themselves. */
const NOTABLE_AT_ONCE: ReadonlySet<string> = new Set(['sign-in-needed', 'forbidden']);

/** The streak with one more failed cycle, which began at `at`. */
export function extendStreak(streak: FailureStreak | null, kind: string, at: Instant): FailureStreak {
  const { cycles, since, kinds } = streak ?? { cycles: 0, since: at, kinds: [] };
  const before = kinds.find((each) => each.kind === kind);
  const counted = { kind, cycles: (before?.cycles ?? 0) + 1 };
  const byAppearance =
    before === undefined ? [...kinds, counted] : kinds.map((each) => (each === before ? counted : each));
  return { cycles: cycles + 1, since, kinds: byAppearance.toSorted((a, b) => b.cycles - a.cycles) };
}

/** True from the cycle on at which a streak begins to matter. */
export function isNotable({ cycles, kinds }: FailureStreak): boolean {
  return cycles >= NOTABLE_CYCLES || kinds.some(({ kind }) => NOTABLE_AT_ONCE.has(kind));
}
