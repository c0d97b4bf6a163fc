/**
 * Which order took the place of which? The broker's answers link a REPLACED order to nothing, so the links are
 * inferred, from all orders of one account. The invariants, which the tests state as properties:
 *
 * - An order has at most one predecessor and at most one successor, and no chain goes in a circle.
 * - The nearest in time belong together. Where two are equally near, nothing is linked: both are named as candidates.
 * - What a person said stands, whatever the times say.
 * - The order of the input does not matter.
 *
 * A replacement that also changed the quantity is not recognised: only what was left of the old order tells its
 * successor from any other order of that second. A person can link it.
 */
import { decimalText } from '../decimal.ts';
import { type Instant, SECOND } from '../instant.ts';
import { byText } from '../by-text.ts';
import { type ChainOrder, shapeOf, sortedLegs } from './chain-order.ts';
import {
  operatorLinks,
  pathFrom,
  type ReplacementCorrection,
  type ReplacementLink,
  successors,
} from './replacement-link.ts';

/** A replaced order whose successor is among these, and nothing tells which. */
export interface AmbiguousReplacement {
  readonly from: string;
  readonly candidates: readonly string[];
}

export interface Replacements {
  readonly links: readonly ReplacementLink[];
  readonly ambiguous: readonly AmbiguousReplacement[];
}

/**
 * How far the successor's entry may lie from the end of the order it replaces, either way. The broker does both for
 * one request; between them stands the venue's confirmation of the cancel, which takes up to some seconds. Both times
 * are cut to whole seconds, which moves them apart by less than one more. A wider bound would take in orders that
 * somebody placed by hand next.
 */
const NEAR_MS = 5 * SECOND;

interface Candidate {
  readonly from: string;
  readonly to: string;
  readonly apartMs: number;
  /** False when the times do not even tell which of the two came first. */
  readonly isDirected: boolean;
}

/**
 * Infers the replacement links among the orders of one account.
 *
 * @param corrections what people said, oldest first
 */
export function inferReplacements(
  orders: readonly ChainOrder[],
  corrections: readonly ReplacementCorrection[] = [],
): Replacements {
  const told = operatorLinks(corrections);
  const isSettledFrom = new Set(told.map((link) => link.from));
  const isSettledTo = new Set(corrections.map((correction) => correction.to));
  const candidates = candidatesAmong(
    orders.filter((order) => !isSettledFrom.has(order.key)),
    orders.filter((order) => !isSettledTo.has(order.key)),
  );
  const { links, ambiguous } = linkNearest(candidates, told);
  return {
    links: [...links].sort((a, b) => byText(a.from, b.from)),
    ambiguous: [...ambiguous]
      .map(([from, to]) => ({ from, candidates: [...to].sort(byText) }))
      .sort((a, b) => byText(a.from, b.from)),
  };
}

/** Orders by shape, quantity and a stretch of time: only these need to be held against each other. */
function candidatesAmong(froms: readonly ChainOrder[], tos: readonly ChainOrder[]): readonly Candidate[] {
  const shelves = new Map<string, ChainOrder[]>();
  for (const to of tos) {
    if (to.quantity === null || to.enteredAt === null) continue;
    const shelf = shelfOf(to, decimalText(to.quantity), stretchOf(to.enteredAt));
    const orders = shelves.get(shelf);
    if (orders === undefined) shelves.set(shelf, [to]);
    else orders.push(to);
  }
  return froms.flatMap((from) => nearby(from, shelves).flatMap((to) => candidateOf(from, to) ?? []));
}

function nearby(from: ChainOrder, shelves: ReadonlyMap<string, readonly ChainOrder[]>): readonly ChainOrder[] {
  const { brokerStatus, quantity, filledQuantity, closeTime } = from;
  if (brokerStatus !== 'REPLACED' || quantity === null || filledQuantity === null || closeTime === null) return [];
  const left = quantity.minus(filledQuantity);
  if (!left.gt(0) || shapeOf(from) === null) return [];
  const stretch = stretchOf(closeTime);
  return [stretch - 1, stretch, stretch + 1].flatMap((at) => shelves.get(shelfOf(from, decimalText(left), at)) ?? []);
}

function shelfOf(order: ChainOrder, quantity: string, stretch: number): string {
  return `${shapeOf(order) ?? ''} ${quantity} ${stretch}`;
}

function stretchOf(at: Instant): number {
  return Math.floor(at / NEAR_MS);
}

function candidateOf(from: ChainOrder, to: ChainOrder): Candidate | null {
  if (from.key === to.key || from.closeTime === null || from.enteredAt === null || to.enteredAt === null) return null;
  const apartMs = Math.abs(to.enteredAt - from.closeTime);
  const sequence = sequenceOf(from, to);
  if (apartMs > NEAR_MS || sequence < 0 || !haveSameRatios(from, to)) return null;
  return { from: from.key, to: to.key, apartMs, isDirected: sequence > 0 };
}

/**
 * Above zero when the second order came after the first. Entered in the same second, the one that was replaced first
 * came first; an order that was not replaced can only be the last.
 */
function sequenceOf(from: ChainOrder, to: ChainOrder): number {
  const entered = (to.enteredAt ?? 0) - (from.enteredAt ?? 0);
  if (entered !== 0) return entered;
  return to.brokerStatus === 'REPLACED' ? (to.closeTime ?? Infinity) - (from.closeTime ?? Infinity) : 1;
}

/** Each leg has the same share in both orders. Cross-multiplied, so that a ratio of 1 to 3 needs no division. */
function haveSameRatios(from: ChainOrder, to: ChainOrder): boolean {
  if (from.legs.length === 1) return true;
  const others = sortedLegs(to.legs);
  return sortedLegs(from.legs).every((leg, i) => {
    const other = others[i];
    if (!leg.quantity || !other?.quantity || !from.quantity || !to.quantity) return true;
    return leg.quantity.times(to.quantity).eq(other.quantity.times(from.quantity));
  });
}

/** Nearest pairs first. A pair is linked only when neither side could as well belong to another at that distance. */
function linkNearest(
  candidates: readonly Candidate[],
  told: readonly ReplacementLink[],
): { readonly links: readonly ReplacementLink[]; readonly ambiguous: ReadonlyMap<string, ReadonlySet<string>> } {
  const next = new Map(successors(told));
  const links = [...told];
  const taken = new Set<string>();
  const unclearFrom = new Map<string, Set<string>>();
  const unclearTo = new Set<string>();
  for (const level of levelsOf(candidates)) {
    const open = level.filter(({ from, to }) => !next.has(from) && !taken.has(to));
    const rivals = countEnds(open);
    const isSure = ({ from, to, isDirected }: Candidate): boolean =>
      isDirected && rivals(from, to) === 0 && !unclearFrom.has(from) && !unclearTo.has(to);
    const sure = new Set(open.filter(isSure));
    for (const candidate of open) {
      const { from, to } = candidate;
      // Only beside a person's links can a pair close a circle; then it is left to a person too.
      if (sure.has(candidate) && !pathFrom(next, to).includes(from)) {
        links.push({ from, to, basis: 'INFERRED' });
        next.set(from, to);
        taken.add(to);
      } else {
        unclearFrom.set(from, (unclearFrom.get(from) ?? new Set()).add(to));
        unclearTo.add(to);
      }
    }
  }
  return { links, ambiguous: unclearFrom };
}

/** Candidates of equal distance together, nearest first, in an order that owes nothing to the input's. */
function levelsOf(candidates: readonly Candidate[]): readonly (readonly Candidate[])[] {
  const levels = new Map<number, Candidate[]>();
  const sorted = [...candidates].sort((a, b) => a.apartMs - b.apartMs || byText(a.from, b.from) || byText(a.to, b.to));
  for (const candidate of sorted) {
    const level = levels.get(candidate.apartMs);
    if (level === undefined) levels.set(candidate.apartMs, [candidate]);
    else level.push(candidate);
  }
  return [...levels.values()];
}

/** How many other candidates share an end with a pair. */
function countEnds(candidates: readonly Candidate[]): (from: string, to: string) => number {
  const froms = new Map<string, number>();
  const tos = new Map<string, number>();
  for (const { from, to } of candidates) {
    froms.set(from, (froms.get(from) ?? 0) + 1);
    tos.set(to, (tos.get(to) ?? 0) + 1);
  }
  return (from, to) => (froms.get(from) ?? 0) + (tos.get(to) ?? 0) - 2;
}
