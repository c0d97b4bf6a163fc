import {
  type Instant,
  type MarketCalendar,
  marketMoment,
  type MarketPhase,
  type PollReason,
} from '@fill-tracker/domain';

/** A cycle and why the next one was to come when it was. */
export interface CycleInWeek {
  readonly startedAt: Instant;
  readonly nextReason: PollReason;
}

/** The rests between cycles for one reason, in one phase of the market; ms. */
export interface Rests {
  readonly phase: MarketPhase;
  readonly reason: PollReason;
  readonly count: number;
  readonly shortest: number;
  readonly longest: number;
}

/** How long the loop rested, by the phase in which the rest began and by what was said of it. */
export function restsBetween(cycles: readonly CycleInWeek[], calendar: MarketCalendar): readonly Rests[] {
  const byKind = new Map<string, { phase: MarketPhase; reason: PollReason; rests: number[] }>();
  for (const [i, { startedAt, nextReason: reason }] of cycles.slice(0, -1).entries()) {
    const { phase } = marketMoment(calendar, startedAt);
    const kind = `${phase} ${reason}`;
    const known = byKind.get(kind) ?? { phase, reason, rests: [] };
    known.rests.push((cycles[i + 1]?.startedAt ?? startedAt) - startedAt);
    byKind.set(kind, known);
  }
  return [...byKind.values()].map(({ phase, reason, rests }) => ({
    phase,
    reason,
    count: rests.length,
    shortest: Math.min(...rests),
    longest: Math.max(...rests),
  }));
}

/** The instants at which the market opened or closed with nobody looking within so many ms of it. */
export function missedBells(
  cycles: readonly CycleInWeek[],
  calendar: MarketCalendar,
  { from, to, withinMs }: { readonly from: Instant; readonly to: Instant; readonly withinMs: number },
): readonly string[] {
  const missed: string[] = [];
  for (let bell = marketMoment(calendar, from).nextChange; bell !== null && bell.at < to;) {
    const { at } = bell;
    const isHeard = cycles.some(({ startedAt }) => startedAt >= at && startedAt <= at + withinMs);
    if (!isHeard) missed.push(`${new Date(at).toISOString()} (${bell.phase})`);
    bell = marketMoment(calendar, at).nextChange;
  }
  return missed;
}
