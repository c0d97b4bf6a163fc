import {
  type Instant,
  isPast,
  type MarketCalendar,
  MINUTE,
  SECOND,
  type TradingDate,
  tradingDateAt,
  type TradingSession,
  withOwnerDates,
  withReportedSessions,
} from '@fill-tracker/domain';
import { type MarketHours, type SchwabClient, SchwabError, type SessionSpan } from '@fill-tracker/schwab-client';
import type { RecordSettings } from '@fill-tracker/settings';
import type { PollerEvents } from './events.ts';
import { describeFailure } from './cycle/tell-trouble.ts';
import { within } from './cycle/within.ts';

/** The calendar, as far as the broker itself has told of today. */
export interface LearningCalendar {
  readonly current: () => MarketCalendar;
  /** Asks for today's hours unless they are known. A failure is told and tried again later: the rules go on. */
  readonly learn: (now: Instant, signal: AbortSignal) => Promise<void>;
}

const TRY_AGAIN_AFTER_MS = 10 * MINUTE;
const LEARN_WITHIN_MS = 5 * SECOND;

/** The broker's word for a date goes over the rules, the owner's over both. */
export function createLearningCalendar(
  { calendarRules: rules, ownerDates }: Pick<RecordSettings, 'calendarRules' | 'ownerDates'>,
  client: SchwabClient,
  events: Pick<PollerEvents, 'brokerCallFailed'>,
): LearningCalendar {
  const reported = new Map<TradingDate, TradingSession | null>();
  const calendar = withOwnerDates(withReportedSessions(rules, reported), ownerDates);
  let triedAt: Instant | null = null;
  return {
    current: () => calendar,
    async learn(now, signal) {
      const date = tradingDateAt(now);
      const isTooSoon = triedAt !== null && !isPast(triedAt, TRY_AGAIN_AFTER_MS, now);
      if (reported.has(date) || isTooSoon) return;
      triedAt = now;
      try {
        const hours = await within(client, LEARN_WITHIN_MS, signal, (limited) =>
          client.getMarketHours({ market: 'equity', date }, { lane: 'rest', signal: limited }),
        );
        reported.set(date, sessionOf(date, hours, rules));
      } catch (error) {
        if (!(error instanceof SchwabError)) throw error;
        events.brokerCallFailed({ operation: 'get-market-hours', ...describeFailure(error) });
      }
    },
  };
}

/** A calendar that needs no broker: the demo's. */
export function fixedCalendar(calendar: MarketCalendar): LearningCalendar {
  return { current: () => calendar, learn: () => Promise.resolve() };
}

/** The broker's session for a date; null when it says closed. Missing spans keep the rules' times. */
function sessionOf(
  date: TradingDate,
  { isOpen, sessionHours }: MarketHours,
  rules: MarketCalendar,
): TradingSession | null {
  const regular = spanOf(sessionHours?.regularMarket);
  if (!isOpen || regular === null) return null;
  const ruled = rules.sessionOn(date);
  return {
    date,
    open: regular.start,
    close: regular.end,
    preOpen: spanOf(sessionHours?.preMarket)?.start ?? Math.min(ruled?.preOpen ?? regular.start, regular.start),
    postClose: spanOf(sessionHours?.postMarket)?.end ?? Math.max(ruled?.postClose ?? regular.end, regular.end),
    isEarlyClose: ruled?.isEarlyClose ?? false,
  };
}

function spanOf(spans: readonly SessionSpan[] | undefined): { start: Instant; end: Instant } | null {
  const [span] = spans ?? [];
  if (span === undefined) return null;
  const start = Date.parse(span.start);
  const end = Date.parse(span.end);
  return Number.isNaN(start) || Number.isNaN(end) ? null : { start, end };
}
