import type { Page } from '@playwright/test';

/** What went wrong in a page, and where it asked for things. */
export interface PageWatch {
  /** Exceptions, and the errors and warnings of its console, where the browser tells what the page's policy forbade. */
  readonly troubles: () => readonly string[];
  /** The same, which are forgotten: for tests that make trouble. */
  readonly takeTroubles: () => readonly string[];
  /** Every request's origin, once. */
  readonly origins: () => readonly string[];
  /** Documents loaded since the watch began. */
  readonly loads: () => number;
}

/** What the browser itself says when a server is gone. */
const SERVER_IS_GONE = /net::ERR_(CONNECTION_REFUSED|CONNECTION_RESET|EMPTY_RESPONSE|INCOMPLETE_CHUNKED_ENCODING)/;

/** Watches the page and its later documents. Must begin before the page loads anything. */
export function watchPage(page: Page): PageWatch {
  const troubles: string[] = [];
  const origins = new Set<string>();
  let loads = 0;
  page.on('pageerror', (error) => troubles.push(error.message));
  page.on('console', (message) => {
    const isTrouble = ['error', 'warning'].includes(message.type());
    if (isTrouble && !SERVER_IS_GONE.test(message.text())) troubles.push(message.text());
  });
  page.on('request', (request) => {
    const { protocol, origin } = new URL(request.url());
    if (protocol !== 'data:') origins.add(origin);
    if (request.isNavigationRequest()) loads += 1;
  });
  return {
    troubles: () => troubles,
    takeTroubles: () => troubles.splice(0),
    origins: () => [...origins],
    loads: () => loads,
  };
}
