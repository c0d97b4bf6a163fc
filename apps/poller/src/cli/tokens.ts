import { randomBytes, randomUUID } from 'node:crypto';
import { link, open, readFile, rename, rm } from 'node:fs/promises';
import type { FillDatabase } from '@fill-tracker/db';
import { SECOND } from '@fill-tracker/domain';
import { type Clock, type StoredToken, systemClock, type TokenStore } from '@fill-tracker/schwab-client';
import { type BotTokenFormat, botTokenText, BotTokenFileError, readBotTokens } from '../sign-in/bot-token-file.ts';
import { openTokenStore } from '../sign-in/open-token-store.ts';
import { createRefreshLock } from '../sign-in/refresh-lock.ts';
import { CommandError } from './command-error.ts';
import { createCommandLineClient, type Settings } from './command-line-client.ts';
import type { Output } from './output.ts';

export const TOKENS_HELP = `
For a bot that is signed in to the same Schwab app. Sharing means:
- Whoever reads the file can trade in your accounts. It is readable by you alone; keep it so, and out of backups.
- A new login, by either side, voids the tokens of the other. After each \`poller login\`, export again; after a login
  of the bot's, import.
- Only one side may refresh the tokens. Two that do so at once can void them for both. Let the poller do it, and export
  again for the bot when its access token has run out; or stop the poller while the bot refreshes.`;

const PRIVATE = 0o600;

export interface ExportOptions {
  readonly forBot: string;
  readonly format: BotTokenFormat;
  readonly force?: boolean;
}

/**
 * Writes the tokens to a file of mode 0600, once Schwab has taken them.
 *
 * @throws {CommandError} when the file is there already, unless forced.
 */
export async function exportTokens(
  db: FillDatabase,
  settings: Settings,
  options: ExportOptions,
  isJson: boolean,
  output: Output,
): Promise<void> {
  const { forBot: file, format, force = false } = options;
  const client = await createCommandLineClient(settings, db);
  // Refreshes the access token if need be, and shows that the tokens are good for something.
  await client.listAccounts({ lane: 'command' });
  const token = await (await openTokenStore({ ...settings, db })).load();
  if (token === null) throw new CommandError('Nobody has signed in yet: `poller login`.');
  await writePrivately(file, botTokenText(token, format), force);
  const accessTokenEndsAt = isoText(token.accessTokenExpiresAt);
  const signInEndsAt = isoText(token.refreshTokenExpiresAt);
  if (isJson) output.json({ exported: true, file, format, accessTokenEndsAt, signInEndsAt });
  else output.line(`Wrote ${file} (${format}). Access until ${accessTokenEndsAt}; the sign-in ends ${signInEndsAt}.`);
  output.note(TOKENS_HELP);
}

/**
 * Takes the tokens of a bot's sign-in into the record.
 *
 * @throws {CommandError} when the file holds none, or older ones than the record has, unless forced.
 */
export async function importTokens(
  db: FillDatabase,
  settings: Settings,
  { file, force = false }: { readonly file: string; readonly force?: boolean },
  isJson: boolean,
  output: Output,
): Promise<void> {
  const token = await readTokens(file);
  assertAlive(token, systemClock.now(), file);
  const store = await openTokenStore({ ...settings, db });
  await replaceUnderLock(db, systemClock, store, token, force);
  const signInEndsAt = isoText(token.refreshTokenExpiresAt);
  if (isJson) output.json({ imported: true, file, signedInAt: isoText(token.signedInAt), signInEndsAt });
  else output.line(`Took the tokens of ${file} over. The sign-in ends ${signInEndsAt}.`);
  output.note(TOKENS_HELP);
}

/** Never amid a refresh of another process, whose result would take the place of what is imported. */
async function replaceUnderLock(
  db: FillDatabase,
  clock: Clock,
  store: TokenStore,
  token: StoredToken,
  force: boolean,
): Promise<void> {
  await createRefreshLock({ db, clock, newOwner: randomUUID }).withLock(async () => {
    // Tokens whose key is lost are no reason to keep them.
    const stored = await store.load().catch(() => null);
    // One file form counts in whole seconds.
    if (stored !== null && stored.signedInAt - token.signedInAt >= SECOND && !force) {
      throw new CommandError(
        `The record has the tokens of a younger sign-in (${isoText(stored.signedInAt)}; the file's is of ` +
          `${isoText(token.signedInAt)}), which voided older ones. To take the file all the same: --force.`,
      );
    }
    await store.save(token);
  });
}

async function readTokens(file: string): Promise<StoredToken> {
  try {
    return readBotTokens(await readFile(file, 'utf8'));
  } catch (error) {
    if (error instanceof BotTokenFileError)
      throw new CommandError(`No tokens can be taken from ${file}. ${error.message}`);
    throw new CommandError(`${file} cannot be read (${codeOf(error)}).`);
  }
}

function assertAlive({ signedInAt, refreshTokenExpiresAt }: StoredToken, now: number, file: string): void {
  if (signedInAt > now)
    throw new CommandError(`${file} says that the sign-in was at ${isoText(signedInAt)}, which is yet to come.`);
  if (refreshTokenExpiresAt <= now)
    throw new CommandError(`The sign-in in ${file} ended ${isoText(refreshTokenExpiresAt)}: sign in again instead.`);
}

/** The file appears whole and private under its name, or not at all. */
async function writePrivately(file: string, text: string, force: boolean): Promise<void> {
  const unfinished = `${file}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    const handle = await open(unfinished, 'wx', PRIVATE);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    // A link fails when the name is taken; a rename takes it.
    await (force ? rename(unfinished, file) : link(unfinished, file));
  } catch (error) {
    if (codeOf(error) === 'EEXIST') throw new CommandError(`${file} is there already. To overwrite it: --force.`);
    throw new CommandError(`${file} cannot be written (${codeOf(error)}).`);
  } finally {
    await rm(unfinished, { force: true });
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
}

function isoText(at: number): string {
  return new Date(at).toISOString();
}
