// What `docker build` is given: the folder without what .dockerignore names.
import { cpSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** Copies the context that Docker would see. Exceptions (`!`) are not used, and refused. */
export function copyContext(from, to) {
  const lines = readFileSync(join(from, '.dockerignore'), 'utf8').split('\n');
  const patterns = lines.map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#'));
  const ignored = patterns.map(patternFor);
  cpSync(from, to, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (path) => !ignored.some((pattern) => pattern.test(relative(from, path))),
  });
}

/** https://docs.docker.com/build/concepts/context/#dockerignore-files: from the root, `**` for any folders. */
function patternFor(line) {
  if (line.startsWith('!')) throw new Error(`.dockerignore has an exception, which is not understood here: ${line}`);
  const source = line
    .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll(/\*\*\/|\*/g, (star) => (star === '*' ? '[^/]*' : '(?:.*/)?'));
  return new RegExp(`^${source}$`);
}
