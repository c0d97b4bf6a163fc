import type { PollerStatus } from '@fill-tracker/contract';
import { clockRemedy, clockSkewText, isClockOff } from '../clock-warning.ts';
import { durationText } from './duration-text.ts';
import { errorAdvice } from './error-advice.ts';
import { loadText } from './load-text.ts';
import { wrapText } from './wrap-text.ts';

const WIDTH = 80;
const LABEL_WIDTH = 12;

/** The status for people: how it stands, the facts, and what to do about what is wrong. */
export function statusText(status: PollerStatus, now: number): string {
  const facts = factsOf(status, now).flatMap(([label, text]) =>
    wrapText(text, WIDTH - 2 - LABEL_WIDTH).map((line, i) => `  ${(i === 0 ? label : '').padEnd(LABEL_WIDTH)}${line}`),
  );
  const steps = stepsOf(status);
  return [
    ...wrapText(`${status.demo ? 'DEMO. ' : ''}${status.explanation}`, WIDTH),
    ...facts,
    ...(steps.length === 0 ? [] : ['', 'What to do']),
    ...steps.flatMap((step) => wrapText(step, WIDTH - 4).map((line, i) => `${i === 0 ? '  * ' : '    '}${line}`)),
  ].join('\n');
}

type Fact = readonly [label: string, text: string];

function factsOf(status: PollerStatus, now: number): readonly Fact[] {
  const { orders, requests } = status;
  return [
    ['held by', holderText(status, now)],
    ['last cycle', lastCycleText(status, now)],
    ['next poll', nextPollText(status, now)],
    ['errors', errorsText(status, now)],
    ['market', marketText(status, now)],
    [
      'orders',
      `${orders.pending} pending, ${orders.completed} completed, ${orders.failed} failed, ${orders.attention} need attention`,
    ],
    ['calls', `${requests.lastMinute} of ${requests.perMinuteLimit} in the last minute`],
    ['load', status.load === null ? '-' : loadText(status.load)],
    ['detection', detectionText(status)],
    ['blind', blindText(status, now)],
    ['alerts', status.openAlerts === 0 ? 'none' : `${status.openAlerts} open`],
    ['sign-in', signInText(status, now)],
    ['clock', clockText(status)],
    ['record', status.database],
    ['broker', status.broker],
  ];
}

function holderText({ leaseHolder, heartbeatAt }: PollerStatus, now: number): string {
  const beat = heartbeatAt === null ? '' : `, ${leaseHolder === null ? 'last ' : ''}heartbeat ${ago(heartbeatAt, now)}`;
  return `${leaseHolder ?? 'nobody'}${beat}`;
}

function lastCycleText({ lastCycle: last, lastCompleteAt }: PollerStatus, now: number): string {
  if (last === null) return 'none yet';
  const trouble = last.errorKind === null ? '' : `, ${last.errorKind}`;
  const looked = `${last.outcome}, ${ago(last.finishedAt, now)}, ${last.examined} of ${last.due} due orders examined`;
  if (last.outcome === 'complete') return looked;
  const complete = lastCompleteAt === null ? 'none was complete yet' : `last complete ${ago(lastCompleteAt, now)}`;
  return `${looked}${trouble}; ${complete}`;
}

function nextPollText({ state, nextPollAt, nextPollReason }: PollerStatus, now: number): string {
  if (state !== 'running') return '-';
  if (nextPollAt === null) return 'when a command comes';
  return `${until(nextPollAt, now)}${nextPollReason === null ? '' : ` (${nextPollReason})`}`;
}

function errorsText({ errorStreak: streak }: PollerStatus, now: number): string {
  if (streak === null) return 'none';
  const kinds = streak.kinds.map(({ kind, cycles }) => `${kind} ${cycles}`).join(', ');
  return `${streak.cycles} cycle${streak.cycles === 1 ? '' : 's'} in a row since ${ago(streak.since, now)}: ${kinds}`;
}

function blindText({ blindness: { open, lastDay, toBackfill } }: PollerStatus, now: number): string {
  if (open !== null) return `since ${ago(open.beganAt, now)}: ${open.explanation}`;
  if (lastDay.spots === 0) return 'not within 24 h';
  const unfinished = toBackfill === 0 ? 'made up for' : `${toBackfill} still being made up for`;
  const times = lastDay.spots === 1 ? 'once' : `${lastDay.spots} times`;
  return `${times} within 24 h, ${durationText(lastDay.totalMs)} in all; ${unfinished}`;
}

const PHASES: Readonly<Record<PollerStatus['marketPhase'], string>> = {
  pre: 'pre-market hours',
  regular: 'regular hours',
  post: 'after hours',
  closed: 'closed',
};

function marketText({ marketPhase, marketChangesAt }: PollerStatus, now: number): string {
  const change = marketChangesAt === null ? '' : `, changes ${until(marketChangesAt, now)} (${clock(marketChangesAt)})`;
  return `${PHASES[marketPhase]}${change}`;
}

function detectionText({ detectionLatency: { fills, p50Ms, p95Ms, p99Ms } }: PollerStatus): string {
  if (fills === 0) return 'no fills within 24 h';
  const [p50, p95, p99] = [p50Ms, p95Ms, p99Ms].map((ms) => durationText(ms ?? 0));
  return `p50 ${p50}, p95 ${p95}, p99 ${p99}, at most (${fills} fills within 24 h)`;
}

function signInText({ demo, signIn, orders }: PollerStatus, now: number): string {
  if (demo) return 'the demo needs none';
  if (signIn === null) return 'nobody has signed in';
  const left = Date.parse(signIn.expiresAt) - now;
  const end = left <= 0 ? 'ended' : `ends in ${durationText(left)}`;
  return `${end} (${clock(signIn.expiresAt)}); ${orders.pending} working order${orders.pending === 1 ? '' : 's'}`;
}

function clockText(status: PollerStatus): string {
  const skew = skewOf(status);
  return skew === null ? 'not compared with the broker now' : clockSkewText(skew);
}

function stepsOf(status: PollerStatus): readonly string[] {
  const { errorStreak, signIn, orders } = status;
  const skew = skewOf(status);
  const worst = errorStreak?.kinds[0]?.kind;
  return [
    ...(worst === undefined ? [] : [errorAdvice(worst)]),
    ...(signIn === null || signIn.warning === null ? [] : [`${signIn.warning} (\`poller login\`)`]),
    ...(skew !== null && isClockOff(skew) ? [clockRemedy(skew)] : []),
    ...(status.openAlerts > 0 ? ['`poller alerts` says what needs you.'] : []),
    ...(orders.attention > 0
      ? ['`poller orders --status attention` lists the orders that need attention; `poller show ID` says why, each.']
      : []),
    ...(status.state === 'running' ? [] : ['`poller doctor` finds out what is wrong.']),
  ];
}

function skewOf({ clockSkewMs, clockSkewUncertaintyMs }: PollerStatus) {
  if (clockSkewMs === null || clockSkewUncertaintyMs === null) return null;
  return { aheadMs: clockSkewMs, uncertaintyMs: clockSkewUncertaintyMs };
}

function ago(text: string, now: number): string {
  return `${durationText(now - Date.parse(text))} ago`;
}

function until(text: string, now: number): string {
  const left = Date.parse(text) - now;
  return left <= 0 ? 'now' : `in ${durationText(left)}`;
}

/** To the minute, in UTC. */
function clock(text: string): string {
  return `${text.slice(0, 16).replace('T', ' ')} UTC`;
}
