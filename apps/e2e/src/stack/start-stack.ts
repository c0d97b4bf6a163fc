/**
 * Everything that `start` runs for the demo, as the same built programs: simulated broker, poller, and API with the
 * dashboard, on free ports, on a fresh record in a folder that is gone at the end. Each program ends and restarts alone.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { type BrokerControl, brokerControl } from './broker-control.ts';
import { fetchJson } from './fetch-json.ts';
import { freePorts } from './free-ports.ts';
import { type Program, program } from './program.ts';
import { startRewording } from './rewording.ts';
import { expectBuilt, PROGRAMS } from './workspace.ts';

export interface StackOptions {
  /** Of all programs, over the usual: fast polling, no jitter, few logs. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Of the poller alone, such as the port of something that stands between it and the broker. */
  readonly pollerEnvironment?: Readonly<Record<string, string>>;
  /** Changes what the broker answers, as text, before the poller reads it: for words that the simulator refuses. */
  readonly rewordBroker?: (answer: string) => string;
  /** `none` when left out. */
  readonly scenario?: string;
  readonly seed?: number;
  /** Runs before any program, such as something that fills the record. */
  readonly prepare?: (record: { readonly folder: string; readonly databaseFile: string }) => Promise<void>;
}

export interface Stack extends AsyncDisposable {
  readonly folder: string;
  readonly databaseFile: string;
  /** Base addresses without a slash at the end; the API also serves the dashboard. */
  readonly urls: { readonly simulator: string; readonly poller: string; readonly api: string };
  readonly simulator: Program;
  readonly poller: Program;
  readonly api: Program;
  readonly broker: BrokerControl;
  /** JSON of the API: a path such as `/api/orders`; a body makes it a POST. */
  readonly ask: (path: string, body?: unknown, headers?: Readonly<Record<string, string>>) => Promise<unknown>;
  /** What the programs printed, for the message of a failure. */
  readonly output: () => string;
  /** Ends all programs and removes the folder. */
  readonly close: () => Promise<void>;
}

/** @throws {Error} when a program is not built or does not start; nothing is left running then. */
export async function startStack(options: StackOptions = {}): Promise<Stack> {
  expectBuilt();
  const stack = await prepareStack(options);
  try {
    await options.prepare?.({ folder: stack.folder, databaseFile: stack.databaseFile });
    await stack.simulator.start();
    // The poller makes the record; before that the API would only complain.
    await stack.poller.start();
    await stack.api.start();
    return stack;
  } catch (error) {
    await stack.close();
    throw error;
  }
}

async function prepareStack(options: StackOptions): Promise<Stack> {
  const { environment, pollerEnvironment, rewordBroker, scenario, seed } = options;
  const [simulatorPort, pollerPort, apiPort] = await freePorts(3);
  const folder = mkdtempSync(join(tmpdir(), 'fill-tracker-e2e-'));
  const databaseFile = join(folder, 'record.db');
  const urls = {
    simulator: `http://127.0.0.1:${simulatorPort}`,
    poller: `http://127.0.0.1:${pollerPort}`,
    api: `http://127.0.0.1:${apiPort}`,
  };
  const variables = {
    DEMO: '1',
    DATABASE_URL: `file:${databaseFile}`,
    SIMULATOR_PORT: String(simulatorPort),
    POLLER_PORT: String(pollerPort),
    API_PORT: String(apiPort),
    LOG_LEVEL: 'warn',
    POLL_INTERVAL_SECONDS: '1',
    POLL_FAST_INTERVAL_SECONDS: '0.5',
    POLL_JITTER_SECONDS: '0',
    POLL_REQUESTS_PER_MINUTE: '120',
    ...environment,
  };
  const wording = rewordBroker === undefined ? null : await startRewording(urls.simulator, rewordBroker);
  const noEnvFile = ['--env', '/dev/null'];
  const simulator = program({
    name: 'the simulator',
    args: [PROGRAMS.poller, 'simulate', '--scenario', scenario ?? 'none', '--seed', String(seed ?? 1), ...noEnvFile],
    environment: variables,
    isReady: () => isOk(`${urls.simulator}/simulator/health`),
  });
  const poller = program({
    name: 'the poller',
    args: [PROGRAMS.poller, 'run', ...noEnvFile],
    environment: {
      ...variables,
      ...(wording !== null && { SIMULATOR_PORT: String(wording.port) }),
      ...pollerEnvironment,
    },
    isReady: () => hasWorkingPoller(`${urls.poller}/healthz`),
  });
  const api = program({
    name: 'the API',
    args: [PROGRAMS.api, ...noEnvFile],
    environment: variables,
    isReady: () => isOk(`${urls.api}/readyz`),
  });
  const programs = [api, poller, simulator];

  async function close(): Promise<void> {
    const endings = await Promise.allSettled(programs.map((each) => each.stop()));
    await wording?.close();
    rmSync(folder, { recursive: true, force: true });
    const failed = endings.find((ending) => ending.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  }

  return {
    folder,
    databaseFile,
    urls,
    simulator,
    poller,
    api,
    broker: brokerControl(urls.simulator),
    ask: (path, body, headers) => fetchJson(`${urls.api}${path}`, body, headers),
    output: () => programs.map((each) => `--- ${each.name}\n${each.output()}`).join('\n'),
    close,
    [Symbol.asyncDispose]: close,
  };
}

async function isOk(address: string): Promise<boolean> {
  return (await fetch(address)).ok;
}

const pollerHealth = z.object({ state: z.string(), cycles: z.number() });

/** A poller that waits for another's lease is not what a test starts: it is ready once it polls. */
async function hasWorkingPoller(address: string): Promise<boolean> {
  const { state, cycles } = pollerHealth.parse(await fetchJson(address));
  return state === 'polling' && cycles > 0;
}
