import { expect, it } from 'vitest';
import { chromiumExecutable, type Machine } from './chromium-executable.ts';

/** A machine with these files. */
function machine(files: readonly string[], part: Partial<Machine> = {}): Machine {
  return {
    kind: 'linux-x64',
    named: undefined,
    installed: '/cache/playwright/chrome',
    exists: (path) => files.includes(path),
    unpack: async () => '/tmp/unpacked',
    ...part,
  };
}

const ALL = ['/opt/own/chrome', '/cache/playwright/chrome', '/usr/bin/chromium'];

it.each([
  ['the one that is named', machine(ALL, { named: '/opt/own/chrome' }), '/opt/own/chrome'],
  ["Playwright's own", machine(ALL), '/cache/playwright/chrome'],
  ["the system's", machine(['/usr/bin/chromium'], { named: '' }), '/usr/bin/chromium'],
  ['the packaged one', machine([]), '/tmp/unpacked'],
])('takes %s', async (_which, having, expected) => {
  expect(await chromiumExecutable(having)).toBe(expected);
});

it('says what to do where the packaged one cannot run', async () => {
  await expect(chromiumExecutable(machine([], { kind: 'darwin-arm64' }))).rejects.toThrow(
    /\(darwin-arm64\).*npx playwright install chromium.*CHROMIUM_PATH/,
  );
});

it('takes no other when the named one is missing', async () => {
  await expect(chromiumExecutable(machine(['/usr/bin/chromium'], { named: '/nowhere' }))).rejects.toThrow(/\/nowhere/);
});
