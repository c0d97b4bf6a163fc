import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type SimulationState, simulationStateSchema } from './simulation-state.ts';

/** Changes come in bursts; one write covers those of so many ms. */
const SAVE_AFTER_MS = 200;

/** The state that was kept, or null when there is no file yet. Throws when the file holds something else. */
export async function loadState(path: string): Promise<SimulationState | null> {
  try {
    return simulationStateSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw new Error(`${path} holds no simulator state; remove it to start afresh`, { cause: error });
  }
}

/** Saves the state soon after each change. */
export interface StateSaver {
  /** Something changed: save it soon. */
  changed(): void;
  /** Saves now. Rejects when this or an earlier write failed. */
  flush(): Promise<void>;
}

export function createStateSaver(path: string, snapshot: () => SimulationState): StateSaver {
  let timer: NodeJS.Timeout | null = null;
  let written: Promise<void> = Promise.resolve();

  function save(): Promise<void> {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    written = written.then(() => writeWhole(path, JSON.stringify(snapshot())));
    return written;
  }

  return {
    changed() {
      // A failed write is reported by the next flush; until then there is nobody to tell.
      timer ??= setTimeout(() => void save().catch(() => undefined), SAVE_AFTER_MS).unref();
    },
    flush: save,
  };
}

/** Writes beside the file and renames, so that a reader finds the old state or the new one, never half of one. */
async function writeWhole(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(`${path}.tmp`, text, { mode: 0o600 });
  await rename(`${path}.tmp`, path);
}
