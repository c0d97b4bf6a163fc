import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '@fill-tracker/db';
import { apiAlone } from '../stack/api-alone.ts';
import type { Photographer } from './photographer.ts';
import { FIRST_RUN_SCENES } from './scenes.ts';

/** What a person sees who has just installed it, with no broker connected. */
export async function takeFirstRun(camera: Photographer): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'fill-tracker-pictures-'));
  try {
    const file = join(folder, 'record.db');
    const broker = { baseUrl: 'https://api.schwabapi.com', mode: 'live' } as const;
    const db = await openDatabase({ file, broker, now: () => Date.now() });
    await db.close();
    const api = await apiAlone(file, { isDemo: false });
    try {
      await camera.take(api.url, FIRST_RUN_SCENES);
    } finally {
      await api.program.stop();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
