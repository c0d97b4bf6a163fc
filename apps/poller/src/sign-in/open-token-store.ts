import { dirname, join } from 'node:path';
import {
  createTokenCipher,
  type FillDatabase,
  keyFromEnv,
  loadOrCreateKeyFile,
  type TokenStore,
} from '@fill-tracker/db';
import type { PollerConfig, PollerSecrets } from '../config/poller-config.ts';

/** Whose tokens, and the key to them. */
export interface TokenStoreParts {
  readonly config: Pick<PollerConfig, 'databaseFile'>;
  readonly secrets: Pick<PollerSecrets, 'tokenKey'>;
  readonly db: Pick<FillDatabase, 'tokenStore'>;
}

/**
 * The tokens of the record, encrypted with the configured key, or else with the key file beside the database.
 *
 * @throws {FillDatabaseError} TOKEN_KEY when that key is none, or others can read its file.
 */
export async function openTokenStore({ config, secrets, db }: TokenStoreParts): Promise<TokenStore> {
  const key =
    secrets.tokenKey === null
      ? await loadOrCreateKeyFile(join(dirname(config.databaseFile), 'token.key'))
      : keyFromEnv(secrets.tokenKey);
  return db.tokenStore(createTokenCipher(key));
}
