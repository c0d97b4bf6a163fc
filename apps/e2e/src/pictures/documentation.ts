import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { WORKSPACE } from '../stack/workspace.ts';
import type { Photographer } from './photographer.ts';
import type { Scene } from './scene.ts';

const SCREEN = { width: 1440, height: 900 } as const;

/** The pictures that README.md shows, by file. */
const PICTURES = [
  { file: 'orders.png', scene: 'orders-all', colorScheme: 'dark' },
  { file: 'order.png', scene: 'order-parts', colorScheme: 'light', act: isVerified },
] as const satisfies readonly {
  readonly file: string;
  readonly scene: string;
  readonly colorScheme: 'light' | 'dark';
  readonly act?: (page: Page) => Promise<unknown>;
}[];

export async function takeForDocumentation(camera: Photographer, url: string, scenes: readonly Scene[]): Promise<void> {
  for (const { file, scene: name, colorScheme, ...act } of PICTURES) {
    const scene = scenes.find((one) => one.name === name);
    if (scene === undefined) throw new Error(`There is no scene ${name}`);
    await using shot = await camera.open(url, { ...scene, height: SCREEN.height, ...act }, { ...SCREEN, colorScheme });
    await shot.save(name, join(WORKSPACE, 'docs/images', file));
  }
}

/** The second witness is heard a minute after an order traded. */
async function isVerified(page: Page): Promise<void> {
  await page.getByText('The account’s transactions agree').waitFor({ timeout: 180_000 });
}
