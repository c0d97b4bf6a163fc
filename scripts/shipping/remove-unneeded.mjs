// pnpm installs a package's optional peers wherever the workspace has them, also with --prod: Prisma's client would
// bring its command line, a whole development server and a compiler. What no program can reach is taken out again.
import { existsSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { join, sep } from 'node:path';

/** Sources and leftovers of the compilation of SQLite's driver; the finished binary stays. */
const LEFTOVERS = ['deps', 'src', 'build/Release/obj', 'build/Release/obj.target', 'build/Release/test_extension.node'];

/**
 * @param root the shipped folder
 * @param folders those of our packages in it
 */
export function removeUnneeded(root, folders) {
  const store = join(root, 'node_modules/.pnpm');
  const needed = new Set();
  for (const folder of folders) follow(join(root, folder), join(root, folder, 'node_modules'), needed);
  const used = new Set([...needed].filter((path) => path.startsWith(store + sep)).map((path) => entryOf(store, path)));
  for (const entry of readdirSync(store)) {
    if (entry.includes('@') && !used.has(entry)) rmSync(join(store, entry), { recursive: true });
  }
  for (const path of needed) {
    if (path.endsWith(`${sep}better-sqlite3`)) {
      for (const name of LEFTOVERS) rmSync(join(path, name), { recursive: true, force: true });
    }
  }
  const stored = readdirSync(store).map((entry) => join(store, entry, 'node_modules'));
  for (const modules of [...folders.map((folder) => join(root, folder, 'node_modules')), ...stored]) {
    removeDeadLinks(modules);
  }
  removeDeadLinks(join(store, 'node_modules'));
}

/** Adds the real folders of what a package depends on, and of what those depend on. */
function follow(folder, modules, needed) {
  const { dependencies = {}, optionalDependencies = {}, ...rest } = read(join(folder, 'package.json'));
  const { peerDependencies = {}, peerDependenciesMeta = {} } = rest;
  const peers = Object.keys(peerDependencies).filter((name) => peerDependenciesMeta[name]?.optional !== true);
  for (const name of [...Object.keys(dependencies), ...Object.keys(optionalDependencies), ...peers]) {
    const link = join(modules, name);
    // An optional dependency may be for another platform.
    if (!existsSync(link)) continue;
    const real = realpathSync(link);
    if (needed.has(real)) continue;
    needed.add(real);
    follow(real, modulesAround(real, name), needed);
  }
}

/** A package in the store has its dependencies beside it, one of ours within it. */
function modulesAround(real, name) {
  const within = join(real, 'node_modules');
  return real.includes(`${sep}.pnpm${sep}`) ? real.slice(0, real.length - name.length) : within;
}

function entryOf(store, path) {
  return path.slice(store.length + 1).split(sep)[0];
}

function read(file) {
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** Links to what was taken out, and commands of packages, which nobody types here. */
function removeDeadLinks(modules) {
  if (!existsSync(modules)) return;
  for (const entry of readdirSync(modules, { withFileTypes: true })) {
    const path = join(modules, entry.name);
    if (entry.name === '.bin' || (entry.isSymbolicLink() && !existsSync(path))) rmSync(path, { recursive: true });
    else if (entry.isDirectory() && entry.name.startsWith('@')) removeDeadLinks(path);
  }
}
