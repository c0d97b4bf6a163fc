// The code that a program is made of: which folders hold it, and whether it changed.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './surroundings.mjs';

const SCOPE = '@fill-tracker/';

/** An app's folder and those of all workspace packages that it is made of, from the root. */
export function foldersOf(app) {
  const folders = new Set([app]);
  // A set hands out what is added while it is walked.
  for (const folder of folders) {
    const { dependencies = {} } = JSON.parse(readFileSync(join(ROOT, folder, 'package.json'), 'utf8'));
    for (const name of Object.keys(dependencies).filter((each) => each.startsWith(SCOPE))) {
      folders.add(`packages/${name.slice(SCOPE.length)}`);
    }
  }
  return [...folders];
}

/** A text that differs once one of the files was written, added or removed; tests are nobody's program. */
export function stateOfFiles(folders, ending) {
  const files = folders.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith(ending) && !/\.test\.[jt]s$|(^|[\\/])testing[\\/]/.test(file))
      .map((file) => join(ROOT, folder, file)),
  );
  const newest = Math.max(0, ...files.map((file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0));
  return `${files.length} files, the newest of ${newest}`;
}
