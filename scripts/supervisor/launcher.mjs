// npx and pnpm do not pass signals on: told to end, they leave the shells and programs that they started running.
// So a program that must end with them watches the processes between itself and the one that was typed.
import { readFileSync } from 'node:fs';

const LOOK_EVERY_MS = 500;

/**
 * Calls `onGone` once when a launcher above this process is gone. Launchers are the npx, npm, pnpm and shell
 * processes that lie between this process and whoever typed the command; further up is none of our business.
 */
export function whenLauncherIsGone(onGone) {
  const chain = launchersAbove(process.pid);
  const timer = setInterval(() => {
    if (chain.every(({ pid, parent }) => parentOf(pid) === parent) && process.ppid === (chain[0]?.pid ?? process.ppid))
      return;
    clearInterval(timer);
    onGone();
  }, LOOK_EVERY_MS);
  timer.unref();
}

function launchersAbove(pid) {
  const chain = [];
  for (let above = parentOf(pid); above !== null && above > 1 && isLauncher(above); above = parentOf(above)) {
    chain.push({ pid: above, parent: parentOf(above) });
  }
  return chain;
}

function isLauncher(pid) {
  const words = read(`/proc/${pid}/cmdline`)?.split('\0') ?? [];
  return (
    words
      .slice(0, 3)
      .some((word) => /(^|[\\/])(npx|npm|pnpm)([.-][\w.]*)?$|npm-cli|npx-cli|^(sh|\/bin\/sh)$/.test(word)) ||
    /^(npm|npx|pnpm)\b/.test(words[0] ?? '')
  );
}

/** Null where it cannot be known: off Linux, or when the process is gone. */
function parentOf(pid) {
  const stat = read(`/proc/${pid}/stat`);
  // The name in parentheses may hold anything; what follows the last one is: state, parent, ...
  const parent = stat === null ? Number.NaN : Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  return Number.isNaN(parent) ? null : parent;
}

function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
