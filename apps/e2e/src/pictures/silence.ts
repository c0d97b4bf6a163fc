import type { Stack } from '../stack/start-stack.ts';
import { LOOKS } from './looks.ts';
import type { Photographer } from './photographer.ts';

/** Pages that are open when the server dies: first they try again, then they say that what they show is old. */
export async function takeSilence(stack: Stack, camera: Photographer): Promise<void> {
  const scene = { name: 'silent', path: '/orders' };
  const shots = await Promise.all(LOOKS.map((look) => camera.open(stack.urls.api, scene, look)));
  try {
    await stack.api.kill();
    for (const [name, words] of [
      ['silent-reconnecting', 'Reconnecting…'],
      ['silent-stale', 'Old data.'],
    ] as const) {
      // All at once: what the page says now it says differently a quarter of a minute later.
      await Promise.all(
        shots.map(async ({ page, save }) => {
          await page.getByText(words).waitFor();
          await save(name);
        }),
      );
    }
  } finally {
    for (const shot of shots) await shot[Symbol.asyncDispose]();
    await stack.api.start();
  }
}
