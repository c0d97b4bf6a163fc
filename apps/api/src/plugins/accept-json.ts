import type { App } from '../app.ts';

/**
 * Bodies are JSON and say so. A form or a text/plain body, which a page of another site could post without asking
 * the browser's permission first, is refused (415).
 */
export function acceptJsonOnly(app: App): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'string' }, app.getDefaultJsonParser('error', 'error'));
}
