import type { Instant } from '../instant.ts';

/** Looks at the broker that failed in a row. */
export interface FailureStreak {
  readonly looks: number;
  /** When the first of them failed. */
  readonly since: Instant;
  /** By kind, in the order of first appearance. */
  readonly kinds: readonly { readonly kind: string; readonly looks: number }[];
}

/** One failure is daily life; so many in a row are worth a word. */
const NOTABLE_LOOKS = 3;

/** Kinds that do not pass by themselves. */
const NOTABLE_AT_ONCE: ReadonlySet<string> = new Set(['sign-in-needed', 'forbidden']);

/** The streak with one more failed look. */
export function extendStreak(streak: FailureStreak | null, kind: string, at: Instant): FailureStreak {
  const { looks, since, kinds } = streak ?? { looks: 0, since: at, kinds: [] };
  const isKnown = kinds.some((each) => each.kind === kind);
  return {
    looks: looks + 1,
    since,
    kinds: isKnown
      ? kinds.map((each) => (each.kind === kind ? { kind, looks: each.looks + 1 } : each))
      : [...kinds, { kind, looks: 1 }],
  };
}

/** True from the look on at which a streak begins to matter. */
export function isNotable({ looks, kinds }: FailureStreak): boolean {
  return looks >= NOTABLE_LOOKS || kinds.some(({ kind }) => NOTABLE_AT_ONCE.has(kind));
}
