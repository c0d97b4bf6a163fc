/** One order took the place of another. */
export interface ReplacementLink {
  /** Key of the order that was replaced. */
  readonly from: string;
  /** Key of the order that took its place. */
  readonly to: string;
  readonly basis: /** By symbol, side, quantity and time. */ 'INFERRED' | /** A person said so. */ 'OPERATOR';
}

/** What a person says of an order: whose place it took, or that it took nobody's. */
export interface ReplacementCorrection {
  readonly to: string;
  /** Null: it is not a replacement. */
  readonly from: string | null;
}

/**
 * The links that stand after all corrections, oldest first in the list. A later word on the same order replaces the
 * earlier one; a second successor of an order, and a circle, do not stand (`checkCorrection` refuses them).
 */
export function operatorLinks(corrections: readonly ReplacementCorrection[]): readonly ReplacementLink[] {
  return corrections.reduce<readonly ReplacementLink[]>((links, { to, from }) => {
    const others = links.filter((link) => link.to !== to);
    if (from === null || others.some((link) => link.from === from) || leadsTo(others, to, from)) return others;
    return [...others, { from, to, basis: 'OPERATOR' }];
  }, []);
}

/** True when following the links from one order ends up at, or passes, the other. */
export function leadsTo(links: readonly ReplacementLink[], start: string, goal: string): boolean {
  return pathFrom(successors(links), start).includes(goal);
}

/** Who follows whom. */
export function successors(links: readonly ReplacementLink[]): ReadonlyMap<string, string> {
  return new Map(links.map(({ from, to }) => [from, to]));
}

/** Who came before whom. */
export function predecessors(links: readonly ReplacementLink[]): ReadonlyMap<string, string> {
  return new Map(links.map(({ from, to }) => [to, from]));
}

/** The order itself and all that come next, one after another; each once, should the links ever go in a circle. */
export function pathFrom(next: ReadonlyMap<string, string>, start: string): readonly string[] {
  const path = new Set<string>();
  for (let key: string | undefined = start; key !== undefined && !path.has(key); key = next.get(key)) path.add(key);
  return [...path];
}
