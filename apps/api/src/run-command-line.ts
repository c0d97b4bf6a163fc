import { EnvironmentError } from '@fill-tracker/settings';
import { Command, CommanderError } from 'commander';
import { pino } from 'pino';
import { loadConfig } from './config/load-config.ts';
import { serve } from './serve.ts';

/** Where the program speaks: the address to stdout, everything else to stderr. */
export interface Output {
  readonly line: (text: string) => void;
  readonly note: (text: string) => void;
}

const terminal: Output = {
  line: (text) => void process.stdout.write(`${text}\n`),
  note: (text) => void process.stderr.write(`${text}\n`),
};

/**
 * Runs the program.
 *
 * @param argv as `process.argv`
 * @param stop aborts when it is time to stop
 * @returns the exit status: 0 fine, 1 a real problem, 2 wrong usage.
 */
export async function runCommandLine(
  argv: readonly string[],
  stop: AbortSignal,
  output: Output = terminal,
): Promise<number> {
  try {
    const options = parse(argv);
    const { config, secrets } = loadConfig(options.env ?? null);
    const log = pino(
      { level: config.logLevel, base: { app: 'api' }, timestamp: pino.stdTimeFunctions.isoTime },
      pino.destination(2),
    );
    await serve({ config, secrets, log, stop, onReady: output.line });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    const message = messageOf(error);
    if (message === null) throw error;
    output.note(message);
    return 1;
  }
}

function parse(argv: readonly string[]): { readonly env?: string } {
  return new Command('fill-tracker-api')
    .description('Serves the record of order fills: JSON, live events and the dashboard.')
    .option('--env <file>', 'read variables from this file instead of .env')
    .addHelpText(
      'after',
      '\nVariables: API_HOST (127.0.0.1), API_PORT (4000), DASHBOARD_PASSWORD (needed when API_HOST is not loopback),\n' +
        'DATABASE_URL, DEMO, LOG_LEVEL; .env.example lists all.',
    )
    .allowExcessArguments(false)
    .exitOverride()
    .parse([...argv])
    .opts();
}

/** One line for an error that was foreseen; null for one that was not, whose stack matters. */
function messageOf(error: unknown): string | null {
  if (error instanceof EnvironmentError) return error.message;
  if (!(error instanceof Error) || !('code' in error)) return null;
  const port = 'port' in error ? String(error.port) : '';
  if (error.code === 'EADDRINUSE') {
    return `Port ${port} is in use, perhaps by another API of yours. Stop it, or choose another port with API_PORT.`;
  }
  if (error.code === 'EACCES') return `Port ${port} may not be used by this user. Choose another with API_PORT.`;
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND') {
    return 'API_HOST is no address of this machine. Leave it at 127.0.0.1, or name an address that it has.';
  }
  return null;
}
