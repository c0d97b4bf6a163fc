import { type BlindSpot, type Instant, MINUTE } from '@fill-tracker/domain';
import type { HeardEvents } from '../../testing/heard-events.ts';
import { type Check, check, checkNone } from '../check.ts';
import type { Stretch } from './requests-by-phase.ts';

/** What the looks at the bells may take of a rest, or add to it. */
const LOOKS_MS = 2 * MINUTE;

type Spots = Pick<HeardEvents, 'blindSpotBegan' | 'blindSpotEnded' | 'blindSpotBackfilled'>;

/**
 * Who lets the poller rest while the market is closed is told of these rests, and of nothing else.
 *
 * @param closed when it was
 */
export function checksOfBlindSpots(
  { blindSpotBegan, blindSpotEnded, blindSpotBackfilled }: Spots,
  { closed, restsByChoice }: { readonly closed: readonly Stretch[]; readonly restsByChoice: boolean },
): readonly Check[] {
  if (!restsByChoice) return [checkNone('no blind spot', blindSpotBegan)];
  const rests = blindSpotEnded.filter(({ cause }) => cause === 'closed-by-choice').map(stretchOf);
  const backfilled = blindSpotBackfilled.length;
  return [
    checkNone(
      'no blind spot that nobody chose',
      blindSpotBegan.filter(({ cause }) => cause !== 'closed-by-choice'),
    ),
    checkNone(
      'blind by choice all the time that the market was closed',
      closed.filter((each) => outside(each, rests) > LOOKS_MS),
    ),
    checkNone(
      'and no longer',
      rests.filter((each) => outside(each, closed) > LOOKS_MS),
    ),
    check('each is made up for', backfilled === rests.length, `${backfilled}`),
  ];
}

type Span = Pick<Stretch, 'from' | 'to'>;

function stretchOf({ beganAt, endedAt }: BlindSpot & { readonly endedAt: Instant }): Span {
  return { from: beganAt, to: endedAt };
}

/** How much of a span, ms, lies in none of others that do not overlap each other. */
function outside({ from, to }: Span, others: readonly Span[]): number {
  const within = others.map((other) => Math.max(0, Math.min(to, other.to) - Math.max(from, other.from)));
  return to - from - within.reduce((sum, each) => sum + each, 0);
}
