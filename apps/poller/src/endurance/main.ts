import { DEFAULT_POLL_SETTINGS, SECOND } from '@fill-tracker/domain';
import { Command, InvalidArgumentError } from 'commander';
import type { OwningTest } from '../testing/world.ts';
import { failedChecks, type Findings, type Progress, textOfCheck } from './check.ts';
import { runOutages } from './outages/run-outages.ts';
import { withScope } from './scope.ts';
import { runSoak } from './soak/run-soak.ts';
import { runTakeovers, TAKEOVER_WITHIN_MS } from './takeover/run-takeovers.ts';
import { runWeek } from './week/run-week.ts';

type Trial = (owner: OwningTest, progress: Progress) => Promise<Findings>;

const program = new Command('endure').description(
  'Trials of endurance. Exit status 1 when a check fails; progress on stderr.',
);

program
  .command('week')
  .description('a simulated week of trading at the usual pace, on a clock that leaps over the waiting')
  .option('--rest-while-closed', 'as with POLL_OUTSIDE_HOURS=off')
  .option('--json', 'one JSON value on stdout')
  .action(({ restWhileClosed, ...options }: Common & { restWhileClosed?: true }) => {
    const usual = { ...DEFAULT_POLL_SETTINGS, jitterMs: 0 };
    const settings = restWhileClosed === true ? { ...usual, outsideIntervalMs: null } : usual;
    return tell('week', options, (owner, progress) => runWeek(owner, { settings, stepMs: SECOND, progress }));
  });

program
  .command('takeover')
  .description('two pollers on one record; the one at work is killed or stopped, again and again')
  .option('--rounds <n>', 'how often', whole, 20)
  .option('--seed <n>', 'of the chance that picks the moments', whole, 1)
  .option('--json', 'one JSON value on stdout')
  .action(({ rounds, seed, ...options }: Common & { rounds: number; seed: number }) =>
    tell('takeover', options, (owner, progress) =>
      runTakeovers(owner, { rounds, seed, withinMs: TAKEOVER_WITHIN_MS, progress }),
    ),
  );

program
  .command('outages')
  .description('the broker refuses connections, answers 500, 429, 401: all four at once, in real time')
  .option('--minutes <n>', 'how long each lasts', positive, 10)
  .option('--json', 'one JSON value on stdout')
  .action(({ minutes, ...options }: Common & { minutes: number }) =>
    tell('outages', options, (owner, progress) => runOutages(owner, { minutes, progress })),
  );

program
  .command('soak')
  .description('a poller under a load that never lets up: heap, event-loop lag, CPU')
  .option('--minutes <n>', 'how long', whole, 30)
  .option('--orders <n>', 'how many work at any time', whole, 500)
  .option('--json', 'one JSON value on stdout')
  .action(({ minutes, orders, ...options }: Common & { minutes: number; orders: number }) =>
    tell('soak', options, (owner, progress) => runSoak(owner, { minutes, orders, progress })),
  );

await program.parseAsync();

interface Common {
  readonly json?: boolean;
}

/** Runs a trial and prints what it found. */
async function tell(name: string, { json }: Common, trial: Trial): Promise<void> {
  const progress: Progress = (text) => process.stderr.write(`${name}: ${text}\n`);
  const { checks, lines, figures } = await withScope((scope) => trial(scope, progress));
  const passed = failedChecks(checks).length === 0;
  const text =
    json === true
      ? JSON.stringify({ trial: name, passed, checks, figures })
      : [...lines, '', ...checks.map(textOfCheck), '', passed ? 'Everything held.' : 'Not everything held.'].join('\n');
  process.stdout.write(`${text}\n`);
  if (!passed) process.exitCode = 1;
}

function positive(text: string): number {
  const value = /^\d{1,4}(\.\d{1,3})?$/.test(text) ? Number(text) : 0;
  if (!(value > 0)) throw new InvalidArgumentError('It must be a number above zero.');
  return value;
}

function whole(text: string): number {
  const value = positive(text);
  if (!Number.isInteger(value)) throw new InvalidArgumentError('It must be a whole number from 1.');
  return value;
}
