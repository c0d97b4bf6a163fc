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
export async function openTokenStore({ db, ...parts }: TokenStoreParts): Promise<TokenStore> {
  return db.tokenStore(createTokenCipher(await loadTokenKey(parts)));
}

/** @throws {FillDatabaseError} as `openTokenStore` does. */
export async function loadTokenKey({ config, secrets }: Omit<TokenStoreParts, 'db'>): Promise<Uint8Array> {
  return secrets.tokenKey === null
    ? await loadOrCreateKeyFile(join(dirname(config.databaseFile), 'token.key'))
    : keyFromEnv(secrets.tokenKey);
}
