import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { SECOND } from '@fill-tracker/domain';
import type { RunningSimulator } from '@fill-tracker/schwab-simulator';
import type { PollerConfig, PollerSecrets } from '../config/poller-config.ts';
import type { StopSignals } from '../loop/run-poll-loop.ts';
import { differencesFromTruth } from './compare-with-truth.ts';
import { EXIT } from './command-error.ts';
import { withRecord } from './open-record.ts';
import type { Output } from './output.ts';
import { printFills } from './print-fills.ts';
import { run } from './run.ts';
import { simulator } from './simulate.ts';

export interface DemoOptions {
  readonly config: PollerConfig;
  readonly secrets: PollerSecrets;
  readonly signals: StopSignals & { readonly request: () => void };
  readonly seed: number;
  /** Ends by itself after this time; null runs until told to stop. */
  readonly seconds: number | null;
  /** Print one JSON value at the end, instead of lines as it happens. */
  readonly isJson: boolean;
}

/** Simulator and poller together: prints every order as it fills, and at the end holds the record against the truth. */
export async function demo(options: DemoOptions, output: Output): Promise<number> {
  const { config, secrets, signals, seed, seconds, isJson } = options;
  const story: Output = isJson ? { ...output, line: () => undefined } : output;
  const stateFile = join(dirname(config.databaseFile), 'demo-simulator.json');
  const broker = await simulator({ port: config.simulatorPort, scenario: 'demo', seed, stateFile });
  try {
    story.line(`DEMO. A made-up broker at ${broker.url}; nothing here is a real order. Ctrl-C stops.`);
    story.line(`Record: ${config.databaseFile}   Health: http://127.0.0.1:${config.pollerPort}/healthz`);
    story.line('');
    if (seconds !== null) void wait(seconds * SECOND, undefined, { ref: false }).then(signals.request);
    const quiet = { ...config, logLevel: config.logLevel === 'info' ? 'warn' : config.logLevel };
    await run({ config: quiet, secrets, signals, listener: printFills(story) });
    return await proveRecord(config, broker, isJson, output);
  } finally {
    await broker.close();
  }
}

/** Only orders that are over for both sides are compared: the rest may have moved since the last poll. */
async function proveRecord(
  config: PollerConfig,
  broker: RunningSimulator,
  isJson: boolean,
  output: Output,
): Promise<number> {
  const record = await withRecord(config, (db) => db.findOrders({ limit: 100_000 }));
  const over = new Set(
    record.filter(({ known }) => known.state.status !== 'PENDING').map(({ known }) => known.brokerOrderId),
  );
  const truth = broker.truth().orders.filter(({ brokerOrderId }) => over.has(brokerOrderId));
  const recorded = record.filter(({ known }) => over.has(known.brokerOrderId));
  const differences = differencesFromTruth(recorded, truth);
  const fills = recorded.reduce((sum, { known }) => sum + known.fills.length, 0);
  const status = differences.length === 0 ? EXIT.fine : EXIT.problem;
  if (isJson) {
    output.json({ endedOrders: recorded.length, fills, differences });
    return status;
  }
  output.line('');
  output.line(
    differences.length === 0
      ? `${recorded.length} ended orders with ${fills} fills recorded: all equal to the broker's own truth.`
      : `${differences.length} of ${recorded.length} ended orders differ from the broker's own truth:`,
  );
  for (const { brokerOrderId, recorded: ours, truth: theirs } of differences) {
    output.line(`  ${brokerOrderId}\n    record ${ours}\n    truth  ${theirs}`);
  }
  return status;
}
