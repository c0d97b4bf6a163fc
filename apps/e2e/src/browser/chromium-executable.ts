import { existsSync } from 'node:fs';
import { arch, platform } from 'node:os';
import { chromium } from '@playwright/test';

const SYSTEM_CHROMIUM = '/usr/bin/chromium';

/** A sandbox needs rights that containers lack, and the only pages opened are our own; the rest keeps it quiet. */
export const CHROMIUM_ARGS: readonly string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
];

/** What this machine has. */
export interface Machine {
  /** As Node names it, such as `linux-x64`. */
  readonly kind: string;
  /** CHROMIUM_PATH; undefined or empty when not set. */
  readonly named: string | undefined;
  /** Where Playwright's own browser would be. */
  readonly installed: string;
  readonly exists: (path: string) => boolean;
  /** Unpacks the Chromium that comes as an npm package and gives its path; it runs on linux-x64 alone. */
  readonly unpack: () => Promise<string>;
}

/**
 * The Chromium to run: the one named by CHROMIUM_PATH, Playwright's own, the system's, or the packaged one.
 *
 * @throws {Error} when there is none, or none where CHROMIUM_PATH points to; says what to do.
 */
export async function chromiumExecutable(machine: Machine = thisMachine()): Promise<string> {
  const { kind, named, installed, exists, unpack } = machine;
  if (named !== undefined && named !== '') {
    if (exists(named)) return named;
    throw new Error(`CHROMIUM_PATH is ${named}, and there is no such file. Correct it, or leave it empty.`);
  }
  const found = [installed, SYSTEM_CHROMIUM].find((path) => path !== '' && exists(path));
  if (found !== undefined) return found;
  if (kind === 'linux-x64') return unpack();
  throw new Error(
    `There is no Chromium for the browser tests on this machine (${kind}). ` +
      'Run "npx playwright install chromium" in apps/e2e, or set CHROMIUM_PATH to the program of a Chromium or Chrome.',
  );
}

function thisMachine(): Machine {
  return {
    kind: `${platform()}-${arch()}`,
    named: process.env['CHROMIUM_PATH'],
    installed: chromium.executablePath(),
    exists: existsSync,
    unpack: async () => (await import('@sparticuz/chromium')).default.executablePath(),
  };
}
