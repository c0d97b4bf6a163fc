import { join } from 'node:path';

/** The folder of the workspace: `.env` and relative paths belong to it, wherever the command is typed. */
export const WORKSPACE_ROOT = join(import.meta.dirname, '../../..');
