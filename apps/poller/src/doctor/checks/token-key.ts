import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { FillDatabaseError } from '@fill-tracker/db';
import { openTokenStore } from '../../sign-in/open-token-store.ts';
import { type Check, ok, problem, unknown } from '../verdict.ts';

const REMEDY =
  'Put the right key back (TOKEN_ENCRYPTION_KEY, or token.key beside the record), or sign in again: `poller login`. ' +
  'Nothing of the record is lost.';

/** Can the stored tokens be read with the key at hand. */
export const tokenKey: Check = {
  name: 'token-key',
  title: 'Token key',
  async run({ record, config, secrets }) {
    if (record.kind !== 'open') return unknown('the record cannot be read');
    const keyFile = join(dirname(config.databaseFile), 'token.key');
    const hasKey = secrets.tokenKey !== null || existsSync(keyFile);
    const hasTokens = (await record.db.readSignIn()) !== null;
    // Opening the store would make a new key, and that changes something.
    if (!hasKey)
      return hasTokens ? problem(`the key to the tokens is lost: no ${keyFile}`, REMEDY) : ok('none needed yet');
    try {
      await (await openTokenStore({ config, secrets, db: record.db })).load();
      return ok('the stored tokens can be read');
    } catch (error) {
      if (error instanceof FillDatabaseError) return problem(error.message, REMEDY);
      throw error;
    }
  },
};
