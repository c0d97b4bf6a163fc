import type { Page } from '@playwright/test';

/** One page in one state. */
export interface Scene {
  /** Names the file: lower case, with hyphens. */
  readonly name: string;
  /** Such as `/orders?status=pending`. */
  readonly path: string;
  /** px; for a page that is longer than a screen. */
  readonly height?: number;
  /** Before the page is opened, such as an answer that must not come. */
  readonly prepare?: (page: Page) => Promise<unknown>;
  /** What a person does to get there, or what to wait for. */
  readonly act?: (page: Page) => Promise<unknown>;
}
