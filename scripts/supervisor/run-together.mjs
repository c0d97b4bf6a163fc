// Programs that run together and end together: by Ctrl-C, by TERM, or when whoever launched them is gone.
import { setTimeout as wait } from 'node:timers/promises';
import { KILL_AFTER_MS, keepRunning } from './keep-running.mjs';
import { whenLauncherIsGone } from './launcher.mjs';

/**
 * @param {{ env: NodeJS.ProcessEnv, tell: (text: string) => void }} surroundings
 * @returns `run(name, args)` starts a program and keeps it running; `answers(address, isReady)` resolves once it does,
 *   or when all is told to stop; `stop(status)` ends all; `stopping` is a signal that aborts then
 */
export function runTogether({ env, tell }) {
  const programs = [];
  const stopping = new AbortController();
  const stopWell = () => void stop(0);
  process.on('SIGINT', stopWell);
  process.on('SIGTERM', stopWell);
  whenLauncherIsGone(stopWell);
  return { run, answers, stop, stopping: stopping.signal };

  function run(name, args) {
    const program = keepRunning({ name, args, env, tell });
    programs.push(program);
    void program.refused.then(stop);
    return program;
  }

  async function answers(address, isReady = () => true) {
    while (!stopping.signal.aborted) {
      const answer = await fetch(address).catch(() => null);
      if (answer?.ok && isReady(await answer.json().catch(() => ({})))) return;
      await wait(200);
    }
  }

  async function stop(status) {
    if (stopping.signal.aborted) return;
    stopping.abort();
    for (const program of programs) program.stop('SIGTERM');
    const timer = setTimeout(() => programs.forEach((program) => program.stop('SIGKILL')), KILL_AFTER_MS);
    await Promise.all(programs.map((program) => program.ended));
    clearTimeout(timer);
    process.exit(status);
  }
}
