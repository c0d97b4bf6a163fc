import type { Decimal } from '../decimal.ts';
import type { Fill } from '../execution/fill.ts';
import { filledQuantityOf, ownQuantityOf, weighFills } from '../execution/fill-evidence.ts';
import { summariseLegs } from '../execution/leg-summary.ts';
import { type FillMatch, matchFills } from '../execution/match-fills.ts';
import type { Instant } from '../instant.ts';
import { isTerminalBrokerStatus } from '../order/broker-status.ts';
import type { KnownOrder } from '../order/known-order.ts';
import type { OrderFacts, ReportedOrder } from '../order/reported-order.ts';

/** How a report stands to the record. */
export type Standing =
  /** As new as the record, or newer. */
  | 'current'
  /** Requested before the report that the record rests on. */
  | 'older'
  /** Requested later, and yet it takes back what is proved. */
  | 'behind'
  /** It has other fills than the record in place of recorded ones. */
  | 'contradicting';

/** A report beside the record, and what of it the record may take over. */
export interface ReportComparison {
  readonly standing: Standing;
  readonly match: FillMatch;
  /** The fills to add to the record. */
  readonly added: readonly Fill[];
  /** The facts of the record where the report may not replace them; null where it may. */
  readonly keptFacts: OrderFacts | null;
}

/** True when the report was asked for before the one that the record rests on. */
export function isOlderReport(known: KnownOrder, requestedAt: Instant): boolean {
  return known.reportedAt !== null && requestedAt < known.reportedAt;
}

/**
 * Holds a report against the record: age first, then fills, then what the report would take back.
 *
 * @param reportedFills what counts by this answer; see `amend-record.ts`
 */
export function compareReport(
  known: KnownOrder,
  reported: ReportedOrder,
  reportedFills: readonly Fill[],
  requestedAt: Instant,
): ReportComparison {
  const isOlder = isOlderReport(known, requestedAt);
  const isComplete = isProved(reported, reportedFills);
  // The newer side, when complete, has every fill of the older: what is left after a fill need not tell twins apart.
  const trustRemaining = isOlder ? !isProved(known.facts, known.fills) : !isComplete;
  const match = matchFills(known.fills, reportedFills, { trustRemaining });
  const isRepeated = (fill: Fill): boolean => isRetold(fill, match, reported);
  const isReplacing = isComplete && match.unreported.length > 0 && match.unrecorded.length > 0;
  const isContradicting = !isOlder && (isReplacing || match.unrecorded.some(isRepeated));
  // Fills that stand in for recorded ones are never added to them: the same shares would count twice.
  const added = isContradicting ? [] : match.unrecorded.filter((fill) => !isRepeated(fill));
  const isTakingBack = takesBack(known, reported, { match, told: reportedFills, added, isComplete });
  const keptFacts = isOlder || isTakingBack ? known.facts : null;
  return { standing: standingOf({ isOlder, isContradicting, isTakingBack }), match, added, keptFacts };
}

function standingOf(is: Readonly<Record<'isOlder' | 'isContradicting' | 'isTakingBack', boolean>>): Standing {
  if (is.isOlder) return 'older';
  if (is.isContradicting) return 'contradicting';
  return is.isTakingBack ? 'behind' : 'current';
}

/**
 * True when the report tells an activity otherwise than recorded: a correction in all but name. Or, where no filled
 * quantity says how many there are, a fill like a recorded one that is missing from this report: most likely that one.
 */
function isRetold(fill: Fill, { unreported }: FillMatch, { filledQuantity }: ReportedOrder): boolean {
  return unreported.some(
    (known) =>
      known.legId === fill.legId &&
      (fill.activityId === null
        ? filledQuantity === null && known.price.eq(fill.price) && known.quantity.eq(fill.quantity)
        : known.activityId === fill.activityId),
  );
}

/** True when it is said how much filled, and the fills add up to that: none is missing. */
function isProved(facts: OrderFacts | null, fills: readonly Fill[]): boolean {
  if (facts === null || facts.filledQuantity === null) return false;
  const evidence = weighFills(facts, summariseLegs(facts, fills));
  return evidence !== 'unpriced' && evidence !== 'unsummed';
}

interface Compared {
  readonly match: FillMatch;
  /** All fills of the report. */
  readonly told: readonly Fill[];
  /** Of these, what the record takes in. */
  readonly added: readonly Fill[];
  readonly isComplete: boolean;
}

/** True when the report says less than the record proves. */
function takesBack(known: KnownOrder, reported: ReportedOrder, compared: Compared): boolean {
  const { match, added, isComplete } = compared;
  const lacksFills = isComplete && match.unreported.length > 0 && match.unrecorded.length === 0;
  return (
    lacksFills ||
    takesBackTheEnd(known, reported) ||
    takesBackFills(known, reported, compared) ||
    unsays(known, reported, added)
  );
}

/** It ends the order without a word of how much filled, and the broker showed before that it was more. */
function unsays(known: KnownOrder, reported: ReportedOrder, added: readonly Fill[]): boolean {
  if (reported.filledQuantity !== null || !isTerminalBrokerStatus(reported.brokerStatus)) return false;
  const shown = filledQuantityOf(reported, summariseLegs(reported, [...known.fills, ...added]));
  return [known.facts?.filledQuantity, known.facts?.leastFilledQuantity].some((claim) => claim?.gt(shown));
}

/** An order that ended, with proof, does not come back to life. A person's word is no proof: the broker's goes first. */
function takesBackTheEnd(known: KnownOrder, reported: ReportedOrder): boolean {
  return (
    known.resolution === null && known.state.status !== 'PENDING' && !isTerminalBrokerStatus(reported.brokerStatus)
  );
}

/**
 * Less is said to have filled than the record proves, with what this report adds to it. A report that lists all of that
 * itself takes nothing back: it contradicts itself.
 */
function takesBackFills(known: KnownOrder, reported: ReportedOrder, { told, added }: Compared): boolean {
  if (reported.filledQuantity === null || known.facts === null) return false;
  const proved = provedQuantity(known.facts, [...known.fills, ...added]);
  return reported.filledQuantity.lt(proved) && provedQuantity(known.facts, told).lt(proved);
}

/** What the fills alone come to, in units of the order. */
function provedQuantity(facts: OrderFacts, fills: readonly Fill[]): Decimal {
  return ownQuantityOf(facts, summariseLegs(facts, fills));
}
