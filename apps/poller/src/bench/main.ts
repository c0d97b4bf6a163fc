import { Command, InvalidArgumentError } from 'commander';
import { benchCommit } from './commit.ts';
import { benchDetection } from './detection.ts';
import { benchLatency } from './latency.ts';

const BENCHES: Readonly<
  Record<string, (progress: (text: string) => void, orders: number | undefined) => Promise<unknown>>
> = {
  detection: (progress, orders = 20) => benchDetection({ orders, spreadSeconds: 60, progress }),
  latency: (progress, orders) => benchLatency({ ...(orders !== undefined && { sizes: [orders] }), progress }),
  commit: (progress, orders = 1_000) => {
    progress(`${orders} orders in one transaction, 5 times`);
    return benchCommit({ orders, rounds: 5 });
  },
};

const program = new Command('bench')
  .description('Measures. The numbers depend on the machine; compare them within one run.')
  .argument('[name]', `one of ${Object.keys(BENCHES).join(', ')}; all when missing`)
  .option('--orders <n>', 'how many orders', positive)
  .option('--json', 'one JSON value on stdout')
  .action(async (name: string | undefined, options: { orders?: number; json?: boolean }) => {
    if (name !== undefined && BENCHES[name] === undefined)
      program.error(`There is no bench "${name}".`, { exitCode: 2 });
    const results: Record<string, unknown> = {};
    for (const [each, bench] of Object.entries(BENCHES)) {
      if (name !== undefined && name !== each) continue;
      results[each] = await bench((text) => process.stderr.write(`${each}: ${text}\n`), options.orders);
    }
    process.stdout.write(`${options.json === true ? JSON.stringify(results) : JSON.stringify(results, null, 2)}\n`);
  });

await program.parseAsync();

function positive(text: string): number {
  const value = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (value < 1) throw new InvalidArgumentError('It must be a whole number from 1.');
  return value;
}
