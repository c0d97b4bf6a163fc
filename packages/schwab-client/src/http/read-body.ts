import { gunzipSync } from 'node:zlib';

/** An order list of 3,000 rows is about 6 MB. */
export const MAX_BODY_BYTES = 50 * 1024 * 1024;

/** Thrown by `readBody` when the body, once decompressed, is larger than allowed. */
export class BodyTooLargeError extends Error {
  override readonly name = 'BodyTooLargeError';
}

/**
 * Reads a body as UTF-8 text, giving up as soon as it exceeds `maxBytes` (a small gzip body can unpack to gigabytes).
 * The connection unpacks what is declared as packed; a body that is gzip and does not say so is unpacked here.
 */
export async function readBody(response: Response, maxBytes: number): Promise<string> {
  if (response.body === null) return '';
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) throw new BodyTooLargeError();
    chunks.push(chunk);
  }
  return new TextDecoder().decode(unpacked(Buffer.concat(chunks), maxBytes));
}

/** How gzip begins. No text does: the second byte is none that UTF-8 may have there. */
function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

function unpacked(bytes: Uint8Array, maxBytes: number): Uint8Array {
  if (!isGzip(bytes)) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: maxBytes });
  } catch (error) {
    if (error instanceof RangeError) throw new BodyTooLargeError();
    throw error;
  }
}
