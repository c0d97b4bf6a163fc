import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyRequest } from 'fastify';
import type { App } from '../app.ts';
import { ProblemError } from '../problem-error.ts';
import { sendProblemOf } from './problems.ts';

/** Paths that are never pages of the dashboard. */
const NOT_PAGES = /^\/(api|assets|docs|healthz|readyz|metrics|openapi\.json)(\/|\.|$)/;

const PAGE_WITHOUT_DASHBOARD = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Schwab Fill Tracker</title>
<h1>The API is up</h1>
<p>The dashboard is not built. See <a href="/docs">what the API offers</a>, or its state at <a href="/readyz">/readyz</a>.</p>
</html>
`;

export function isDashboardBuilt(folder: string): boolean {
  return existsSync(join(folder, 'index.html'));
}

/** Serves the built dashboard; addresses of its pages, which it makes itself, all give its one document. */
export async function serveDashboard(app: App, folder: string): Promise<void> {
  const isBuilt = isDashboardBuilt(folder);
  if (isBuilt) {
    await app.register(fastifyStatic, {
      root: folder,
      dotfiles: 'ignore',
      cacheControl: false,
      preCompressed: true,
      schemaHide: true,
      setHeaders: (reply, path) => void reply.header('cache-control', cacheControlOf(path)),
    });
  } else {
    app.get('/', { schema: { hide: true } }, (_request, reply) =>
      reply.type('text/html; charset=utf-8').send(PAGE_WITHOUT_DASHBOARD),
    );
  }
  app.setNotFoundHandler((request, reply) => {
    if (isBuilt && wantsPage(request)) return reply.sendFile('index.html');
    return sendProblemOf(new ProblemError(404, 'There is nothing at this address.'), request, reply);
  });
}

/** A person who opens or reloads an address; a script or a picture that is missing stays missing. */
function wantsPage({ method, headers, url }: Pick<FastifyRequest, 'method' | 'headers' | 'url'>): boolean {
  const isGet = method === 'GET' || method === 'HEAD';
  return isGet && (headers.accept ?? '').includes('text/html') && !NOT_PAGES.test(url.split('?', 1)[0] ?? url);
}

/** A file whose name carries the hash of its content never changes; everything else is asked for again. */
export function cacheControlOf(path: string): string {
  return /[\\/]assets[\\/][^\\/]+-[\w-]{8}\.\w+(\.gz)?$/.test(path)
    ? 'public, max-age=31536000, immutable'
    : 'no-cache';
}
