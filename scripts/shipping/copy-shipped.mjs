// Which files of ours a program needs to run.
import { cpSync, existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { foldersOf } from '../supervisor/program-code.mjs';
import { ROOT } from '../supervisor/surroundings.mjs';

/** What is started for good. */
export const PROGRAMS = ['apps/poller', 'apps/api'];

const FILES = ['package.json', 'pnpm-workspace.yaml', 'pnpm-lock.yaml', '.env.example', 'LICENSE'];
/** Alerts name sections of the runbook: who is woken by one must find it on that machine. */
const TEXTS = ['README.md', 'CHANGELOG.md', 'SECURITY.md', 'docs'];
/** Folders that are read at run time: migrations, and what browsers are given; units and the like beside them. */
const DATA = ['packages/db/prisma/migrations', 'apps/web/dist', 'deploy'];

/** The programs and the packages of ours that they are made of, as folders from the root. */
export const SHIPPED = [...new Set(PROGRAMS.flatMap(foldersOf))];

/** Copies the programs as they were built, which holds the packages, and what tells pnpm to install the rest. */
export function copyShipped(target) {
  for (const name of FILES) copy(name, target);
  for (const name of TEXTS) copy(name, target, (path) => basename(path) !== 'images');
  for (const folder of SHIPPED) copy(`${folder}/package.json`, target);
  for (const program of PROGRAMS) copy(`${program}/dist`, target);
  for (const folder of DATA) copy(folder, target);
}

function copy(path, target, isWanted = () => true) {
  const source = join(ROOT, path);
  if (!existsSync(source)) throw new Error(`${path} is not there: build first (pnpm build)`);
  cpSync(source, join(target, path), { recursive: true, filter: isWanted });
}
