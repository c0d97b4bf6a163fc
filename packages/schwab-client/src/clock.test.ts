import { expect, it } from 'vitest';

import { systemClock } from './clock.ts';

it('wakes a sleeper', async () => {
  await expect(systemClock.sleep(0)).resolves.toBeUndefined();
});

it('ends a sleep with the reason of the abort', async () => {
  const abort = new AbortController();
  const sleep = systemClock.sleep(60_000, abort.signal);
  abort.abort(new Error('shutting down'));
  await expect(sleep).rejects.toThrow('shutting down');
});
