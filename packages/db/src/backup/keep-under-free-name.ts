import { linkSync } from 'node:fs';

/**
 * Gives a finished file its lasting name, `<stem>.bak` or `<stem>.2.bak` and so on when that is taken: nothing is ever
 * overwritten. A hard link, unlike a rename, fails when the name is taken.
 *
 * @returns the name; the file keeps its former one too
 */
export function keepUnderFreeName(finished: string, stem: string, ending = '.bak'): string {
  for (let n = 1; ; n += 1) {
    const name = n === 1 ? `${stem}${ending}` : `${stem}.${n}${ending}`;
    try {
      linkSync(finished, name);
      return name;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
  }
}
