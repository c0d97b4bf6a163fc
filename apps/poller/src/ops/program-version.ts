import { readFileSync } from 'node:fs';
import { z } from 'zod';

const PACKAGE = z.object({ version: z.string() });

/** As in the package of this program, which lies beside its sources and its build alike. */
export const PROGRAM_VERSION = PACKAGE.parse(
  JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')),
).version;
