import { loadOf, type PollerStatus } from '@fill-tracker/contract';
import { loadText } from './load-text.ts';
import { type FillDatabase, pollerStateOf, tracesOf } from '@fill-tracker/db';
import { marketMoment, POLLER_STATES } from '@fill-tracker/domain';
import type { PollerConfig } from '../config/poller-config.ts';
import { EXIT } from './command-error.ts';
import type { Output } from './output.ts';
import { presentCycle } from './present-cycle.ts';

/** Says whether the poller is alive and what it sees. Exit status 0 only when it is at work. */
export async function showStatus(
  db: FillDatabase,
  config: PollerConfig,
  now: number,
  isJson: boolean,
  output: Output,
): Promise<number> {
  const status = await statusOf(db, config, now);
  if (isJson) output.json(status);
  else output.line(describe(status, now));
  return status.state === 'running' ? EXIT.fine : EXIT.problem;
}

async function statusOf(db: FillDatabase, config: PollerConfig, now: number): Promise<PollerStatus> {
  const [lease, [lastCycle], orders] = await Promise.all([db.readLease(), db.lastCycles(1), db.countOrders()]);
  const state = pollerStateOf(lease, now);
  const market = marketMoment(config.calendar, now);
  const reason = lease.progress?.['nextPollReason'];
  return {
    state,
    explanation: POLLER_STATES[state],
    demo: config.isDemo,
    broker: config.brokerUrl,
    database: db.file,
    leaseHolder: state === 'running' || state === 'stuck' ? lease.owner : null,
    heartbeatAt: time(lease.heartbeatAt),
    nextPollAt: state === 'running' ? time(tracesOf(lease).nextPollAt) : null,
    nextPollReason: state === 'running' && typeof reason === 'string' ? reason : null,
    marketPhase: market.phase,
    marketChangesAt: time(market.nextChange?.at ?? null),
    load: state === 'running' ? loadOf(lease.progress) : null,
    lastCycle: lastCycle === undefined ? null : presentCycle({ ...lastCycle, finishedAt: lastCycle.lastFinishedAt }),
    orders,
  };
}

function describe(status: PollerStatus, now: number): string {
  const { lastCycle: last, orders } = status;
  const cycle =
    last === null
      ? 'none yet'
      : `${last.outcome}, ${ago(last.finishedAt, now)} ago, ${last.examined} of ${last.due} orders examined` +
        (last.errorKind === null ? '' : `, ${last.errorKind}`);
  return [
    `${status.demo ? 'DEMO. ' : ''}${status.explanation}`,
    `  held by     ${status.leaseHolder ?? 'nobody'}${status.heartbeatAt === null ? '' : `, heartbeat ${ago(status.heartbeatAt, now)} ago`}`,
    `  last cycle  ${cycle}`,
    `  next poll   ${status.nextPollAt === null ? '-' : `${status.nextPollAt} (${status.nextPollReason ?? ''})`}`,
    `  market      ${status.marketPhase}${status.marketChangesAt === null ? '' : `, changes at ${status.marketChangesAt}`}`,
    `  load        ${status.load === null ? '-' : loadText(status.load)}`,
    `  orders      ${orders.pending} pending, ${orders.completed} completed, ${orders.failed} failed, ${orders.attention} need attention`,
    `  record      ${status.database}`,
    `  broker      ${status.broker}`,
  ].join('\n');
}

function ago(text: string, now: number): string {
  return `${Math.max(0, Math.round((now - Date.parse(text)) / 100) / 10)} s`;
}

function time(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
