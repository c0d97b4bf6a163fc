import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { FillDatabaseError } from './errors.ts';

/** A text that only the key can read, and that nobody can alter or move unseen. */
interface SealedText {
  /** Tells which key was used, without telling the key. */
  readonly keyId: string;
  readonly ciphertext: Uint8Array<ArrayBuffer>;
  /** 96 random bits, new for every text. */
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly tag: Uint8Array<ArrayBuffer>;
}

export interface TokenCipher {
  /** @param place what the text is for and where it lies: it opens only there */
  seal(text: string, place: string): SealedText;
  /** @throws {FillDatabaseError} TOKEN_KEY for another key, and for a text that was altered or moved */
  open(sealed: SealedText, place: string): string;
}

const ALGORITHM = 'aes-256-gcm';
/** Never shorter: Node would accept a truncated tag, which is easier to forge. */
const AUTH_TAG = { authTagLength: 16 };

/**
 * AES-256-GCM.
 *
 * @param key 32 bytes
 */
export function createTokenCipher(key: Uint8Array): TokenCipher {
  if (key.length !== 32) throw new FillDatabaseError('TOKEN_KEY', `The token key has ${key.length} bytes, not 32.`);
  const keyId = createHash('sha256').update(key).digest('hex').slice(0, 8);
  return {
    seal(text, place) {
      const iv = randomBytes(12);
      const cipher = createCipheriv(ALGORITHM, key, iv, AUTH_TAG).setAAD(Buffer.from(place));
      const ciphertext = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return { keyId, ciphertext: bytes(ciphertext), iv: bytes(iv), tag: bytes(cipher.getAuthTag()) };
    },
    open(sealed, place) {
      if (sealed.keyId !== keyId) throw wrongKey(keyId, sealed.keyId);
      const decipher = createDecipheriv(ALGORITHM, key, sealed.iv, AUTH_TAG)
        .setAAD(Buffer.from(place))
        .setAuthTag(sealed.tag);
      try {
        return Buffer.concat([decipher.update(sealed.ciphertext), decipher.final()]).toString('utf8');
      } catch (cause) {
        throw new FillDatabaseError('TOKEN_KEY', 'The stored tokens were altered. Sign in again.', { cause });
      }
    },
  };
}

/** Prisma takes plain byte arrays on their own memory, not Buffers from a shared pool. */
function bytes(buffer: Buffer): Uint8Array<ArrayBuffer> {
  return new Uint8Array(buffer);
}

function wrongKey(keyId: string, storedKeyId: string): FillDatabaseError {
  return new FillDatabaseError(
    'TOKEN_KEY',
    `The stored tokens were encrypted with key ${storedKeyId}, and this key is ${keyId}. Put the former key back ` +
      '(TOKEN_ENCRYPTION_KEY, or the key file beside the database), or sign in again.',
  );
}
