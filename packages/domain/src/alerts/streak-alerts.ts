/** What a streak of cycles whose list did not come says of the broker. One failed call is no alert. */
import { type Instant, SECOND } from '../instant.ts';
import type { FailureStreak } from '../polling/failure-streak.ts';
import type { AlertCause } from './alert-cause.ts';
import { durationText } from './duration-text.ts';
import type { StandingAlert } from './standing-alert.ts';
import { unwatched } from './watcher-alerts.ts';

/** So many cycles in a row are no hiccup, though they take seconds only. */
const MANY_CYCLES = 3;
/** Nor is a trouble that lasts so long, though cycles are rare then. */
const LONG_MS = 30 * SECOND;
/** Schwab counts calls by the minute: a pause within one is the budget at work. */
const LONG_LIMIT_MS = 60 * SECOND;

/** What each kind of failure comes to. A kind that is not here, such as a list that is cut off, alarms nobody. */
const CAUSE_OF_KIND: Readonly<Record<string, StreakCause>> = {
  network: 'broker-unreachable',
  timeout: 'broker-unreachable',
  server: 'broker-unreachable',
  'breaker-open': 'broker-unreachable',
  unauthorized: 'broker-refuses',
  forbidden: 'broker-refuses',
  'bad-request': 'broker-refuses',
  'not-found': 'broker-refuses',
  shape: 'broker-refuses',
  'rate-limited': 'rate-limited',
  'sign-in-needed': 'sign-in-needed',
};

/**
 * @param streak the cycles since the last whose list came
 * @param openCauses those of which an alert is open: what was told stands until a list comes, also after a
 *   restart and when one trouble gives way to another
 */
export function streakAlerts(
  streak: FailureStreak | null,
  openCauses: ReadonlySet<AlertCause>,
  workingOrders: number,
  now: Instant,
): readonly StandingAlert[] {
  if (streak === null) return [];
  const counts = cyclesByCause(streak);
  return STREAK_CAUSES.map((cause) => [cause, counts.get(cause) ?? 0] as const)
    .filter(([cause, cycles]) => openCauses.has(cause) || isTrouble(cause, cycles, streak, now))
    .map(([cause, cycles]) => ({
      cause,
      subject: '',
      since: streak.since,
      summary: `${WORDS[cause]} for ${durationText(now - streak.since)}. ${unwatched(workingOrders)}`,
      detail: { cycles, kinds: streak.kinds.map(({ kind }) => kind).join(' '), workingOrders },
    }));
}

const STREAK_CAUSES = ['broker-unreachable', 'broker-refuses', 'rate-limited', 'sign-in-needed'] as const;
type StreakCause = (typeof STREAK_CAUSES)[number];

const WORDS: Readonly<Record<StreakCause, string>> = {
  'broker-unreachable': 'Schwab has not answered as it should',
  'broker-refuses': 'Schwab has refused what is asked, or answered what cannot be read,',
  'rate-limited': 'Schwab has said that there are too many calls',
  'sign-in-needed': 'Schwab has wanted a new sign-in',
};

function isTrouble(cause: StreakCause, cycles: number, { cycles: all, since }: FailureStreak, now: Instant): boolean {
  if (cycles === 0) return false;
  // The client says so only after a second refusal, and only a person can help.
  if (cause === 'sign-in-needed') return true;
  if (cause === 'rate-limited') return now - since >= LONG_LIMIT_MS && cycles >= 2;
  return cycles >= MANY_CYCLES || (cycles * 2 > all && now - since >= LONG_MS);
}

function cyclesByCause({ kinds }: FailureStreak): ReadonlyMap<StreakCause, number> {
  const counts = new Map<StreakCause, number>();
  for (const { kind, cycles } of kinds) {
    const cause = CAUSE_OF_KIND[kind];
    if (cause !== undefined) counts.set(cause, (counts.get(cause) ?? 0) + cycles);
  }
  return counts;
}
