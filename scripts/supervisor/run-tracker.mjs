// Simulator (demo only), poller and API, each as soon as what it needs answers.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './surroundings.mjs';

/**
 * Resolves once all answer, with the programs: name, the app whose code each runs, the program.
 *
 * @param output the folder within each app: `dist` holds the finished programs, `compiled` the same module by module
 */
export async function runTracker({ isDemo, addresses, stateFolder }, { run, answers }, output = 'dist') {
  const poller = join(ROOT, 'apps/poller', output, 'main.js');
  const api = join(ROOT, 'apps/api', output, 'main.js');
  const programs = [];
  const start = (name, app, args) => programs.push({ name, app, program: run(name, args) });
  if (isDemo) {
    mkdirSync(stateFolder, { recursive: true });
    start('simulator', 'apps/poller', [poller, 'simulate', '--state', join(stateFolder, 'demo-simulator.json')]);
    await answers(`${addresses.simulator}/simulator/health`);
  }
  start('poller', 'apps/poller', [poller, 'run']);
  // The poller makes the record; before that the API would only complain.
  await answers(`${addresses.poller}/healthz`, ({ state }) => state !== 'starting');
  start('API', 'apps/api', [api]);
  await answers(`${addresses.api}/readyz`);
  return programs;
}
