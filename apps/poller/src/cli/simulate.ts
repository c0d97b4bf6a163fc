import { type RunningSimulator, SCENARIOS, startSimulator } from '@fill-tracker/schwab-simulator';
import { UsageError } from './command-error.ts';
import type { Output } from './output.ts';

export interface SimulateOptions {
  readonly port: number;
  readonly scenario: string;
  readonly seed: number;
  /** Where the simulated orders are kept between runs; null keeps them in memory. */
  readonly stateFile: string | null;
}

/** Starts the simulated broker. */
export function simulator({ port, scenario, seed, stateFile }: SimulateOptions): Promise<RunningSimulator> {
  if (!SCENARIOS.some(({ name }) => name === scenario)) {
    throw new UsageError(`There is no scenario "${scenario}". Known: ${SCENARIOS.map(({ name }) => name).join(', ')}.`);
  }
  return startSimulator({ port, scenario, seed, ...(stateFile !== null && { stateFile }) });
}

/** Runs the simulator alone until told to stop. */
export async function simulate(
  options: SimulateOptions,
  stop: AbortSignal,
  isJson: boolean,
  output: Output,
): Promise<void> {
  const running = await simulator(options);
  const { scenario, seed } = options;
  if (isJson) output.json({ url: running.url, scenario, seed });
  else output.line(`Simulator: ${running.url}  (scenario ${scenario}, seed ${seed}; Ctrl-C stops it)`);
  await untilAborted(stop);
  await running.close();
}

/** Resolves when the signal aborts. */
function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    // A pending promise alone keeps no process alive; this timer does, until the signal comes.
    const alive = setInterval(() => undefined, 1 << 30);
    const end = (): void => {
      clearInterval(alive);
      resolve();
    };
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
  });
}
