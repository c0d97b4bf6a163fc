/**
 * What one answer tells of an order's executions, its own corrections applied.
 *
 * Schwab documents neither a corrected nor a busted trade, and no capture of one is public; client authors name the
 * execution types CORRECTED and BUSTED. They are taken at their word where they leave no doubt: such an activity
 * carries the id of the execution it is about, and takes its place, leg by leg (CORRECTED), or takes it away
 * (BUSTED). Anything else counts as not understood: it changes nothing, and says so.
 */
import { type Decimal, sumOf } from '../decimal.ts';
import type { Instant } from '../instant.ts';
import type { ReportedActivity, ReportedExecutionLeg, ReportedOrder } from '../order/reported-order.ts';
import { type Fill, fillsIn, isFillActivity, legIdIn } from './fill.ts';
import { isBeyondTelling } from './told-quantity.ts';

export interface ToldFills {
  /** What counts, by this answer. */
  readonly standing: readonly Fill[];
  /** What this answer tells of and takes back in the same breath. */
  readonly superseded: readonly Fill[];
  /** Whether this answer corrects or busts an execution of that activity and leg. */
  readonly amends: (fill: Fill) => boolean;
  readonly amendsAny: boolean;
  /** True when the answer holds an execution that is not understood. */
  readonly hasUnknown: boolean;
}

/** What an answer says became of the execution of one activity, in one leg or in all (`legId` null). */
interface Amendment {
  readonly activityId: string;
  readonly legId: string | null;
  readonly kind: 'CORRECTED' | 'BUSTED';
  /** What the trade was, corrected. */
  readonly fills: readonly Fill[];
  /** Of how much it is; null when it does not say. Cancelled quantities come at price zero, so no fill tells. */
  readonly quantity: Decimal | null;
  readonly at: Instant;
}

/** @param recorded fills of the record: an answer may tell of a correction alone, without what it corrects */
export function tellFills(order: ReportedOrder, recorded: readonly Fill[] = []): ToldFills {
  const originals = order.activities.filter(isFillActivity).flatMap((activity) => fillsIn(order, activity));
  const words = order.activities.filter(isAmendment);
  const amendments = words.flatMap((word) => amendmentsIn(order, word));
  const applied = amendments.filter(
    (each) => isUnderstood(each, originals, recorded) && !amendments.some((other) => rivals(other, each)),
  );
  const amends = (fill: Fill): boolean => applied.some((amendment) => isAbout(amendment, fill));
  const last = applied.filter((amendment) => !applied.some((other) => overtakes(other, amendment)));
  const correctedBy = (some: readonly Amendment[]) =>
    some.flatMap(({ kind, fills }) => (kind === 'CORRECTED' ? fills : []));
  const isUnknown = words.some((word) => word.activityId === null) || applied.length < amendments.length;
  return {
    standing: [...originals.filter((fill) => !amends(fill)), ...correctedBy(last)],
    superseded: [...originals.filter(amends), ...correctedBy(applied.filter((each) => !last.includes(each)))],
    amends,
    amendsAny: applied.length > 0,
    hasUnknown: isUnknown || isBeyondTelling(order) || order.activities.some(isUnheardOf),
  };
}

function isAmendment({ activityType, executionType }: ReportedActivity): boolean {
  return activityType === 'EXECUTION' && (executionType === 'CORRECTED' || executionType === 'BUSTED');
}

/** Neither a trade, nor a cancel, nor a word about a trade. An ORDER_ACTION is no execution. */
function isUnheardOf(activity: ReportedActivity): boolean {
  if (activity.activityType === 'ORDER_ACTION' || isAmendment(activity) || isFillActivity(activity)) return false;
  return activity.activityType !== 'EXECUTION' || activity.executionType !== 'CANCELED';
}

function amendmentsIn(order: ReportedOrder, word: ReportedActivity): readonly Amendment[] {
  const { activityId } = word;
  if (activityId === null) return [];
  const kind = word.executionType === 'BUSTED' ? 'BUSTED' : 'CORRECTED';
  const fills = fillsIn(order, word);
  const legIds = word.legs.length === 0 ? [null] : [...new Set(word.legs.map((leg) => legIdIn(order, leg)))];
  return legIds.map((legId) => ({
    activityId,
    legId,
    kind,
    fills: fills.filter((fill) => fill.legId === legId),
    quantity: quantityOf(word.legs.filter((leg) => legIdIn(order, leg) === legId)),
    at: timeOf(word, kind),
  }));
}

/** A bust that tells no time is the last word: who would correct a trade that is no more? */
function timeOf({ legs }: ReportedActivity, kind: Amendment['kind']): Instant {
  const times = legs.flatMap((leg) => leg.occurredAt ?? []);
  return times.length === 0 && kind === 'BUSTED' ? Infinity : Math.max(0, ...times);
}

function isAbout({ activityId, legId }: Amendment, fill: Fill): boolean {
  return fill.activityId === activityId && (legId === null || legId === fill.legId);
}

function quantityOf(legs: readonly ReportedExecutionLeg[]): Decimal | null {
  const told = sumOf(legs.flatMap(({ quantity }) => quantity ?? []));
  return told.isZero() ? null : told;
}

/**
 * A correction must say what the trade was; of several executions it must be of all. A bust must be of all of it: a
 * part would leave a rest that nobody names. And what it is about must be known, or it could be anything.
 */
function isUnderstood(amendment: Amendment, originals: readonly Fill[], recorded: readonly Fill[]): boolean {
  const { kind, fills, quantity } = amendment;
  const told = originals.filter((fill) => isAbout(amendment, fill));
  const about = told.length > 0 ? told : recorded.filter((fill) => isAbout(amendment, fill));
  if (about.length === 0 || (kind === 'CORRECTED' && fills.length === 0)) return false;
  const isOfAll = quantity?.eq(sumOf(about.map((fill) => fill.quantity))) ?? true;
  return isOfAll || (kind === 'CORRECTED' && about.length === 1);
}

/** Two corrections of the same execution in one second: nobody can say which holds. */
function rivals(a: Amendment, b: Amendment): boolean {
  if (a === b || a.kind === 'BUSTED' || b.kind === 'BUSTED') return false;
  return a.activityId === b.activityId && a.legId === b.legId && a.at === b.at;
}

/** The later word on the same execution holds; of two in the same second, a bust. */
function overtakes(later: Amendment, earlier: Amendment): boolean {
  if (later === earlier || later.activityId !== earlier.activityId) return false;
  if (later.legId !== null && later.legId !== earlier.legId) return false;
  return later.at > earlier.at || (later.at === earlier.at && later.kind === 'BUSTED' && earlier.kind === 'CORRECTED');
}
