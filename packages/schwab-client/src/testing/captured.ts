import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A folder of captured answers, for those who have one: they are not ours to pass on. */
const folder = process.env['SCHWAB_PAYLOADS'] ?? '';

export const hasCaptured = folder !== '' && existsSync(folder);

export function captured(name: string): string {
  return readFileSync(join(folder, `${name}.json`), 'utf8');
}
