// `pnpm start` as a user meets it: real programs, real ports, a real record.
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { eventually, isFree, json, launch, ownSurroundings } from './testing/launch.mjs';

const START = fileURLToPath(new URL('./start.mjs', import.meta.url));

it('runs the demo, says where the dashboard is, restarts what dies, and leaves nothing running', async () => {
  const { env, ports } = await ownSurroundings();
  const start = launch(process.execPath, [START], env);
  await start.says('Dashboard: ');
  expect(start.output()).toContain('DEMO');

  const api = `http://127.0.0.1:${ports.API_PORT}`;
  const completed = await eventually(async () => {
    const { items } = await json(`${api}/api/orders?status=completed`);
    return items.length > 1 ? items : null;
  });
  const { orders: truth } = await json(`http://127.0.0.1:${ports.SIMULATOR_PORT}/simulator/truth`);
  for (const { brokerOrderId, averagePrice, filledQuantity } of completed) {
    expect(truth.find((order) => order.brokerOrderId === brokerOrderId)).toMatchObject({
      averagePrice,
      filledQuantity,
    });
  }

  const { leaseHolder } = await json(`${api}/api/poller`);
  process.kill(Number(leaseHolder.split(':')[1]), 'SIGKILL');
  await start.says('poller ended (SIGKILL)');
  await eventually(async () => {
    const health = await json(`${api}/api/poller`);
    return health.state === 'running' && health.leaseHolder !== leaseHolder ? health : null;
  });

  start.kill('SIGTERM');
  expect(await start.ended).toBe(0);
  for (const port of Object.values(ports)) expect(await isFree(port), `port ${port} is free`).toBe(true);
});

it('ends when the shell that launched it is gone', async () => {
  const { env, ports } = await ownSurroundings();
  const shell = launch('sh', ['-c', `"${process.execPath}" "${START}"; :`], env);
  await shell.says('Dashboard: ');
  shell.kill('SIGTERM');
  await shell.ended;
  await eventually(async () => {
    const free = await Promise.all(Object.values(ports).map(isFree));
    return free.every(Boolean) || null;
  });
  expect(await isFree(ports.SIMULATOR_PORT)).toBe(true);
});
