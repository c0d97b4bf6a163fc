import { type Instant, type MarketCalendar, marketMoment, type MarketPhase, MINUTE } from '@fill-tracker/domain';
import { mostWithin } from '../most-within.ts';

/** How much was asked of the broker while the market stood in one phase. */
export interface PhaseLoad {
  readonly phase: MarketPhase;
  readonly minutes: number;
  readonly requests: number;
  readonly perMinute: number;
  /** The most in any 60 s that began in the phase. */
  readonly busiestMinute: number;
}

const PHASES: readonly MarketPhase[] = ['pre', 'regular', 'post', 'closed'];

/** Sums up calls by market phase over a stretch of time. */
export function requestsByPhase(
  instants: readonly Instant[],
  calendar: MarketCalendar,
  { from, to }: { readonly from: Instant; readonly to: Instant },
): readonly PhaseLoad[] {
  const stretches = stretchesBetween(calendar, from, to);
  return PHASES.map((phase) => {
    const own = stretches.filter((stretch) => stretch.phase === phase);
    const minutes = own.reduce((sum, stretch) => sum + (stretch.to - stretch.from), 0) / MINUTE;
    const calls = own.map((stretch) => instants.filter((at) => at >= stretch.from && at < stretch.to));
    const requests = calls.reduce((sum, each) => sum + each.length, 0);
    return {
      phase,
      minutes: Math.round(minutes),
      requests,
      perMinute: minutes === 0 ? 0 : Math.round((requests / minutes) * 100) / 100,
      busiestMinute: Math.max(0, ...calls.map((each) => mostWithin(each, MINUTE))),
    };
  });
}

/** A stretch of time in one phase. */
export interface Stretch {
  readonly phase: MarketPhase;
  readonly from: Instant;
  readonly to: Instant;
}

/** Every change of phase begins another. */
export function stretchesBetween(calendar: MarketCalendar, from: Instant, to: Instant): readonly Stretch[] {
  const stretches: Stretch[] = [];
  for (let at = from; at < to;) {
    const { phase, nextChange } = marketMoment(calendar, at);
    const end = Math.min(nextChange?.at ?? to, to);
    stretches.push({ phase, from: at, to: end });
    at = end;
  }
  return stretches;
}
