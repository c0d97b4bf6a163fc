import { systemClock } from '@fill-tracker/schwab-client';
import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { loadConfig } from '../config/load-config.ts';
import type { PollerConfig, PollerSecrets } from '../config/poller-config.ts';
import { createClient, NoCredentialsError } from '../create-poller.ts';
import { allOf } from '../events.ts';
import { awaitCommand, printAnswer } from './await-command.ts';
import { EXIT, messageOf, UsageError } from './command-error.ts';
import { demo } from './demo.ts';
import { demoOrder } from './demo-order.ts';
import { repollCommand, trackCommand } from './enqueue.ts';
import { inspect } from './inspect.ts';
import { login } from './login.ts';
import { openRecord, withRecord } from './open-record.ts';
import { type Output, terminal } from './output.ts';
import { runOneCycle, runUntilStopped } from './run.ts';
import { listOrders, type OrdersFilter } from './list-orders.ts';
import { showOrder } from './show-order.ts';
import { showStatus } from './show-status.ts';
import { simulate } from './simulate.ts';
import { stopOnSignals } from './stop-signals.ts';

const DEMO_SEED = 1;

interface CommonOptions {
  readonly json?: boolean;
  readonly env?: string;
}

/**
 * Runs one command line.
 *
 * @param argv as `process.argv`
 * @returns the exit status: 0 fine, 1 a real problem, 2 wrong usage.
 */
export async function runCommandLine(argv: readonly string[], output: Output = terminal): Promise<number> {
  let status: number = EXIT.fine;
  const program = buildProgram(output, (exit) => (status = exit));
  try {
    await program.parseAsync([...argv]);
    return status;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.fine : EXIT.wrongUsage;
    const message = messageOf(error);
    if (message === null) throw error;
    output.note(message);
    return error instanceof UsageError ? EXIT.wrongUsage : EXIT.problem;
  }
}

function buildProgram(output: Output, exitWith: (status: number) => void): Command {
  const program = new Command('poller')
    .description('Watches Schwab orders and records what each of them filled at, exactly.')
    .exitOverride()
    .showHelpAfterError('(run with --help for what there is)');

  const command = (name: string, summary: string): Command =>
    program
      .command(name)
      .description(summary)
      .option('--json', 'print one JSON value instead of text')
      .option('--env <file>', 'read variables from this file instead of .env');

  command('run', 'poll until told to stop (Ctrl-C or SIGTERM)')
    .option('--once', 'one full cycle, then exit: 0 when every due order was examined')
    .action(async (options: CommonOptions & { once?: boolean }) => {
      const parts = { ...load(options), signals: stopOnSignals() };
      if (options.once === true) exitWith(await runOneCycle(parts, isJson(options), output));
      else await runUntilStopped(parts, isJson(options), output);
    });

  command('login', 'sign in at Schwab: open a link, paste the address it leads to').action(
    async (options: CommonOptions) => {
      const { config, secrets } = load(options);
      if (secrets.credentials === null) throw new NoCredentialsError();
      if (config.callbackUrl === null)
        throw new UsageError('SCHWAB_CALLBACK_URL is not set: it must be the callback of your app, to the letter.');
      const { callbackUrl } = config;
      const db = await openRecord(config);
      try {
        const client = await createClient({
          config,
          secrets,
          db,
          clock: systemClock,
          random: Math.random,
          events: allOf(),
        });
        const link = { baseUrl: config.brokerUrl, appKey: secrets.credentials.appKey, callbackUrl };
        await login(client, link, isJson(options), output);
      } finally {
        await db.close();
      }
    },
  );

  command('status', 'is the poller alive, and what does it see').action(async (options: CommonOptions) => {
    const { config } = load(options);
    exitWith(await withRecord(config, (db) => showStatus(db, config, Date.now(), isJson(options), output)));
  });

  command('orders', 'list orders, newest first')
    .option('--status <status>', 'pending, completed or failed')
    .option('--symbol <symbol>', 'only this symbol')
    .option('--limit <n>', 'at most this many', wholeNumber(1, 500), 50)
    .option('--after <cursor>', 'go on after the last page, whose nextCursor this is', wholeNumber(1, 2 ** 31))
    .action(async (options: CommonOptions & OrdersFilter) => {
      await withRecord(load(options).config, (db) => listOrders(db, options, isJson(options), output));
    });

  command('show', 'one order: its price and why, its fills, its audit trail')
    .argument('<id>', "our order id, or the broker's")
    .action(async (id: string, options: CommonOptions) => {
      await withRecord(load(options).config, (db) => showOrder(db, id, isJson(options), output));
    });

  command('track', 'watch an order that was placed elsewhere')
    .requiredOption('--order-id <id>', "the broker's order id, the last part of the Location header")
    .option('--account <id>', 'our short account id, such as A1; not needed when there is one account')
    .option('--wait <seconds>', 'wait at most this long for the poller', wholeNumber(0, 600), 10)
    .action(async (options: CommonOptions & { orderId: string; account?: string; wait: number }) => {
      const status = await withRecord(load(options).config, async (db) => {
        const id = await db.enqueueCommand(await trackCommand(db, options.account, options.orderId, Date.now()));
        return printAnswer(await awaitCommand(db, systemClock, id, options.wait), isJson(options), output);
      });
      exitWith(status);
    });

  command('repoll', 'ask the broker about one order now')
    .argument('<id>', "our order id, or the broker's")
    .option('--wait <seconds>', 'wait at most this long for the poller', wholeNumber(0, 600), 10)
    .action(async (id: string, options: CommonOptions & { wait: number }) => {
      const status = await withRecord(load(options).config, async (db) => {
        const commandId = await db.enqueueCommand(await repollCommand(db, id, Date.now()));
        return printAnswer(await awaitCommand(db, systemClock, commandId, options.wait), isJson(options), output);
      });
      exitWith(status);
    });

  program
    .command('inspect')
    .description('what the tracker concludes from files of Schwab order JSON; one line of JSON per file')
    .argument('<file...>', 'files that hold one order, or an array of orders')
    .option('--json', 'accepted for uniformity: the answer is always JSON')
    .action(async (files: string[]) => exitWith(await inspect(files, output)));

  command('simulate', 'run the simulated broker alone')
    .option('--port <port>', 'instead of SIMULATOR_PORT', wholeNumber(1, 65_535))
    .option('--scenario <name>', 'what happens in it: none, demo, endings, twenty-fills', 'demo')
    .option('--seed <n>', 'the same seed tells the same story', wholeNumber(0, 2 ** 31), DEMO_SEED)
    .option('--state <file>', 'keep the orders in this file between runs')
    .action(async (options: CommonOptions & { port?: number; scenario: string; seed: number; state?: string }) => {
      const { config } = load(options);
      const port = options.port ?? config.simulatorPort;
      const { scenario, seed } = options;
      const broker = { port, scenario, seed, stateFile: options.state ?? null };
      await simulate(broker, stopOnSignals().stop, isJson(options), output);
    });

  command('demo', 'simulator and poller together, printing orders as they fill')
    .option('--seed <n>', 'the same seed tells the same story', wholeNumber(0, 2 ** 31), DEMO_SEED)
    .option('--seconds <n>', 'end by itself after this time', wholeNumber(1, 86_400))
    .action(async (options: CommonOptions & { seed: number; seconds?: number }) => {
      const parts = { ...loadDemo(options), signals: stopOnSignals(), seed: options.seed };
      exitWith(await demo({ ...parts, seconds: options.seconds ?? null, isJson: isJson(options) }, output));
    });

  command('demo-order', 'place one order in a running demo, as a bot would, and follow it into the record')
    .option('--symbol <symbol>', 'what to buy', 'GME')
    .option('--quantity <n>', 'whole shares', '100')
    .action(async (options: CommonOptions & { symbol: string; quantity: string }) => {
      const { config } = loadDemo(options);
      const { symbol, quantity } = options;
      exitWith(
        await withRecord(config, (db) => demoOrder(db, { config, symbol, quantity, isJson: isJson(options) }, output)),
      );
    });

  return program;
}

function load(options: CommonOptions): { config: PollerConfig; secrets: PollerSecrets } {
  return loadConfig(options.env ?? null);
}

function loadDemo(options: CommonOptions): { config: PollerConfig; secrets: PollerSecrets } {
  process.env['DEMO'] = '1';
  return load(options);
}

function isJson(options: CommonOptions): boolean {
  return options.json === true;
}

function wholeNumber(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (!(value >= min && value <= max))
      throw new InvalidArgumentError(`It must be a whole number from ${min} to ${max}.`);
    return value;
  };
}
