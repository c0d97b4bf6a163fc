/** The installed program as people run it: `dist/main.js` in a process of its own, with an environment of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import type { World, OwningTest } from './world.ts';

const PROGRAM = join(import.meta.dirname, '../../dist/main.js');
const COMPILED = join(import.meta.dirname, '../../compiled');

/** `poller run` with no `.env` of this machine. */
export const RUN: readonly string[] = ['run', '--env', '/dev/null'];

export type Variables = Readonly<Record<string, string>>;

export interface ProcessAtWork {
  readonly child: ChildProcess;
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** The lines of stderr that are JSON. */
  readonly logs: () => readonly LogLine[];
  readonly signal: (name: NodeJS.Signals) => void;
  /** Exit status; null when a signal ended it. */
  readonly ended: Promise<number | null>;
}

interface LogLine {
  readonly msg: string;
  readonly pollerPort?: number;
  readonly owner?: string;
  readonly fencing?: number;
}

interface ProcessOptions {
  readonly variables?: Variables;
  readonly onNews?: () => void;
  readonly withIpc?: boolean;
  /** For node itself. */
  readonly nodeArgs?: readonly string[];
}

export interface FinishedProcess {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts a script that only tests start, as it was compiled. What else is said at `spawnNode` holds here. */
export function startProcess(
  test: OwningTest,
  script: string,
  args: readonly string[],
  options: ProcessOptions = {},
): ProcessAtWork {
  return spawnNode(test, join(COMPILED, script), args, options);
}

/** It is killed when the test ends. `onNews` is called with each output and at the end. */
function spawnNode(test: OwningTest, script: string, args: readonly string[], options: ProcessOptions): ProcessAtWork {
  const { variables = {}, onNews = () => undefined, withIpc = false, nodeArgs = [] } = options;
  const child = spawn(process.execPath, [...nodeArgs, script, ...args], {
    env: { PATH: process.env['PATH'] ?? '', ...variables },
    stdio: ['pipe', 'pipe', 'pipe', ...(withIpc ? (['ipc'] as const) : [])],
  });
  const texts = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.setEncoding('utf8').on('data', (text: string) => {
      texts[name] += text;
      onNews();
    });
  }
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status) => {
      resolve(status);
      onNews();
    });
  });
  test.onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  return {
    child,
    stdout: () => texts.stdout,
    stderr: () => texts.stderr,
    logs: () => logLines(texts.stderr),
    signal: (name) => void child.kill(name),
    ended,
  };
}

/** Starts `poller ...`. */
export function startPollerProcess(
  test: OwningTest,
  args: readonly string[],
  variables: Variables,
  onNews?: () => void,
): ProcessAtWork {
  return spawnNode(test, PROGRAM, args, { variables, ...(onNews && { onNews }) });
}

/** Runs `poller ...` to its end; `input` is what is typed into it. */
export async function runCommand(
  test: OwningTest,
  args: readonly string[],
  variables: Variables = {},
  input = '',
): Promise<FinishedProcess> {
  const { child, stdout, stderr, ended } = startPollerProcess(test, args, variables);
  child.stdin?.on('error', () => undefined).end(input);
  return { status: await ended, stdout: stdout(), stderr: stderr() };
}

/** The variables of a demo on this world's broker and record. Any free port for health. */
export function demoVariables({ simulator, file }: Pick<World, 'simulator' | 'file'>): Variables {
  return {
    DEMO: '1',
    DATABASE_URL: `file:${file}`,
    SIMULATOR_PORT: String(simulator.port),
    POLLER_PORT: '0',
    POLL_INTERVAL_SECONDS: '1',
    POLL_FAST_INTERVAL_SECONDS: '0.5',
    POLL_JITTER_SECONDS: '0',
    POLL_REQUESTS_PER_MINUTE: '120',
    LOG_LEVEL: 'debug',
  };
}

/** Asks a running poller on its own port, which its start log names. */
export async function askPoller(poller: ProcessAtWork, path: '/healthz' | '/metrics'): Promise<string> {
  const port = poller.logs().find(({ pollerPort }) => pollerPort !== undefined)?.pollerPort;
  if (port === undefined) throw new Error('the poller has not said its port yet');
  return await (await fetch(`http://127.0.0.1:${port}${path}`)).text();
}

function logLines(text: string): LogLine[] {
  return text
    .split('\n')
    .filter((line) => line.startsWith('{') && line.endsWith('}'))
    .map((line) => JSON.parse(line) as LogLine);
}
