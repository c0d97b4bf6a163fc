import type { Alert, FillDatabase, StoredCycle, ToldBlindSpot } from '@fill-tracker/db';
import { type Instant, MINUTE, SECOND } from '@fill-tracker/domain';
import type { RecordedRequest } from '@fill-tracker/schwab-simulator';
import type { Difference } from '../../cli/compare-with-truth.ts';
import { type Check, check, checkNone } from '../check.ts';
import { mostWithin } from '../most-within.ts';
import { unsoundOrders } from '../unsound-orders.ts';
import type { Outage } from './outage.ts';

/** An outage that is over, and what there is to judge its handling by. */
export interface Endured {
  readonly outage: Outage;
  readonly from: Instant;
  readonly to: Instant;
  readonly record: FillDatabase;
  readonly differences: readonly Difference[];
  readonly requests: readonly RecordedRequest[];
  readonly requestsPerMinute: number;
  /** What the loop itself failed on: never the broker's fault. */
  readonly loopFailures: number;
}

/** In figures; ms. */
export interface OutageFigures {
  readonly kind: string;
  readonly seconds: number;
  /** From its end to the end of the first complete cycle after it; null when there was none. */
  readonly resumedAfterMs: number | null;
  readonly failedCycles: number;
  readonly requestsMeanwhile: number;
  readonly refreshesMeanwhile: number;
  readonly busiestMinute: number;
}

export async function judgeOutage(
  endured: Endured,
): Promise<{ readonly figures: OutageFigures; readonly checks: readonly Check[] }> {
  const { outage, from, to, record } = endured;
  const cycles = await record.cyclesEndedAfter(from);
  const meanwhile = endured.requests.filter(({ time }) => Date.parse(time) >= from && Date.parse(time) < to);
  const instants = endured.requests.map(({ time }) => Date.parse(time));
  const figures: OutageFigures = {
    kind: outage.kind,
    seconds: Math.round((to - from) / SECOND),
    resumedAfterMs: resumedAfter(cycles, to),
    failedCycles: cycles.filter(({ outcome }) => outcome !== 'complete').length,
    requestsMeanwhile: meanwhile.length,
    refreshesMeanwhile: meanwhile.filter(({ grantType }) => grantType === 'refresh_token').length,
    busiestMinute: mostWithin(instants, MINUTE),
  };
  const name = (what: string): string => `${outage.kind}, ${figures.seconds} s: ${what}`;
  const { resumedAfterMs } = figures;
  return {
    figures,
    checks: [
      checkNone(name('the record equals the truth'), endured.differences),
      checkNone(name('nothing is in the record twice'), await unsoundOrders(record)),
      check(name('the loop never failed'), endured.loopFailures === 0, `${endured.loopFailures} failures`),
      check(
        name(`seeing again within ${outage.resumesWithinMs / SECOND} s of its end`),
        resumedAfterMs !== null && resumedAfterMs <= outage.resumesWithinMs,
        resumedAfterMs === null ? 'never' : `${resumedAfterMs / SECOND} s`,
      ),
      check(
        name(`never more than ${endured.requestsPerMinute} requests in any minute`),
        figures.busiestMinute <= endured.requestsPerMinute,
        `${figures.busiestMinute}`,
      ),
      ...(await checksOfRecord(endured, cycles)).map((each) => ({ ...each, name: name(each.name) })),
    ],
  };
}

/** What the record itself must say of an outage, once it is over. */
async function checksOfRecord(
  { outage, from, to, record }: Endured,
  cycles: readonly StoredCycle[],
): Promise<readonly Check[]> {
  const streak = await record.errorStreak();
  const isLong = to - from >= LONG_MS;
  const untold = cycles.filter(({ outcome, errorKind }) => outcome !== 'complete' && errorKind === null);
  const failed = cycles.filter(({ errorKind }) => errorKind !== null).map(({ errorKind }) => errorKind);
  return [
    check('the error streak is over', streak === null, streak === null ? 'no streak' : `${streak.cycles} cycles`),
    checkNone('every cycle that failed says why', untold),
    ...(isLong ? [check(`cycles failed, by ${outage.kind}`, failed.length > 0, [...new Set(failed)].join(', '))] : []),
    checkSpots(await record.pageBlindSpots({ limit: 100 }), { from, to, isLong }),
    checkAlerts(await record.pageAlerts({ limit: 100 }), isLong && to - from >= outage.alarmsWithinMs),
  ];
}

interface Span {
  readonly from: Instant;
  readonly to: Instant;
  readonly isLong: boolean;
}

/** One blind spot that holds the outage, and all of it made up for. A short outage may fall between two looks. */
function checkSpots(spots: readonly ToldBlindSpot[], { from, to, isLong }: Span): Check {
  const [spot] = spots;
  const holds =
    spot !== undefined &&
    spot.beganAt <= from + LOOKS_WITHIN_MS &&
    (spot.endedAt ?? Infinity) >= to - LOOKS_WITHIN_MS &&
    spot.backfilledAt !== null;
  const isRight = spots.length === 1 ? holds : spots.length === 0 && !isLong;
  const told = spots.map((each) => {
    const length = each.endedAt === null ? 'open' : `${(each.endedAt - each.beganAt) / SECOND} s`;
    return `${each.cause}, ${length}, ${each.lateFills} fills found late`;
  });
  return check('one blind spot, made up for', isRight, told.length === 0 ? 'none' : told.join(' | '));
}

/** One alert and its end; a trouble that is over before anybody could look is no alert. */
function checkAlerts(alerts: readonly Alert[], mustAlarm: boolean): Check {
  const areOver = alerts.every(({ clearedAt }) => clearedAt !== null);
  const isRight = areOver && (mustAlarm ? alerts.length === 1 : alerts.length <= 1);
  const told = alerts.map(({ cause, raisedAt, clearedAt }) => {
    return clearedAt === null ? `${cause}, open` : `${cause}, ${(clearedAt - raisedAt) / SECOND} s`;
  });
  return check('one alert, and that it is over', isRight, told.length === 0 ? 'none' : told.join(' | '));
}

/** A spot begins with the last good look before, and ends with the first after: looks come this close together. */
const LOOKS_WITHIN_MS = 15 * SECOND;

/** Retries within a cycle outlast shorter ones. */
const LONG_MS = 30 * SECOND;

/** @param cycles newest first; unchanged ones in a row are one, which may have begun before the end of the outage */
function resumedAfter(cycles: readonly StoredCycle[], to: Instant): number | null {
  const complete = cycles.filter(({ outcome, lastFinishedAt }) => outcome === 'complete' && lastFinishedAt >= to);
  const first = complete.at(-1);
  return first === undefined ? null : Math.max(0, first.finishedAt - to);
}
