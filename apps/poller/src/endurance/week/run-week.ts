import {
  type Instant,
  type MarketCalendar,
  type MarketPhase,
  marketMoment,
  MINUTE,
  type PollSettings,
  SECOND,
  type TradingSession,
  usEquities,
  withReportedSessions,
} from '@fill-tracker/domain';
import type { OwningTest } from '../../testing/world.ts';
import { type Check, check, checkNone, type Findings, type Progress } from '../check.ts';
import { mostWithin } from '../most-within.ts';
import { createRehearsal, type Rehearsal } from '../rehearsal/rehearsal.ts';
import { table } from '../table.ts';
import { checksOfBlindSpots } from './blind-checks.ts';
import { type CycleInWeek, missedBells, type Rests, restsBetween } from './cadence.ts';
import { type PhaseLoad, requestsByPhase, stretchesBetween } from './requests-by-phase.ts';
import { BROKER_DAYS, scriptOf, WEEK, WEEK_BEGINS, WEEK_ENDS } from './story.ts';

export interface WeekOptions {
  readonly settings: PollSettings;
  /** Of the clock, ms; every interval of the settings is a multiple. */
  readonly stepMs: number;
  readonly progress: Progress;
}

/** As configured when nothing is said. */
const REQUESTS_PER_MINUTE = 80;
/** While an order that rests from an earlier date may fill, the list reaches back to it this often. */
const SWEEP_EVERY_MS = 15 * SECOND;

/** Lives through the week and says what came of it. */
export async function runWeek(owner: OwningTest, { settings, stepMs, progress }: WeekOptions): Promise<Findings> {
  const [from, to] = [Date.parse(WEEK_BEGINS), Date.parse(WEEK_ENDS)];
  const startedAt = performance.now();
  const rehearsal = await createRehearsal(owner, {
    startsAt: from,
    settings,
    calendar: usEquities(),
    requestsPerMinute: REQUESTS_PER_MINUTE,
    stepMs,
  });
  for (const day of BROKER_DAYS) await rehearsal.setBrokerDay(day);
  const ids = WEEK.map((order) => rehearsal.script(scriptOf(order, from)));
  await rehearsal.startPoller();
  for (let morning = from; morning < to; morning += DAY) {
    await rehearsal.runUntil(Math.min(morning + DAY, to));
    progress(`lived until ${new Date(rehearsal.now()).toISOString()}`);
  }
  const seconds = Math.round((performance.now() - startedAt) / 100) / 10;
  return await findings(rehearsal, { settings, stepMs, from, to, ids, seconds });
}

const DAY = 24 * 60 * MINUTE;

/** Access tokens live for half an hour, and are renewed somewhat sooner; accounts are asked for every five minutes. */
const HOUSEKEEPING_PER_MINUTE = 1 / 20 + 1 / 5;

interface Lived {
  readonly settings: PollSettings;
  readonly stepMs: number;
  readonly from: Instant;
  readonly to: Instant;
  readonly ids: readonly string[];
  readonly seconds: number;
}

async function findings(rehearsal: Rehearsal, lived: Lived): Promise<Findings> {
  const { from, to, settings, stepMs } = lived;
  const { heard, simulator } = rehearsal;
  const calendar = calendarOfWeek();
  const requests = simulator.requests().map(({ time }) => Date.parse(time));
  const loads = requestsByPhase(requests, calendar, { from, to });
  const cycles = heard.cycleEnded.map(({ summary, next }): CycleInWeek => {
    return { startedAt: summary.startedAt, nextReason: next.reason };
  });
  const rests = restsBetween(cycles, calendar);
  const delays = delaysOf(rehearsal, calendar);
  const busiest = mostWithin(requests, MINUTE);
  const checks = [
    checkNone('the record equals the truth', await rehearsal.differences()),
    ...(await checksOfOrders(rehearsal, lived.ids)),
    checkNone(
      'no cycle failed',
      heard.cycleEnded.filter(({ summary }) => summary.outcome !== 'complete'),
    ),
    checkNone('the loop never failed', heard.loopFailed),
    ...checksOfBlindSpots(heard, {
      closed: stretchesBetween(calendar, from, to).filter(({ phase }) => phase === 'closed'),
      restsByChoice: settings.outsideIntervalMs === null,
    }),
    checkNone(
      'no alert but that the sign-in ends',
      heard.alertRaised.filter(({ cause }) => cause !== 'sign-in-ending'),
    ),
    check(
      `never more than ${REQUESTS_PER_MINUTE} requests in any minute`,
      busiest <= REQUESTS_PER_MINUTE,
      `${busiest}`,
    ),
    ...loads.map((load) => checkLoad(load, settings)),
    ...rests.filter(({ reason }) => reason !== 'closed-by-choice').map((each) => checkRests(each, settings)),
    checkNone('a look at every bell', missedBells(cycles, calendar, { from, to, withinMs: stepMs })),
    ...delays.map((delay) => checkDelay(delay, settings, stepMs)),
  ];
  return {
    checks,
    lines: [
      `${days(lived)} days in ${lived.seconds} s: ${cycles.length} cycles, ${requests.length} requests`,
      '',
      ...table(
        ['phase', 'minutes', 'requests', 'a minute', 'busiest minute'],
        loads.map((each) => [each.phase, each.minutes, each.requests, each.perMinute, each.busiestMinute]),
      ),
      '',
      ...table(
        ['rests (s)', 'reason', 'count', 'shortest', 'longest'],
        rests.map((each) => [each.phase, each.reason, each.count, each.shortest / SECOND, each.longest / SECOND]),
      ),
      '',
      ...table(
        ['from fill to record (s)', 'fills', 'longest'],
        delays.map(({ phase, fills, longest }) => [phase, fills, longest / SECOND]),
      ),
    ],
    figures: { seconds: lived.seconds, cycles: cycles.length, requests: requests.length, loads, rests, delays },
  };
}

function days({ from, to }: Lived): number {
  return Math.round(((to - from) / DAY) * 10) / 10;
}

async function checksOfOrders(rehearsal: Rehearsal, ids: readonly string[]): Promise<readonly Check[]> {
  const orders = new Map((await rehearsal.orders()).map(({ known }) => [known.brokerOrderId, known]));
  const waited = WEEK.flatMap(({ what, activates }, i) =>
    activates === undefined ? [] : [{ what, id: ids[i] ?? '' }],
  );
  const unresolved = waited.filter(({ id }) => (orders.get(id)?.state.status ?? 'PENDING') === 'PENDING');
  const alarmed = [...orders.values()].filter(({ state }) => state.flags.length > 0);
  return [
    checkNone('what waited for an open under PENDING_ACTIVATION is resolved', unresolved),
    checkNone(
      'no false alarm',
      alarmed.map(({ brokerOrderId, state }) => `${brokerOrderId}: ${state.flags.join(', ')}`),
    ),
  ];
}

/**
 * Twice what the rhythm alone asks: the rest is for young orders, witnesses and looks at ended orders. Orders that rest
 * from earlier dates cost nothing.
 */
function checkLoad({ phase, perMinute }: PhaseLoad, settings: PollSettings): Check {
  const cycles = MINUTE / intervalOf(phase, settings);
  const most = 2 * cycles + HOUSEKEEPING_PER_MINUTE;
  const name = `${phase}: no more than ${Math.round(most * 100) / 100} requests a minute on average`;
  return check(name, perMinute <= most, `${perMinute}`);
}

/** No rest is longer than the phase's rhythm; only bells, young orders and commands make one shorter. */
function checkRests({ phase, reason, longest }: Rests, settings: PollSettings): Check {
  const most = intervalOf(phase, settings) + settings.jitterMs;
  const name = `${phase}, ${reason}: rests of at most ${most / SECOND} s`;
  return check(name, longest <= most, `${longest / SECOND} s`);
}

function intervalOf(phase: MarketPhase, settings: PollSettings): number {
  if (phase === 'regular') return settings.intervalMs;
  return phase === 'closed' ? (settings.outsideIntervalMs ?? Infinity) : settings.extendedIntervalMs;
}

interface Delay {
  readonly phase: MarketPhase;
  readonly fills: number;
  /** ms from the broker's whole second to the commit. */
  readonly longest: number;
}

function delaysOf({ heard }: Rehearsal, calendar: MarketCalendar): readonly Delay[] {
  const delays = new Map<MarketPhase, number[]>();
  for (const { newFills, committedAt } of heard.orderChanged) {
    for (const { occurredAt } of newFills) {
      if (occurredAt === null) continue;
      const { phase } = marketMoment(calendar, occurredAt);
      delays.set(phase, [...(delays.get(phase) ?? []), committedAt - occurredAt]);
    }
  }
  return [...delays].map(([phase, each]) => ({ phase, fills: each.length, longest: Math.max(...each) }));
}

/** What rests from an earlier date is seen by the first cycle after a sweep is due, which at the close is one of late trading. */
function checkDelay({ phase, longest }: Delay, settings: PollSettings, stepMs: number): Check {
  const most = SWEEP_EVERY_MS + Math.max(intervalOf(phase, settings), settings.extendedIntervalMs) + stepMs;
  return check(`${phase}: every fill recorded within ${most / SECOND} s`, longest <= most, `${longest / SECOND} s`);
}

/** The week's true hours, written down here once more: the poller learns them from the broker. */
function calendarOfWeek(): MarketCalendar {
  const rules = usEquities();
  const friday = rules.sessionOn('2026-10-30');
  const early: TradingSession | null = friday && {
    ...friday,
    close: Date.parse('2026-10-30T13:00:00-04:00'),
    postClose: Date.parse('2026-10-30T17:00:00-04:00'),
  };
  return withReportedSessions(
    rules,
    new Map([
      ['2026-10-30', early],
      ['2026-11-03', null],
    ]),
  );
}
