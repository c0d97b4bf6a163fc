import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from '@playwright/test';
import { launchOptions } from '../browser/launch-options.ts';
import { type Look, LOOKS } from './looks.ts';
import type { Scene } from './scene.ts';

export interface PhotographerOptions {
  readonly folder: string;
  /** Pictures without this word in their name are not taken. */
  readonly only: string;
  readonly tell: (text: string) => void;
}

/** Takes pictures of a dashboard with one browser. */
export interface Photographer extends AsyncDisposable {
  /** Each scene in every look. */
  readonly take: (url: string, scenes: readonly Scene[]) => Promise<void>;
  /** Opens a scene and leaves it open. */
  readonly open: (url: string, scene: Scene, look: Look) => Promise<Shot>;
}

/** A page that is open, in one look. */
export interface Shot extends AsyncDisposable {
  readonly page: Page;
  /** Takes a picture once what moves has come to rest, as `name-width-scheme.png` unless it has another file. */
  readonly save: (name: string, file?: string) => Promise<void>;
}

/** Toasts slide in and rows flash for so long, ms. */
const REST_MS = 700;
/** The longest that anything here takes, ms: a broker in trouble counts as such after half a minute. */
const PATIENCE_MS = 120_000;

export async function photographer({ folder, only, tell }: PhotographerOptions): Promise<Photographer> {
  const browser = await chromium.launch(await launchOptions());
  await mkdir(folder, { recursive: true });

  async function open(url: string, scene: Scene, look: Look): Promise<Shot> {
    const page = await newPage(browser, look, scene.height ?? look.height);
    page.on('pageerror', (error) => tell(`  ${scene.name}: the page threw ${error.message}`));
    await scene.prepare?.(page);
    await page.goto(url + scene.path);
    await page
      .getByText('Live', { exact: true })
      .or(page.getByText('Stale', { exact: true }))
      .first()
      .waitFor();
    await scene.act?.(page);
    return {
      page,
      async save(name, file = join(folder, `${name}-${look.width}-${look.colorScheme}.png`)) {
        await page.waitForTimeout(REST_MS);
        const excess = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        if (excess > 0) tell(`  ${name}: ${excess} px wider than a screen of ${look.width}`);
        await page.screenshot({ path: file });
      },
      [Symbol.asyncDispose]: () => page.context().close(),
    };
  }

  async function take(url: string, scenes: readonly Scene[]): Promise<void> {
    for (const scene of scenes.filter(({ name }) => name.includes(only))) {
      tell(scene.name);
      for (const look of LOOKS) {
        await using shot = await open(url, scene, look);
        await shot.save(scene.name);
      }
    }
  }

  return { take, open, [Symbol.asyncDispose]: () => browser.close() };
}

async function newPage(browser: Browser, { width, colorScheme }: Look, height: number): Promise<Page> {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme });
  context.setDefaultTimeout(PATIENCE_MS);
  return context.newPage();
}
