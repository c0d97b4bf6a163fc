/** Runs the benchmarks of this package: `main.js NAME [--orders N] [--json]`. `scripts/bench.mjs` knows all names. */
import { parseArgs } from 'node:util';
import { API_BENCH } from './api.ts';
import type { Bench } from './bench.ts';
import { DASHBOARD_BENCH } from './dashboard.ts';

const BENCHES: ReadonlyMap<string, Bench> = new Map([
  ['dashboard', DASHBOARD_BENCH],
  ['api', API_BENCH],
]);

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { orders: { type: 'string' }, json: { type: 'boolean' } },
});
const [name = ''] = positionals;
const bench = BENCHES.get(name);
if (bench === undefined) throw new RangeError(`There is no bench "${name}" here`);
const { json, text } = await bench.run({
  orders: Number(values.orders ?? bench.orders),
  progress: (line) => void process.stderr.write(`${name}: ${line}\n`),
});
process.stdout.write(values.json === true ? `${JSON.stringify({ [name]: json })}\n` : `${name}\n${text}\n`);
