/**
 * `poller run`, which tells its parent how it does when asked: heap after a forced collection, event-loop lag, CPU. To
 * be started with `--expose-gc` and an IPC channel.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { DEFAULT_POLL_SETTINGS } from '@fill-tracker/domain';
import { z } from 'zod';
import { run } from '../../cli/run.ts';
import { stopOnSignals } from '../../cli/stop-signals.ts';
import { configFor, DEMO_SECRETS } from '../../testing/world.ts';

/** As the only argument, in JSON. */
const optionsSchema = z.object({
  file: z.string(),
  simulatorUrl: z.string(),
  simulatorPort: z.number(),
  requestsPerMinute: z.number(),
});

export type SoakedPollerOptions = z.infer<typeof optionsSchema>;

/** Asked over IPC. */
export type SoakQuestion = 'measure';

/** Told over IPC: since the last time. */
export interface SoakMeasure {
  /** After a forced collection. */
  readonly heapBytes: number;
  readonly rssBytes: number;
  readonly cpuMs: number;
  /** How late the event loop was; ms. */
  readonly lagP50Ms: number;
  readonly lagP99Ms: number;
  readonly lagMaxMs: number;
}

/** The monitor looks this often, and counts its own rest as delay. */
const RESOLUTION_MS = 10;

const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
delay.enable();
let cpuBefore = process.cpuUsage();

function measure(): SoakMeasure {
  const lag = (ns: number): number => Math.max(0, Math.round((ns / 1e6 - RESOLUTION_MS) * 10) / 10);
  const lags = { lagP50Ms: lag(delay.percentile(50)), lagP99Ms: lag(delay.percentile(99)), lagMaxMs: lag(delay.max) };
  const { user, system } = process.cpuUsage(cpuBefore);
  // Twice: what finalizers let go of in the first run goes in the second.
  globalThis.gc?.();
  globalThis.gc?.();
  const { heapUsed: heapBytes, rss: rssBytes } = process.memoryUsage();
  // A collection is no fault of the poller's.
  delay.reset();
  cpuBefore = process.cpuUsage();
  return { heapBytes, rssBytes, cpuMs: Math.round((user + system) / 1_000), ...lags };
}

if (globalThis.gc === undefined) throw new Error('to be started with --expose-gc');
process.on('message', (question) => {
  if (question === ('measure' satisfies SoakQuestion)) process.send?.(measure());
});
const options = optionsSchema.parse(JSON.parse(process.argv[2] ?? '{}'));
const { file, simulatorUrl: url, simulatorPort: port, requestsPerMinute } = options;
const config = {
  ...configFor({ url, port }, file),
  settings: DEFAULT_POLL_SETTINGS,
  requestsPerMinute,
  logLevel: 'warn' as const,
};
await run({ config, secrets: DEMO_SECRETS, signals: stopOnSignals() });
// The channel to the parent would keep the process alive.
process.disconnect();
