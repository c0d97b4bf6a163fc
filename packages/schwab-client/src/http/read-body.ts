/** An order list of 3,000 rows is about 6 MB. */
export const MAX_BODY_BYTES = 50 * 1024 * 1024;

/** Thrown by `readBody` when the body, once decompressed, is larger than allowed. */
export class BodyTooLargeError extends Error {
  override readonly name = 'BodyTooLargeError';
}

/** Reads a body as UTF-8 text, giving up as soon as it exceeds `maxBytes` (a small gzip body can unpack to gigabytes). */
export async function readBody(response: Response, maxBytes: number): Promise<string> {
  if (response.body === null) return '';
  const decoder = new TextDecoder();
  let bytes = 0;
  let text = '';
  for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) throw new BodyTooLargeError();
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
