// Keeps one program running: starts it, and starts it again when it dies, with growing waits.
import { spawn } from 'node:child_process';

/** All programs end within 5 s by themselves; what does not is killed, so that the whole ends within 10. */
export const KILL_AFTER_MS = 8_000;

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;
/** A program that ran this long was well; its next fall starts with the shortest wait again. */
const WELL_AFTER_MS = 60_000;

/**
 * @param {{ name: string, args: string[], env: NodeJS.ProcessEnv, tell: (text: string) => void }} program
 * @returns {{ stop(signal: NodeJS.Signals): void, restart(): void, ended: Promise<void>, refused: Promise<number> }}
 *   `ended` resolves once it was told to stop and has; `refused` with the exit status of a first start that failed
 */
export function keepRunning({ name, args, env, tell }) {
  let child = null;
  let isStopping = false;
  let isRestarting = false;
  let wasRestarted = false;
  let waitMs = FIRST_WAIT_MS;
  let timer = null;
  let resolveEnded;
  let resolveFailed;
  const ended = new Promise((resolve) => (resolveEnded = resolve));
  // A program that says "this cannot work" before it ever worked is believed: restarting would only repeat it.
  const refused = new Promise((resolve) => (resolveFailed = resolve));

  start();
  return {
    ended,
    refused,
    stop(signal) {
      isStopping = true;
      clearTimeout(timer);
      if (child === null) resolveEnded();
      else child.kill(signal);
    },
    restart() {
      if (isStopping || isRestarting) return;
      wasRestarted = true;
      waitMs = FIRST_WAIT_MS;
      clearTimeout(timer);
      if (child === null) {
        start();
        return;
      }
      isRestarting = true;
      child.kill('SIGTERM');
      timer = setTimeout(() => child?.kill('SIGKILL'), KILL_AFTER_MS);
    },
  };

  function start() {
    const startedAt = Date.now();
    child = spawn(process.execPath, args, { env, stdio: ['ignore', 'ignore', 'inherit'] });
    child.once('exit', (code, signal) => {
      child = null;
      if (isStopping) {
        resolveEnded();
        return;
      }
      if (isRestarting) {
        isRestarting = false;
        clearTimeout(timer);
        start();
        return;
      }
      const lived = Date.now() - startedAt;
      const hadNeverWorked = lived < 3_000 && waitMs === FIRST_WAIT_MS && !wasRestarted;
      if (code !== 0 && code !== null && hadNeverWorked) resolveFailed(code);
      if (lived > WELL_AFTER_MS) waitMs = FIRST_WAIT_MS;
      tell(`${name} ended (${signal ?? `status ${code}`}); starting it again in ${waitMs / 1000} s`);
      timer = setTimeout(start, waitMs);
      waitMs = Math.min(LONGEST_WAIT_MS, waitMs * 2);
    });
  }
}
