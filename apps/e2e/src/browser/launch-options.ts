import { CHROMIUM_ARGS, chromiumExecutable } from './chromium-executable.ts';

/** For `chromium.launch()` and for Playwright's `use.launchOptions`. */
export async function launchOptions(): Promise<{ executablePath: string; args: string[] }> {
  return { executablePath: await chromiumExecutable(), args: [...CHROMIUM_ARGS] };
}
