import { gzipSync } from 'node:zlib';

import { describe, expect, it } from 'vitest';

import { BodyTooLargeError, readBody } from './read-body.ts';

describe('readBody', () => {
  it('reads text whose characters are split between chunks', async () => {
    const euro = new TextEncoder().encode('€');
    const body = new ReadableStream({
      start(controller) {
        controller.enqueue(euro.slice(0, 1));
        controller.enqueue(euro.slice(1));
        controller.close();
      },
    });
    await expect(readBody(new Response(body), 3)).resolves.toBe('€');
  });

  it('reads an absent body as nothing', async () => {
    await expect(readBody(new Response(null), 0)).resolves.toBe('');
  });

  it('stops reading a body that has no end', async () => {
    let chunks = 0;
    const body = new ReadableStream({
      pull(controller) {
        chunks += 1;
        controller.enqueue(new Uint8Array(1024));
      },
    });
    await expect(readBody(new Response(body), 10 * 1024)).rejects.toBeInstanceOf(BodyTooLargeError);
    expect(chunks).toBeLessThan(20);
  });

  it('unpacks gzip that nobody declared', async () => {
    await expect(readBody(new Response(gzipSync('{"message":"no"}')), 100)).resolves.toBe('{"message":"no"}');
  });

  it('does not unpack more than is allowed', async () => {
    const bomb = gzipSync('x'.repeat(1_000_000));
    await expect(readBody(new Response(bomb), 10_000)).rejects.toBeInstanceOf(BodyTooLargeError);
  });

  it('rejects gzip that breaks off', async () => {
    await expect(readBody(new Response(gzipSync('{"message":"no"}').subarray(0, 15)), 100)).rejects.toMatchObject({
      code: 'Z_BUF_ERROR',
    });
  });
});
