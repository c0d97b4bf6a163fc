import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';

/** Longer than any program here takes to start or to stop, also on a machine that has much else to do, ms. */
const PATIENCE_MS = 60_000;
const LOOK_EVERY_MS = 50;
/** Kept for the message of a failure: the last so many characters. */
const KEPT_OUTPUT = 20_000;

/** One program of ours in a process of its own. It is started, ended and started again on the same port. */
export interface Program {
  readonly name: string;
  /** Resolves when it is ready. @throws {Error} with its output, when it ends or is not ready in time. */
  readonly start: () => Promise<void>;
  /** SIGTERM; resolves when it has ended. */
  readonly stop: () => Promise<void>;
  /** SIGKILL; resolves when it has ended. */
  readonly kill: () => Promise<void>;
  readonly pid: () => number | undefined;
  /** What it printed lately, over all its lives. */
  readonly output: () => string;
}

export interface ProgramOptions {
  readonly name: string;
  readonly args: readonly string[];
  /** All of its environment but PATH. */
  readonly environment: Readonly<Record<string, string>>;
  /** Asked again and again after the start; false and errors mean "not yet". */
  readonly isReady: () => Promise<boolean>;
}

const running = new Set<ChildProcess>();
process.once('exit', () => running.forEach((child) => child.kill('SIGKILL')));

/** A Node program, not yet started. */
export function program({ name, args, environment, isReady }: ProgramOptions): Program {
  let child: ChildProcess | null = null;
  let ended = Promise.resolve();
  let output = '';
  const keep = (text: string): void => {
    output = (output + text).slice(-KEPT_OUTPUT);
  };
  const failure = (what: string): Error => new Error(`${name} ${what}. Its output:\n${output}`);

  async function end(signal: NodeJS.Signals): Promise<void> {
    child?.kill(signal);
    const isGone = await Promise.race([ended.then(() => true), wait(PATIENCE_MS, false, { ref: false })]);
    if (isGone) return;
    child?.kill('SIGKILL');
    throw failure(`did not end within ${PATIENCE_MS / 1000} s of ${signal}`);
  }

  return {
    name,
    async start() {
      if (child !== null) throw new Error(`${name} runs already.`);
      const started = spawn(process.execPath, args, {
        env: { PATH: process.env['PATH'] ?? '', ...environment },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      child = started;
      running.add(started);
      for (const stream of [started.stdout, started.stderr]) stream.setEncoding('utf8').on('data', keep);
      ended = new Promise((resolve) => {
        started.once('close', (status, signal) => {
          keep(`[${name} ended: ${signal ?? `status ${status}`}]\n`);
          running.delete(started);
          child = null;
          resolve();
        });
      });
      const deadline = Date.now() + PATIENCE_MS;
      while (!(await isReady().catch(() => false))) {
        if (child !== started) throw failure('ended at its start');
        if (Date.now() > deadline) throw failure(`was not ready within ${PATIENCE_MS / 1000} s`);
        await wait(LOOK_EVERY_MS);
      }
    },
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
    pid: () => child?.pid,
    output: () => output,
  };
}
