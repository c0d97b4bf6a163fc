import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Check, ok, problem, unknown } from '../verdict.ts';

const MEGABYTE = 1_024 * 1_024;
/** A year of trading takes less; a migration needs room for a backup besides. */
const LEAST_FREE_BYTES = 200 * MEGABYTE;

export const diskSpace: Check = {
  name: 'disk-space',
  title: 'Disk space',
  async run(patient) {
    const folder = dirname(patient.config.databaseFile);
    const remedy = `Make room on the disk of ${folder}: until then fills are seen, but not recorded.`;
    const probe = patient.writing();
    if (probe?.kind === 'full') return problem(`the disk is full: it takes no write (${probe.problem})`, remedy);
    if (!existsSync(folder)) return unknown(`${folder} is not there yet`);
    const free = await patient.freeBytes(folder);
    const text = `${Math.floor(free / MEGABYTE)} MB free on the disk of the record`;
    return free < LEAST_FREE_BYTES ? problem(`the disk is nearly full: ${text}`, remedy) : ok(text);
  },
};
