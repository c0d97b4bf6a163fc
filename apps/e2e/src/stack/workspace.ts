import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The root folder of the workspace, whether this runs from the sources or built. */
export const WORKSPACE = rootAbove(import.meta.dirname);

/** The built programs. */
export const PROGRAMS = {
  poller: join(WORKSPACE, 'apps/poller/dist/main.js'),
  api: join(WORKSPACE, 'apps/api/dist/main.js'),
  dashboard: join(WORKSPACE, 'apps/web/dist/index.html'),
} as const;

/** @throws {Error} naming the part that is not built. */
export function expectBuilt(): void {
  const missing = Object.values(PROGRAMS).find((file) => !existsSync(file));
  if (missing === undefined) return;
  throw new Error(`${missing} is missing: build first, with "npx -y pnpm@10.34.9 build".`);
}

function rootAbove(folder: string): string {
  if (existsSync(join(folder, 'pnpm-workspace.yaml'))) return folder;
  const above = dirname(folder);
  if (above === folder) throw new Error('There is no pnpm-workspace.yaml above this file.');
  return rootAbove(above);
}
