import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StoredToken } from '@fill-tracker/schwab-client';
import { describe, expect, it } from 'vitest';
import { botTokenText, readBotTokens } from '../sign-in/bot-token-file.ts';
import { demoVariables, type FinishedProcess, runCommand } from '../testing/command-line.ts';
import { tokenOf } from '../testing/signing-in.ts';
import { createWorld, type OwningTest, type World } from '../testing/world.ts';

const DAY_MS = 86_400_000;

function tokens(test: OwningTest, world: World, ...args: readonly string[]): Promise<FinishedProcess> {
  return runCommand(test, ['tokens', ...args, '--env', '/dev/null'], demoVariables(world));
}

/** Tokens in the record and the name of a file for them. */
async function scene(test: OwningTest): Promise<{ world: World; file: string }> {
  const world = await createWorld(test);
  await world.preparePoller();
  return { world, file: join(world.directory, 'bot.json') };
}

function expectNoSecret({ stdout, stderr }: FinishedProcess, { accessToken, refreshToken }: StoredToken): void {
  for (const secret of [accessToken, refreshToken]) expect(stdout + stderr).not.toContain(secret);
}

it('tokens alone says what there is, also where the wrapper of the systemd services appends --env', async (test) => {
  const { status, stdout, stderr } = await runCommand(test, ['tokens', '--json', '--env', '/etc/fill-tracker/env']);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toContain('Usage: poller tokens');
  expect(stderr).not.toContain('unknown option');
});

describe('tokens export', () => {
  it.for(['schwab-py', 'plain'])('writes tokens that work to a private file: %s', async (format, test) => {
    const { world, file } = await scene(test);
    const run = await tokens(test, world, 'export', '--for-bot', file, '--format', format, '--json');
    expect(run.status, run.stderr).toBe(0);
    const token = readBotTokens(readFileSync(file, 'utf8'));
    const answer = await fetch(`${world.simulator.url}/trader/v1/accounts/accountNumbers`, {
      headers: { authorization: `Bearer ${token.accessToken}` },
    });
    expect(answer.status).toBe(200);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(JSON.parse(run.stdout)).toMatchObject({ exported: true, file, format });
    expect(run.stderr).toContain('Only one side may refresh');
    expect(run.stderr).toContain('A new login, by either side, voids');
    expectNoSecret(run, token);
  });

  it('overwrites nothing unless it is told to, and then leaves it private', async (test) => {
    const { world, file } = await scene(test);
    writeFileSync(file, 'precious', { mode: 0o644 });
    const refused = await tokens(test, world, 'export', '--for-bot', file);
    expect(refused.status).toBe(1);
    expect(refused.stderr).toContain('--force');
    expect(readFileSync(file, 'utf8')).toBe('precious');
    expect((await tokens(test, world, 'export', '--for-bot', file, '--force')).status).toBe(0);
    expect(readBotTokens(readFileSync(file, 'utf8'))).toMatchObject({ signedInAt: expect.any(Number) });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(world.directory).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('writes nothing when Schwab does not take the tokens', async (test) => {
    const { world, file } = await scene(test);
    world.simulator.setFaults([{ kind: 'unauthorized' }]);
    const run = await tokens(test, world, 'export', '--for-bot', file);
    expect(run.status).toBe(1);
    expect(existsSync(file)).toBe(false);
  });
});

describe('tokens import', () => {
  async function tokenSignedIn(world: World, ago: number): Promise<StoredToken> {
    const signedInAt = Math.floor((Date.now() - ago) / 1_000) * 1_000;
    const refreshTokenExpiresAt = signedInAt + 7 * DAY_MS;
    return { ...(await tokenOf(world)), accessToken: 'of-the-bot', signedInAt, refreshTokenExpiresAt };
  }

  it.for(['schwab-py', 'plain'] as const)('takes the tokens of a younger sign-in over: %s', async (format, test) => {
    const { world, file } = await scene(test);
    const token = await tokenSignedIn(world, 0);
    writeFileSync(file, botTokenText(token, format));
    const run = await tokens(test, world, 'import', file);
    expect(run.status, run.stderr).toBe(0);
    expect(await tokenOf(world)).toEqual({ ...token, accessTokenExpiresAt: 0 });
    expectNoSecret(run, token);
  });

  it('leaves those of a younger sign-in alone unless it is told not to', async (test) => {
    const { world, file } = await scene(test);
    const token = await tokenSignedIn(world, DAY_MS);
    writeFileSync(file, botTokenText(token, 'plain'));
    const refused = await tokens(test, world, 'import', file);
    expect(refused.status).toBe(1);
    expect(refused.stderr).toContain('younger sign-in');
    expect((await tokenOf(world)).accessToken).not.toBe('of-the-bot');
    expect((await tokens(test, world, 'import', file, '--force')).status).toBe(0);
    expect((await tokenOf(world)).accessToken).toBe('of-the-bot');
  });

  it.for<readonly [string, (token: StoredToken) => string, string]>([
    ['of a sign-in that has ended', (token) => botTokenText({ ...token, signedInAt: 0 }, 'plain'), 'sign in again'],
    [
      'of a sign-in that is yet to come',
      (token) => botTokenText({ ...token, signedInAt: Date.now() + DAY_MS }, 'plain'),
      'yet to come',
    ],
    ['of no known form', () => '{"access_token":"of-the-bot"}', 'neither the token file'],
  ])('refuses a file %s', async ([, textOf, words], test) => {
    const { world, file } = await scene(test);
    const token = await tokenSignedIn(world, 0);
    writeFileSync(file, textOf(token));
    const run = await tokens(test, world, 'import', file);
    expect(run.status).toBe(1);
    expect(run.stderr).toContain(words);
    expectNoSecret(run, token);
  });

  it('says when there is no such file', async (test) => {
    const { world, file } = await scene(test);
    const run = await tokens(test, world, 'import', file);
    expect(run).toMatchObject({ status: 1, stderr: expect.stringContaining('ENOENT') });
  });
});
