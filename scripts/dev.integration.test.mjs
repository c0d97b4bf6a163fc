// `pnpm dev` as a developer meets it. What it does when a source changes is not tried here: the sources are those that
// other tests run on.
import { request } from 'node:http';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { freePort, isFree, json, launch, ownSurroundings } from './testing/launch.mjs';

const DEV = fileURLToPath(new URL('./dev.mjs', import.meta.url));

it('serves the dashboard from its sources, with an API that answers to its own page alone, and ends as a whole', async () => {
  const { env, ports } = await ownSurroundings();
  const port = await freePort();
  const page = `http://127.0.0.1:${port}`;
  const dev = launch(process.execPath, [DEV, '--port', port], env);
  await dev.says(`Dashboard: ${page} (DEMO)`);

  expect(await (await fetch(page)).text()).toContain('/src/main.tsx');
  expect((await json(`${page}/api/poller`)).state).toBe('running');
  const statusFor = (headers) => statusOf(`${page}/api/poller`, headers);
  expect(await statusFor({ origin: page })).toBe(200);
  expect(await statusFor({ origin: 'http://localhost:9' })).toBe(403);
  expect(await statusFor({ origin: 'https://elsewhere.example' })).toBe(403);
  // A name that was pointed at this machine.
  const rebound = `elsewhere.example:${port}`;
  expect(await statusFor({ host: rebound, origin: `http://${rebound}` })).toBe(403);

  dev.kill('SIGTERM');
  expect(await dev.ended).toBe(0);
  for (const each of [port, ...Object.values(ports)]) expect(await isFree(each), `port ${each} is free`).toBe(true);
});

/** fetch would set Host and Origin itself. */
function statusOf(address, headers) {
  return new Promise((resolve, reject) => {
    request(address, { headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    })
      .once('error', reject)
      .end();
  });
}
