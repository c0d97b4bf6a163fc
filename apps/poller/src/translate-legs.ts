import type { OrderLeg } from '@fill-tracker/domain';
import type { SchwabOrderLeg } from '@fill-tracker/schwab-client';
import { quantity } from './translate-values.ts';

/** The legs of an order, each under an id of its own. */
export interface TranslatedLegs {
  readonly legs: readonly OrderLeg[];
  /** Ids that several legs were given: an execution that names one of these names no leg. */
  readonly sharedIds: ReadonlySet<string>;
}

/** Schwab numbers legs from 1. A leg without id takes its place in the list, or the first number that no other has. */
export function translateLegs(legs: readonly SchwabOrderLeg[], path: string): TranslatedLegs {
  const given = legs.flatMap(({ legId }) => legId ?? []);
  const taken = new Set(given);
  const named = new Set<string>();
  const nameOf = ({ legId }: SchwabOrderLeg, place: number): string => {
    if (legId !== undefined && !named.has(legId)) return legId;
    return legId === undefined && !taken.has(String(place)) ? String(place) : firstFree(taken);
  };
  const translated = legs.map((leg, i) => {
    const legId = nameOf(leg, i + 1);
    taken.add(legId);
    named.add(legId);
    return translateLeg(leg, legId, `${path}[${i}]`);
  });
  return { legs: translated, sharedIds: new Set(given.filter((id, i) => given.indexOf(id) !== i)) };
}

function firstFree(taken: ReadonlySet<string>): string {
  for (let number = 1; ; number += 1) if (!taken.has(String(number))) return String(number);
}

function translateLeg(leg: SchwabOrderLeg, legId: string, path: string): OrderLeg {
  const told = quantity(leg.quantity, `${path}.quantity`);
  return {
    legId,
    instruction: leg.instruction ?? null,
    symbol: leg.instrument?.symbol ?? null,
    assetType: leg.instrument?.assetType ?? leg.orderLegType ?? null,
    quantity: isInShares(leg) ? told : null,
  };
}

/**
 * True unless the quantity of a leg is one of dollars, or stands for whatever the account holds: such an order, placed
 * on the broker's own screens, does not say how many shares it is for.
 */
export function isInShares({ quantityType }: SchwabOrderLeg): boolean {
  return quantityType === undefined || quantityType === 'SHARES';
}
