// Simulator (demo only), poller and API, each as soon as what it needs answers.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './surroundings.mjs';

const POLLER = join(ROOT, 'apps/poller/dist/main.js');
const API = join(ROOT, 'apps/api/dist/main.js');

/** Resolves once all answer, with the programs: name, the app whose code each runs, the program. */
export async function runTracker({ isDemo, addresses, stateFolder }, { run, answers }) {
  const programs = [];
  const start = (name, app, args) => programs.push({ name, app, program: run(name, args) });
  if (isDemo) {
    mkdirSync(stateFolder, { recursive: true });
    start('simulator', 'apps/poller', [POLLER, 'simulate', '--state', join(stateFolder, 'demo-simulator.json')]);
    await answers(`${addresses.simulator}/simulator/health`);
  }
  start('poller', 'apps/poller', [POLLER, 'run']);
  // The poller makes the record; before that the API would only complain.
  await answers(`${addresses.poller}/healthz`, ({ state }) => state !== 'starting');
  start('API', 'apps/api', [API]);
  await answers(`${addresses.api}/readyz`);
  return programs;
}
