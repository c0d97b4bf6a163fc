import { systemClock } from '@fill-tracker/schwab-client';
import type { Logger } from 'pino';
import type { PollerConfig, PollerSecrets } from '../config/poller-config.ts';
import { createPoller } from '../create-poller.ts';
import type { CycleRecord } from '@fill-tracker/db';
import { allOf, type PollerEvents } from '../events.ts';
import { newPollerLife, runPoller } from '../loop/run-poller.ts';
import { runOnce } from '../loop/run-once.ts';
import type { StopSignals } from '../loop/run-poll-loop.ts';
import { tellOthers } from '../alerts/tell-others.ts';
import { startHealthServer } from '../ops/health-server.ts';
import { createLogger, logEvents } from '../ops/log-events.ts';
import { createMetrics } from '../ops/metrics.ts';
import { processParts } from '../process-parts.ts';
import { CommandError, EXIT } from './command-error.ts';
import { openRecord } from './open-record.ts';
import { presentCycle } from './present-cycle.ts';
import type { Output } from './output.ts';

export interface RunParts {
  readonly config: PollerConfig;
  readonly secrets: PollerSecrets;
  readonly signals: StopSignals;
  /** Told of everything, besides logs and metrics. */
  readonly listener?: Partial<PollerEvents>;
}

/** Polls until told to stop: `/healthz` and `/metrics` on the poller's own port. */
export async function run({ config, secrets, signals, listener = {} }: RunParts): Promise<void> {
  const log = createLogger(config.logLevel);
  const metrics = createMetrics();
  const life = newPollerLife();
  const health = await startHealthServer(config.pollerPort, life, metrics.registry, () => systemClock.now());
  try {
    const db = await openRecord(config);
    try {
      const events = allOf(logEvents(log), metrics.events, listener);
      const poller = await createPoller({ config, secrets, db, ...processParts(), events });
      metrics.observe({
        progress: () => life.progress,
        budget: () => poller.client.budget(),
        clockSkew: () => poller.client.clockSkew(),
        countOrders: () => db.countOrders(),
        readSignIn: () => db.readSignIn(),
        now: () => poller.clock.now(),
      });
      tellStart(log, config, poller.owner, health.port);
      const ended = new AbortController();
      const telling = tellOthers({ config, secrets, poller, random: Math.random }, ended.signal);
      try {
        // What hangs would keep the process alive: whoever supervises it starts a new one.
        await runPoller(poller, life, signals, () => process.exit(EXIT.problem));
      } finally {
        ended.abort();
        await telling;
      }
    } finally {
      await db.close();
    }
  } finally {
    await health.close();
    log.info('poller stopped');
  }
}

function tellStart(log: Logger, config: PollerConfig, owner: string, pollerPort: number): void {
  const { isDemo, brokerUrl, databaseFile, settings, requestsPerMinute } = config;
  log.info({ owner, isDemo, brokerUrl, databaseFile, pollerPort, settings, requestsPerMinute }, 'poller started');
}

/** Polls until told to stop; as JSON, says at the end how often it looked. */
export async function runUntilStopped(parts: RunParts, isJson: boolean, output: Output): Promise<void> {
  let cycles = 0;
  await run({ ...parts, listener: { cycleEnded: () => (cycles += 1) } });
  if (isJson) output.json({ stopped: true, cycles });
}

/** One full cycle. Exit status 0 when every due order was examined. */
export async function runOneCycle(
  { config, secrets, signals }: RunParts,
  isJson: boolean,
  output: Output,
): Promise<number> {
  const db = await openRecord(config);
  try {
    const events = allOf(logEvents(createLogger(config.logLevel)));
    const poller = await createPoller({ config, secrets, db, ...processParts(), events });
    const summary = await runOnce(poller, signals.stop);
    if (isJson) output.json(presentCycle(summary));
    else output.line(describe(summary));
    return summary.outcome === 'complete' ? EXIT.fine : EXIT.problem;
  } catch (error) {
    if (!signals.stop.aborted) throw error;
    throw new CommandError('Told to stop before the cycle had ended; nothing of it was recorded.');
  } finally {
    await db.close();
  }
}

function describe({ outcome, due, examined, changed, requests, errorKind }: CycleRecord): string {
  const trouble = errorKind === null ? '' : `, first failure: ${errorKind}`;
  return `Cycle ${outcome}: ${examined} of ${due} due orders examined, ${changed} changed, ${requests} requests${trouble}.`;
}
