import { gzipSync } from 'node:zlib';
import type { Page, Response } from '@playwright/test';

/** What the page's scripts weigh, kB of 1000 bytes. */
export interface ScriptWeight {
  /** Compressed by gzip, whether or not the server does so. */
  readonly gzip: number;
  /** As they came over the wire. */
  readonly transferred: number;
  readonly files: number;
}

/** Weighs every script that the page loads from now on. */
export function weighScripts(page: Page): () => Promise<ScriptWeight> {
  const scripts: Response[] = [];
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script') scripts.push(response);
  });
  return async () => {
    const weights = await Promise.all(
      scripts.map(async (script) => ({
        gzip: gzipSync(await script.body()).length,
        transferred: (await script.request().sizes()).responseBodySize,
      })),
    );
    return {
      gzip: kilobytes(weights.map(({ gzip }) => gzip)),
      transferred: kilobytes(weights.map(({ transferred }) => transferred)),
      files: scripts.length,
    };
  };
}

function kilobytes(bytes: readonly number[]): number {
  return bytes.reduce((sum, one) => sum + one, 0) / 1_000;
}
