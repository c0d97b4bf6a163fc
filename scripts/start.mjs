// The one command: builds, then runs simulator (demo only), poller and API together, and ends them together.
import { runTogether } from './supervisor/run-together.mjs';
import { runTracker } from './supervisor/run-tracker.mjs';
import { readSurroundings } from './supervisor/surroundings.mjs';

if (process.argv.includes('--help')) {
  console.log(
    'Usage: pnpm start\n\nRuns poller and API, with a simulated broker when no Schwab app is configured. Ctrl-C ends it.',
  );
  process.exit(0);
}

const tell = (text) => console.log(text);
const surroundings = readSurroundings();
const { env, isConfigured, isDemo, addresses } = surroundings;
const why = isConfigured ? 'DEMO is set' : 'no Schwab app is configured';
if (isDemo) tell(`DEMO: ${why}, so a made-up broker is watched. Nothing here is a real order.`);
const together = runTogether({ env, tell });
await runTracker(surroundings, together);
tell(`Dashboard: ${addresses.api}`);
tell(
  isDemo
    ? 'To watch your own account, see "Your own account" in README.md. Ctrl-C ends everything.'
    : 'Ctrl-C ends everything.',
);
