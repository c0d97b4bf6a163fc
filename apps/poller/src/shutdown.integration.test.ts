import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { startBrokerProxy } from './testing/broker-proxy.ts';
import { demoVariables, RUN, type ProcessAtWork, startPollerProcess } from './testing/command-line.ts';
import { createWorld, type OwningTest, type World } from './testing/world.ts';

/** What the product promises, whatever the broker does. */
const STOPS_WITHIN_MS = 10_000;

function portOf(poller: ProcessAtWork): number {
  return poller.logs().find(({ pollerPort }) => pollerPort !== undefined)?.pollerPort ?? 0;
}

/** Rejects when somebody still listens. */
function expectFree(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ host: '127.0.0.1', port }, () => server.close(() => resolve()));
  });
}

const BROKERS: readonly { readonly broker: string; readonly silentOn?: RegExp; readonly signal: NodeJS.Signals }[] = [
  { broker: 'answers', signal: 'SIGTERM' },
  { broker: 'answers', signal: 'SIGINT' },
  { broker: 'never answers a call about orders', silentOn: /\/orders/, signal: 'SIGTERM' },
  { broker: 'never answers a sign-in', silentOn: /\/oauth/, signal: 'SIGINT' },
];

interface Scene {
  readonly world: World;
  readonly poller: ProcessAtWork;
}

/** A poller in the midst of its work: waiting for an answer that never comes, or else resting after a cycle. */
async function pollerAtWork(test: OwningTest, silentOn?: RegExp, args: readonly string[] = RUN): Promise<Scene> {
  const world = await createWorld(test);
  const broker = await startBrokerProxy(test, world.simulator.url, {
    onRequest: world.wake,
    ...(silentOn && { silentOn }),
  });
  const variables = { ...demoVariables(world), SIMULATOR_PORT: String(broker.port) };
  const poller = startPollerProcess(test, args, variables, world.wake);
  await world.until('the poller to be at work', () =>
    silentOn === undefined
      ? poller.logs().some(({ msg }) => msg === 'cycle ended')
      : broker.exchanges.some(({ path }) => silentOn.test(path)),
  );
  return { world, poller };
}

describe('told to stop, the poller ends in good order', () => {
  it.concurrent.for(BROKERS)(
    'with status 0 within 10 s and its port free, by $signal, while the broker $broker',
    async ({ silentOn, signal }, test) => {
      const { world, poller } = await pollerAtWork(test, silentOn);
      const toldAt = Date.now();
      poller.signal(signal);
      expect(await poller.ended).toBe(0);
      expect(Date.now() - toldAt).toBeLessThan(STOPS_WITHIN_MS);
      await expectFree(portOf(poller));
      expect(await world.record.readLease()).toMatchObject({ owner: null });
      expect(poller.stdout()).toBe('');
    },
  );

  it.concurrent('told twice, it waits for no answer any more', async (test) => {
    const { poller } = await pollerAtWork(test, /\/orders/);
    poller.signal('SIGINT');
    poller.signal('SIGTERM');
    expect(await poller.ended).toBe(0);
  });

  it.concurrent('a single cycle is given up, and that is said in one line', async (test) => {
    const { world, poller } = await pollerAtWork(test, /\/orders/, [...RUN, '--once']);
    poller.signal('SIGINT');
    expect(await poller.ended).toBe(1);
    expect(poller.stderr().trim().split('\n').at(-1)).toMatch(/^Told to stop before the cycle had ended/);
    expect(await world.record.readLease()).toMatchObject({ owner: null });
  });

  it.concurrent('a standby ends at once', async (test) => {
    const world = await createWorld(test);
    await world.startPoller();
    const standby = startPollerProcess(test, RUN, demoVariables(world), world.wake);
    await world.until('the standby', () => standby.logs().some(({ msg }) => msg.includes('standing by')));
    standby.signal('SIGTERM');
    expect(await standby.ended).toBe(0);
  });
});
