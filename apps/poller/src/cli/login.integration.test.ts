import { PassThrough } from 'node:stream';
import { DEMO_CREDENTIALS } from '@fill-tracker/schwab-simulator';
import { describe, expect, it } from 'vitest';
import { anotherClient, CALLBACK, follow, orderAbout, tokenOf } from '../testing/signing-in.ts';
import { createWorld, type OwningTest, type World } from '../testing/world.ts';
import { CommandError, UsageError } from './command-error.ts';
import { login } from './login.ts';

const STATE = '0123456789abcdef';

interface Attempt {
  readonly world: World;
  /** The link, once it is printed. */
  readonly link: string;
  /** Types a line; null ends the input. */
  readonly type: (line: string | null) => void;
  readonly ended: Promise<void>;
  readonly printed: () => string;
}

async function begin(test: OwningTest, appKey: string = DEMO_CREDENTIALS.appKey): Promise<Attempt> {
  const world = await createWorld(test);
  const input = new PassThrough();
  const said: string[] = [];
  const lines: string[] = [];
  const output = {
    json: () => undefined,
    line: (text: string) => void lines.push(text),
    note: (text: string) => void said.push(text),
  };
  const link = { baseUrl: world.simulator.url, appKey, callbackUrl: CALLBACK, state: STATE };
  const ended = login(await anotherClient(world), link, { input, output, isJson: false });
  // Looked at by whoever expects an outcome; until then a failure is nobody's.
  ended.catch(() => undefined);
  const type = (line: string | null): void => void (line === null ? input.end() : input.write(`${line}\n`));
  return { world, link: lines.join(), type, ended, printed: () => [...lines, ...said].join('\n') };
}

describe('login', () => {
  it('prints a link, takes the address that it leads to, and stores tokens that work', async (test) => {
    const { world, link, type, ended, printed } = await begin(test);
    type(`"${await follow(link)}"`);
    await ended;
    const token = await tokenOf(world);
    expect(printed()).toContain(new Date(token.refreshTokenExpiresAt).toISOString());
    const client = await anotherClient(world);
    expect(await client.listAccounts({ lane: 'command' })).toHaveLength(1);
  });

  it('takes an address that the terminal broke over lines', async (test) => {
    const { link, type, ended } = await begin(test);
    const address = await follow(link);
    type(address.slice(0, 60));
    type(address.slice(60));
    await expect(ended).resolves.toBeUndefined();
  });

  it('asks again after a wrong address, with the same link', async (test) => {
    const { link, type, ended, printed } = await begin(test);
    type('C0.abc@');
    type(link);
    type('');
    type(await follow(link));
    await ended;
    expect(printed()).toContain('That is not an address');
    expect(printed()).toContain('That is the address of another page');
  });

  it.for<readonly [string, string, string]>([
    ['another callback', `https://127.0.0.1:9999/?code=C0.canary%40&state=${STATE}`, `must begin with ${CALLBACK}`],
    ['the address of another sign-in', `${CALLBACK}?code=C0.canary%40&state=another`, 'belongs to another sign-in'],
    ['no state', `${CALLBACK}?code=C0.canary%40`, 'belongs to another sign-in'],
    ['no code', `${CALLBACK}?session=canary&state=${STATE}`, 'no `code=`'],
    ['nothing', '', 'Copy the whole address'],
  ])('given %s says so, and is wrong usage', async ([, address, words], test) => {
    const { type, ended, printed } = await begin(test);
    type(address);
    type(null);
    const error: unknown = await ended.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(UsageError);
    expect(String(error)).toContain(words);
    expect(`${String(error)} ${printed()}`).not.toContain('canary');
  });

  it('ends when the person said no at Schwab', async (test) => {
    const { type, ended } = await begin(test);
    type(`${CALLBACK}?error=access_denied&state=${STATE}`);
    await expect(ended).rejects.toThrow('allow the app');
    await expect(ended).rejects.toBeInstanceOf(CommandError);
  });

  it('says what a code is when it was pasted after more than 30 seconds', async (test) => {
    const { world, link, type, ended } = await begin(test);
    const address = await follow(link);
    await orderAbout(world, 'clock', { advanceMs: 31_000 });
    type(address);
    await expect(ended).rejects.toThrow('good for 30 seconds and for once');
  });

  it('says what a code is when it was used before', async (test) => {
    const { world, link, type, ended } = await begin(test);
    const address = await follow(link);
    const code = new URL(address).searchParams.get('code') ?? '';
    await (await anotherClient(world)).exchangeCode({ code, callbackUrl: CALLBACK }, { lane: 'sign-in' });
    type(address);
    await expect(ended).rejects.toThrow('good for 30 seconds and for once');
    await expect(ended).rejects.not.toThrow(code);
  });

  it('knows an app that is not ready for use', async (test) => {
    const { world, type, ended } = await begin(test, 'an app that nobody approved');
    world.simulator.setFaults([{ kind: 'unauthorized', path: '/v1/oauth/token' }]);
    type(`${CALLBACK}?code=C0.abc%40&state=${STATE}`);
    await expect(ended).rejects.toThrow('"Approved - Pending"');
  });

  it('says what to do when Schwab does not answer', async (test) => {
    const { world, link, type, ended } = await begin(test);
    const address = await follow(link);
    world.simulator.setFaults([{ kind: 'html-error' }]);
    type(address);
    await expect(ended).rejects.toThrow('may be used up');
  });
});
