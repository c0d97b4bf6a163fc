/** The API's table of docs/metrics.md is the program's own. `UPDATE_DOCS=1` writes it anew. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fastify } from 'fastify';
import { type ZodTypeProvider } from 'fastify-type-provider-zod';
import { expect, it } from 'vitest';
import { countRequests } from './metrics.ts';

const FILE = new URL('../../../../docs/metrics.md', import.meta.url);

it('is documented, each name', async () => {
  const { registry } = countRequests(fastify().withTypeProvider<ZodTypeProvider>());
  const own = (await registry.getMetricsAsJSON()).filter(({ name }) => name.startsWith('fill_tracker_'));
  const table = ['| name | kind | meaning |', '| --- | --- | --- |']
    .concat(own.map(({ name, type, help }) => `| \`${name}\` | ${String(type)} | ${help} |`))
    .join('\n');
  const document = readFileSync(FILE, 'utf8');
  const expected = document.replace(/<!-- api -->[^]*<!-- \/api -->/, `<!-- api -->\n\n${table}\n\n<!-- /api -->`);
  if (process.env['UPDATE_DOCS'] === '1') writeFileSync(FILE, expected);
  else expect(document).toBe(expected);
});
