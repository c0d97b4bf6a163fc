import { expect, it } from 'vitest';
import { startSimulator } from '@fill-tracker/schwab-simulator';
import { openPortGate } from './port-gate.ts';

it('leads to the broker while it is open, and refuses while it is shut', async (test) => {
  const simulator = await startSimulator({ port: 0 });
  test.onTestFinished(() => simulator.close());
  const gate = await openPortGate(test, simulator.port);
  const ask = async (): Promise<number> => (await fetch(`http://127.0.0.1:${gate.port}/simulator/health`)).status;
  expect(await ask()).toBe(200);
  await gate.shut();
  await expect(ask()).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });
  await gate.open();
  expect(await ask()).toBe(200);
});
