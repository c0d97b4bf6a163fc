import { randomBytes } from 'node:crypto';
import { systemClock } from '@fill-tracker/schwab-client';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { loadConfig } from '../config/load-config.ts';
import type { PollerConfig, PollerSecrets } from '../config/poller-config.ts';
import { NoCredentialsError } from '../create-poller.ts';
import { BOT_TOKEN_FORMATS } from '../sign-in/bot-token-file.ts';
import { ALERTS_HELP, showAlerts, testWebhook } from './alerts.ts';
import { AWAITED_HELP, awaitCommand, printAnswer } from './await-command.ts';
import { backfill, BACKFILL_HELP } from './backfill.ts';
import { backup, BACKUP_HELP } from './backup.ts';
import { createCommandLineClient } from './command-line-client.ts';
import { EXIT, messageOf, UsageError } from './command-error.ts';
import { doctor, DOCTOR_HELP } from './doctor.ts';
import { repollCommand, trackCommand } from './enqueue.ts';
import { EXPORT_HELP, type ExportFormat, exportOrders, type ExportSelection } from './export-orders.ts';
import { IMPORT_HELP, importSeedFile } from './import-seed.ts';
import { inspect, INSPECT_HELP } from './inspect.ts';
import { login, LOGIN_HELP } from './login.ts';
import { openRecord, withRecord } from './open-record.ts';
import { type Output, terminal } from './output.ts';
import { listOrders, type OrdersFilter } from './list-orders.ts';
import { showOrphans } from './orphans.ts';
import { printResolution, resolveCommand, type ResolveOptions } from './resolve.ts';
import { restore, RESTORE_HELP } from './restore.ts';
import { showOrder, showOrderAsKnown } from './show-order.ts';
import { showStatus } from './show-status.ts';
import { SIMULATE_HELP } from './simulate-help.ts';
import { stopOnSignals } from './stop-signals.ts';
import { type ExportOptions, exportTokens, importTokens, TOKENS_HELP } from './tokens.ts';
import { verify, VERIFY_HELP } from './verify.ts';
import { withPoller } from './with-poller.ts';

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

/** The parts that only `run` and the demo need (servers, metrics, the simulator) are loaded when they are. */
function buildProgram(output: Output, exitWith: (status: number) => void): Command {
  const program = new Command('poller')
    .description('Watches Schwab orders and records what each of them filled at, exactly.')
    .exitOverride()
    // Else `tokens export --json` is read as `tokens --json`.
    .enablePositionalOptions()
    .showHelpAfterError('(run with --help for what there is)');

  const command = (name: string, summary: string, parent = program): Command =>
    parent
      .command(name)
      .description(summary)
      .option('--json', 'print one JSON value instead of text')
      .option('--env <file>', 'read variables from this file instead of .env');

  command('run', 'poll until told to stop (Ctrl-C or SIGTERM)')
    .option('--once', 'one full cycle, then exit: 0 when every due order was examined')
    .action(async (options: CommonOptions & { once?: boolean }) => {
      const parts = { ...load(options), signals: stopOnSignals() };
      const { runOneCycle, runUntilStopped } = await import('./run.ts');
      if (options.once === true) exitWith(await runOneCycle(parts, isJson(options), output));
      else await runUntilStopped(parts, isJson(options), output);
    });

  command('login', 'sign in at Schwab: open a link, paste the address it leads to')
    .addHelpText('after', LOGIN_HELP)
    .action(async (options: CommonOptions) => {
      const { config, secrets } = load(options);
      if (secrets.credentials === null) throw new NoCredentialsError();
      if (config.callbackUrl === null)
        throw new UsageError('SCHWAB_CALLBACK_URL is not set: it must be the callback of your app, to the letter.');
      const { callbackUrl } = config;
      const db = await openRecord(config);
      try {
        const client = await createCommandLineClient({ config, secrets }, db);
        const state = randomBytes(16).toString('hex');
        const link = { baseUrl: config.brokerUrl, appKey: secrets.credentials.appKey, callbackUrl, state };
        await login(client, link, { input: process.stdin, output, isJson: isJson(options) });
      } finally {
        await db.close();
      }
    });

  const tokens = command('tokens', 'share the sign-in with a bot that uses the same Schwab app').addHelpText(
    'after',
    TOKENS_HELP,
  );

  command('export', "write the tokens to a file, in the form of schwab-py's or plain", tokens)
    .requiredOption('--for-bot <file>', 'the file; made readable by you alone')
    .addOption(new Option('--format <format>', 'the form of the file').choices(BOT_TOKEN_FORMATS).default('schwab-py'))
    .option('--force', 'overwrite the file')
    .addHelpText('after', TOKENS_HELP)
    .action(async (options: CommonOptions & ExportOptions) => {
      const settings = load(options);
      await withRecord(settings.config, (db) => exportTokens(db, settings, options, isJson(options), output));
    });

  command('import', 'take the tokens of such a file over', tokens)
    .argument('<file>', "a token file of schwab-py's, or a plain one")
    .option('--force', 'also when the record has the tokens of a younger sign-in')
    .addHelpText('after', TOKENS_HELP)
    .action(async (file: string, options: CommonOptions & { force?: boolean }) => {
      const settings = load(options);
      const db = await openRecord(settings.config);
      try {
        await importTokens(db, settings, { ...options, file }, isJson(options), output);
      } finally {
        await db.close();
      }
    });

  command('status', 'is the poller alive, and what does it see').action(async (options: CommonOptions) => {
    const { config } = load(options);
    exitWith(await withRecord(config, (db) => showStatus(db, config, Date.now(), isJson(options), output)));
  });

  command('alerts', 'what needs a person, and what did lately; --test tries the webhook')
    .option('--test', 'send a test message to the webhook and say what came back')
    .addHelpText('after', ALERTS_HELP)
    .action(async (options: CommonOptions & { test?: boolean }) => {
      const settings = load(options);
      const json = isJson(options);
      exitWith(
        options.test === true
          ? await testWebhook({ ...settings, now: () => systemClock.now() }, json, output)
          : await withRecord(settings.config, (db) => showAlerts(db, settings.config, json, output)),
      );
    });
  command('doctor', 'what is wrong, and what to do about it')
    .addHelpText('after', DOCTOR_HELP)
    .action(async (options: CommonOptions) => exitWith(await doctor(() => load(options), isJson(options), output)));

  command('orders', 'list orders, newest first')
    .option('--status <status>', 'pending, completed, failed or attention (any flag, whatever the status)')
    .option('--symbol <symbol>', 'only this symbol')
    .option('--limit <n>', 'at most this many', wholeNumber(1, 500), 50)
    .option('--after <cursor>', 'go on after the last page, whose nextCursor this is', wholeNumber(1, 2 ** 31))
    .action(async (options: CommonOptions & OrdersFilter) => {
      await withRecord(load(options).config, (db) => listOrders(db, options, isJson(options), output));
    });

  command('show', 'one order: its price and why, its fills, its replacement chain, its audit trail')
    .argument('<id>', "our order id, or the broker's")
    .option('--as-known-at <instant>', 'as the record knew it then, such as 2026-01-05T15:00:00Z')
    .action(async (id: string, options: CommonOptions & { asKnownAt?: string }) => {
      const { asKnownAt: at } = options;
      await withRecord(load(options).config, (db) =>
        at === undefined
          ? showOrder(db, id, isJson(options), output)
          : showOrderAsKnown(db, id, { at, now: Date.now() }, isJson(options), output),
      );
    });

  command('orphans', 'orders that only the broker, or only the record, knows').action(
    async (options: CommonOptions) => {
      await withRecord(load(options).config, (db) => showOrphans(db, isJson(options), output));
    },
  );

  command('track', 'watch an order that was placed elsewhere')
    .requiredOption('--order-id <id>', "the broker's order id, the last part of the Location header")
    .option('--account <id>', 'our short account id, such as A1; not needed when there is one account')
    .option('--wait <seconds>', 'wait at most this long for the poller', wholeNumber(0, 600), 10)
    .addHelpText('after', AWAITED_HELP)
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
    .addHelpText('after', AWAITED_HELP)
    .action(async (id: string, options: CommonOptions & { wait: number }) => {
      const status = await withRecord(load(options).config, async (db) => {
        const commandId = await db.enqueueCommand(await repollCommand(db, id, Date.now()));
        return printAnswer(await awaitCommand(db, systemClock, commandId, options.wait), isJson(options), output);
      });
      exitWith(status);
    });

  command('resolve', 'decide what reports leave open of an order: close it, accept transactions, link a replacement')
    .argument('<id>', "our order id, or the broker's")
    .requiredOption('--reason <text>', 'why; it stays in the audit trail')
    .option('--by <name>', 'who decides, as it is to stand in the audit trail')
    .option('--close', 'it is over, with the fills that it has (without another word, this)')
    .option('--accept-transactions', "take the executions that the account's transactions show for its fills")
    .option('--replaces <id>', 'it took the place of this order; or of none')
    .option('--wait <seconds>', 'wait at most this long for the poller', wholeNumber(0, 600), 10)
    .addHelpText('after', AWAITED_HELP)
    .action(async (id: string, options: CommonOptions & ResolveOptions & { wait: number }) => {
      const status = await withRecord(load(options).config, async (db) => {
        const commandId = await db.enqueueCommand(await resolveCommand(db, id, options, Date.now()));
        return printResolution(await awaitCommand(db, systemClock, commandId, options.wait), isJson(options), output);
      });
      exitWith(status);
    });

  command('inspect', 'what the tracker concludes from files of Schwab order JSON; one line of JSON per file')
    .argument('<file...>', 'files that hold one order, or an array of orders')
    .addHelpText('after', INSPECT_HELP)
    .action(async (files: string[]) => exitWith(await inspect(files, output)));

  command('import', "take over the orders of the older bot's database")
    .argument('<file>', 'its SQLite file, which is only read')
    .requiredOption('--account <id>', 'our short id of the account whose orders they are, such as A1')
    .addHelpText('after', IMPORT_HELP)
    .action(async (file: string, options: CommonOptions & { account: string }) => {
      const { account } = options;
      exitWith(
        await withRecord(load(options).config, (db) =>
          importSeedFile(db, { file, account, isJson: isJson(options) }, output),
        ),
      );
    });

  command('backfill', 'ask Schwab what imported orders really filled at')
    .option('--account <id>', 'only this account of ours, such as A1')
    .addHelpText('after', BACKFILL_HELP)
    .action(async (options: CommonOptions & { account?: string }) => {
      const { stop } = stopOnSignals();
      const asked = { ...options, isJson: isJson(options) };
      exitWith(await withPoller(load(options), stop, (poller) => backfill(poller, asked, stop, output)));
    });

  command('verify', 'hold one date of the record against the orders and the transactions at Schwab')
    .option('--date <date>', 'a New York date such as 2026-01-05; the last finished session when left out')
    .option('--account <id>', 'only this account of ours, such as A1')
    .addHelpText('after', VERIFY_HELP)
    .action(async (options: CommonOptions & { date?: string; account?: string }) => {
      const { stop } = stopOnSignals();
      const asked = { ...options, isJson: isJson(options) };
      exitWith(await withPoller(load(options), stop, (poller) => verify(poller, asked, stop, output)));
    });

  command('export', 'print all orders of a selection, as CSV or JSON')
    .addOption(new Option('--format <format>', 'csv, or json as with --json').choices(['csv', 'json']).default('csv'))
    .option('--status <status>', 'pending, completed, failed or attention')
    .option('--symbol <symbol>', 'only this symbol')
    .option('--from <time>', 'entered on this New York date or later, or at this instant or later')
    .option('--to <time>', 'entered on this New York date or earlier, or before this instant')
    .addHelpText('after', EXPORT_HELP)
    .action(async (options: CommonOptions & ExportSelection & { format: ExportFormat }) => {
      const { status, symbol, from, to } = options;
      const format = isJson(options) ? 'json' : options.format;
      await withRecord(load(options).config, (db) =>
        exportOrders(db, format, { status, symbol, from, to }, process.stdout),
      );
    });

  command('backup', 'copy the record, also while the poller is at work, and check the copy')
    .argument('[target]', 'a file that is not there yet, or a folder; without it, the folder backups beside the record')
    .option('--keep <n>', 'leave only so many backups of this record in the folder', wholeNumber(1, 10_000))
    .addHelpText('after', BACKUP_HELP)
    .action(async (target: string | undefined, options: CommonOptions & { keep?: number }) => {
      const asked = { target: target ?? null, keep: options.keep ?? null, isJson: isJson(options) };
      await backup(load(options).config, asked, Date.now(), output);
    });

  command('restore', 'check a backup and put it in the place of the record, which is set aside')
    .argument('<file>', 'the backup')
    .option('--check', 'only check it; nothing is changed')
    .addHelpText('after', RESTORE_HELP)
    .action(async (file: string, options: CommonOptions & { check?: boolean }) => {
      const asked = { backup: file, isCheck: options.check === true, isJson: isJson(options) };
      await restore(load(options).config, asked, Date.now(), output);
    });

  command('simulate', 'run the simulated broker alone')
    .option('--port <port>', 'instead of SIMULATOR_PORT', wholeNumber(1, 65_535))
    .option('--scenario <name>', 'what happens in it: none, demo, endings, twenty-fills, oddities', 'demo')
    .option('--seed <n>', 'the same seed tells the same story', wholeNumber(0, 2 ** 31), DEMO_SEED)
    .option('--state <file>', 'keep the orders in this file between runs')
    .addHelpText('after', SIMULATE_HELP)
    .action(async (options: CommonOptions & { port?: number; scenario: string; seed: number; state?: string }) => {
      const { config } = load(options);
      const port = options.port ?? config.simulatorPort;
      const { scenario, seed } = options;
      const broker = { port, scenario, seed, stateFile: options.state ?? null };
      const { simulate } = await import('./simulate.ts');
      await simulate(broker, stopOnSignals().stop, isJson(options), output);
    });

  command('demo', 'simulator and poller together, printing orders as they fill')
    .option('--seed <n>', 'the same seed tells the same story', wholeNumber(0, 2 ** 31), DEMO_SEED)
    .option('--seconds <n>', 'end by itself after this time', wholeNumber(1, 86_400))
    .action(async (options: CommonOptions & { seed: number; seconds?: number }) => {
      const parts = { ...loadDemo(options), signals: stopOnSignals(), seed: options.seed };
      const { demo } = await import('./demo.ts');
      exitWith(await demo({ ...parts, seconds: options.seconds ?? null, isJson: isJson(options) }, output));
    });

  command('demo-order', 'place one order in a running demo, as a bot would, and follow it into the record')
    .option('--symbol <symbol>', 'what to buy', 'GME')
    .option('--quantity <n>', 'whole shares', '100')
    .action(async (options: CommonOptions & { symbol: string; quantity: string }) => {
      const settings = loadDemo(options);
      const { symbol, quantity } = options;
      const order = { ...settings, symbol, quantity, isJson: isJson(options) };
      const { demoOrder } = await import('./demo-order.ts');
      exitWith(await withRecord(settings.config, (db) => demoOrder(db, order, output)));
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
