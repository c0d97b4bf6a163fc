import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import {
  backupSummary,
  commandAnswer,
  fullOrder,
  inspection,
  orderList,
  pollerStatus,
  restoreSummary,
} from '@fill-tracker/contract';
import { openDatabase } from '@fill-tracker/db';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { demoVariables, runCommand, type Variables } from './testing/command-line.ts';
import { suiteOwner } from './testing/suite-owner.ts';
import {
  createWorld,
  DEMO_BROKER,
  type OwningTest,
  type PollerAtWork,
  temporaryDirectory,
  type World,
} from './testing/world.ts';

/** In the header of a SQLite file: whose it is. */
const OFFSET_OF_APPLICATION_ID = 68;

const FILLED = { fills: [{ afterMs: 0, quantity: '10', price: '22.7299' }] };

/** No `.env` of this machine, and nothing but what the test says. */
function isolated(
  test: OwningTest,
  variables: Variables = {},
): { args: string[]; variables: Variables; directory: string } {
  const directory = temporaryDirectory(test);
  const envFile = join(directory, 'empty.env');
  writeFileSync(envFile, '');
  return {
    args: ['--env', envFile],
    variables: { DATABASE_URL: `file:${directory}/fills.db`, ...variables },
    directory,
  };
}

/** Exactly one JSON value, and nothing else. */
function oneValue(stdout: string): unknown {
  expect(stdout.trimEnd().split('\n')).toHaveLength(1);
  return JSON.parse(stdout);
}

function expectOnlyLogs(stderr: string): void {
  for (const line of stderr.split('\n').filter((text) => text !== '')) expect(JSON.parse(line)).toHaveProperty('msg');
}

describe.concurrent('help', () => {
  it.concurrent('names every command', async (test) => {
    const { status, stdout } = await runCommand(test, ['--help']);
    expect(status).toBe(0);
    for (const name of ['run', 'login', 'status', 'doctor', 'demo-order'])
      expect(stdout).toMatch(new RegExp(`^  ${name}\\b`, 'm'));
  });
});

describe.concurrent('with a poller at work', () => {
  const owner = suiteOwner();
  let world: World;
  let poller: PollerAtWork;
  let brokerOrderId: string;

  beforeAll(async () => {
    world = await createWorld(owner);
    brokerOrderId = world.script(FILLED);
    world.script({});
    poller = await world.startPoller();
    await world.untilRecordEqualsTruth();
  });

  const answer = async (test: OwningTest, ...args: string[]): Promise<unknown> => {
    const { args: envFile } = isolated(test);
    const { status, stdout, stderr } = await runCommand(test, [...args, '--json', ...envFile], demoVariables(world));
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    return oneValue(stdout);
  };

  it.concurrent('status says that it runs', async (test) => {
    const status = pollerStatus.parse(await answer(test, 'status'));
    expect(status).toMatchObject({ state: 'running', demo: true, leaseHolder: poller.poller.owner });
    expect(status.orders).toEqual({ pending: 1, completed: 1, failed: 0, attention: 0 });
  });

  it.concurrent('orders lists them, by status and by symbol', async (test) => {
    expect(orderList.parse(await answer(test, 'orders')).items).toHaveLength(2);
    const completed = orderList.parse(await answer(test, 'orders', '--status', 'completed', '--symbol', 'gme'));
    expect(completed.items).toMatchObject([{ brokerOrderId, averagePrice: '22.7299', priceCents: 2273 }]);
    expect(orderList.parse(await answer(test, 'orders', '--status', 'attention')).items).toEqual([]);
  });

  it.concurrent("show takes the broker's id and ours", async (test) => {
    const byBroker = fullOrder.parse(await answer(test, 'show', brokerOrderId));
    expect(byBroker).toMatchObject({ brokerOrderId, sum: '227.299', fills: [{ price: '22.7299', quantity: '10' }] });
    expect(fullOrder.parse(await answer(test, 'show', String(byBroker.id)))).toEqual(byBroker);
  });

  it.concurrent('track and repoll wait for what the poller answers', async (test) => {
    const tracked = commandAnswer.parse(await answer(test, 'track', '--order-id', brokerOrderId));
    expect(tracked).toMatchObject({ kind: 'TRACK', state: 'DONE', outcome: { alreadyTracked: true } });
    const polled = commandAnswer.parse(await answer(test, 'repoll', brokerOrderId));
    expect(polled).toMatchObject({
      kind: 'REPOLL',
      state: 'DONE',
      outcome: { averagePrice: '22.7299', changed: false },
    });
  });

  it.concurrent('and for people the same in words', async (test) => {
    const inWords = async (...args: string[]): Promise<string> =>
      (await runCommand(test, [...args, ...isolated(test).args], demoVariables(world))).stdout;
    expect(await inWords('status')).toContain('DEMO. The poller is at work.');
    expect(await inWords('orders')).toMatch(/BUY +GME +10\/10 +22\.7299 +FILLED/);
    expect(await inWords('show', brokerOrderId)).toContain(
      '(10 x 22.7299) / 10 = 227.299 / 10, which is 22.7299 to 8 places',
    );
    expect(await inWords('repoll', brokerOrderId)).toBe('Checked: FILLED, 10 filled at 22.7299, nothing new.\n');
  });

  it.concurrent('run --once refuses, and names who is at work', async (test) => {
    const { args } = isolated(test);
    const { status, stdout, stderr } = await runCommand(test, ['run', '--once', ...args], demoVariables(world));
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toContain(poller.poller.owner);
  });

  it.concurrent('backup copies the record meanwhile; restore refuses, and names who is at work', async (test) => {
    const { args, directory } = isolated(test);
    const made = backupSummary.parse(await answer(test, 'backup', join(directory, 'copy.db')));
    expect(made.contents.orders).toEqual({ pending: 1, completed: 1, failed: 0 });
    expect(restoreSummary.parse(await answer(test, 'restore', '--check', made.backup)).restored).toBe(false);
    const { status, stdout, stderr } = await runCommand(test, ['restore', made.backup, ...args], demoVariables(world));
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toContain(poller.poller.owner);
  });

  it.concurrent.for([
    { args: ['backup', '--keep', '0'], status: 2, says: 'whole number from 1 to 10000' },
    { args: ['backup', '/tmp/no-such-file.db', '--keep', '2'], status: 2, says: '--keep goes with a folder' },
    { args: ['restore', '/tmp/no-such-file.db'], status: 1, says: 'Cannot open /tmp/no-such-file.db' },
    { args: ['restore'], status: 2, says: "missing required argument 'file'" },
    { args: ['show', '12345678901'], status: 1, says: 'There is no order 12345678901' },
    { args: ['show', 'abc'], status: 2, says: '"abc" is no order id' },
    { args: ['show', '99999999999999999999'], status: 2, says: 'is no order id' },
    { args: ['repoll', '12345678901'], status: 1, says: 'There is no order 12345678901' },
    { args: ['track', '--order-id', '12x4'], status: 2, says: '"12x4" is no Schwab order id' },
    { args: ['track', '--order-id', '1234', '--account', 'A7'], status: 1, says: 'There is no account A7. Known: A1' },
    { args: ['track'], status: 2, says: '--order-id' },
    { args: ['orders', '--status', 'odd'], status: 2, says: '--status must be' },
    { args: ['orders', '--limit', '0'], status: 2, says: 'whole number from 1 to 500' },
    { args: ['orders', 'GME'], status: 2, says: 'too many arguments' },
    { args: ['status', '--odd'], status: 2, says: "unknown option '--odd'" },
    { args: ['simulate', '--scenario', 'odd'], status: 2, says: 'There is no scenario "odd"' },
    { args: ['odd'], status: 2, says: "unknown command 'odd'" },
  ])('$args ends with status $status', async ({ args, status, says }, test) => {
    const envFile = args[0] === 'odd' ? [] : isolated(test).args;
    const run = await runCommand(test, [...args, ...envFile], demoVariables(world));
    expect({ status: run.status, stdout: run.stdout }).toEqual({ status, stdout: '' });
    expect(run.stderr).toContain(says);
    expect(run.stderr).not.toContain('    at ');
  });
});

describe.concurrent('run --once', () => {
  const summary = z.object({ outcome: z.string(), examined: z.number(), errorKind: z.string().nullable() });

  it.concurrent('ends with 0 when every due order was examined', async (test) => {
    const world = await createWorld(test);
    world.script(FILLED);
    const { args } = isolated(test);
    const { status, stdout, stderr } = await runCommand(
      test,
      ['run', '--once', '--json', ...args],
      demoVariables(world),
    );
    expect(status).toBe(0);
    expect(summary.parse(oneValue(stdout)).outcome).toBe('complete');
    expectOnlyLogs(stderr);
    expect(await world.differences()).toEqual([]);
    expect(await world.record.readLease()).toMatchObject({ owner: null });
  });

  it.concurrent('ends with 1 when the broker fails', async (test) => {
    const world = await createWorld(test);
    world.simulator.setFaults([{ kind: 'unauthorized', path: '/orders' }]);
    const { args } = isolated(test);
    const { status, stdout, stderr } = await runCommand(
      test,
      ['run', '--once', '--json', ...args],
      demoVariables(world),
    );
    expect(status).toBe(1);
    expect(summary.parse(oneValue(stdout))).toMatchObject({ outcome: 'failed', errorKind: 'unauthorized' });
    expectOnlyLogs(stderr);
  });
});

describe.concurrent('what is wrong is said in a line or two, without a stack', () => {
  const expectProblem = async (
    test: OwningTest,
    { args, variables, status = 1 }: { args: string[]; variables: Variables; status?: number },
  ): Promise<string> => {
    const run = await runCommand(test, args, variables);
    expect({ status: run.status, stdout: run.stdout }).toEqual({ status, stdout: '' });
    const words = run.stderr
      .split('\n')
      .filter((line) => !line.startsWith('{'))
      .join('\n');
    expect(words).not.toMatch(/^\s+at /m);
    return words;
  };

  it.concurrent('a .env names all its bad variables at once, and repeats no secret', async (test) => {
    const { directory } = isolated(test);
    const file = join(directory, 'bad.env');
    writeFileSync(file, 'SCHWAB_APP_KEY=secret7\nPOLL_INTERVAL_SECONDS=soon\nPOLLER_PORT=99999\nDEMO=perhaps\n');
    const words = await expectProblem(test, { args: ['run', '--env', file], variables: {} });
    for (const name of ['SCHWAB_APP_KEY', 'POLL_INTERVAL_SECONDS', 'POLLER_PORT', 'DEMO'])
      expect(words).toContain(name);
    expect(words).toContain('SCHWAB_APP_SECRET is missing');
    expect(words).not.toContain('secret7');
  });

  it.concurrent('a port that is taken', async (test) => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen({ host: '127.0.0.1', port: 0 }, resolve));
    test.onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
    const address = server.address();
    const port = typeof address === 'object' ? String(address?.port) : '';
    const { args, variables } = isolated(test, { DEMO: '1', POLLER_PORT: port });
    const words = await expectProblem(test, { args: ['run', ...args], variables });
    expect(words.trim().split('\n')).toEqual([expect.stringContaining(`Port ${port} is in use`)]);
  });

  it.concurrent('no credentials', async (test) => {
    const { args, variables } = isolated(test, { POLLER_PORT: '0' });
    const words = await expectProblem(test, { args: ['run', ...args], variables });
    expect(words).toContain('No Schwab app is configured');
    expect(words).toContain('DEMO=1');
  });

  it.concurrent.for(['status', 'orders', 'show 5', 'repoll 5', 'track --order-id 5'])(
    '%s before there is a record',
    async (line, test) => {
      const { args, variables } = isolated(test);
      const words = await expectProblem(test, { args: [...line.split(' '), ...args], variables });
      expect(words).toContain('There is no record yet at');
    },
  );

  interface OddRecord {
    readonly kind: string;
    readonly says: string;
    /** Makes it in the directory, and gives the path to use. */
    readonly make: (directory: string) => string | Promise<string>;
  }

  const ODD_RECORDS: readonly OddRecord[] = [
    {
      kind: 'a text file',
      says: 'is not a SQLite database',
      make(directory) {
        const file = join(directory, 'letter.db');
        writeFileSync(file, 'no database, but quite a long text '.repeat(100));
        return file;
      },
    },
    {
      kind: "another program's database",
      says: 'is a SQLite database of another program',
      async make(directory) {
        const file = join(directory, 'theirs.db');
        await (await openDatabase({ file, broker: DEMO_BROKER, now: Date.now })).close();
        const bytes = readFileSync(file);
        bytes.writeUInt32BE(0xc0ffee, OFFSET_OF_APPLICATION_ID);
        writeFileSync(file, bytes);
        return file;
      },
    },
    { kind: 'a folder', says: 'Cannot open', make: (directory) => directory },
    {
      kind: 'below a file',
      says: 'Cannot open',
      make(directory) {
        writeFileSync(join(directory, 'plain'), '');
        return join(directory, 'plain', 'fills.db');
      },
    },
  ];

  it.concurrent.for(ODD_RECORDS)('a record that is $kind', async ({ make, says }, test) => {
    const { args, directory } = isolated(test);
    const file = await make(directory);
    const variables = { DEMO: '1', DATABASE_URL: `file:${file}`, POLLER_PORT: '0' };
    const words = await expectProblem(test, { args: ['run', ...args], variables });
    expect(words).toContain(says);
    expect(words).toContain(file);
  });

  it.concurrent('a record of another broker', async (test) => {
    const world = await createWorld(test);
    const { args } = isolated(test);
    const variables = {
      DATABASE_URL: `file:${world.file}`,
      SCHWAB_APP_KEY: 'some-app-key',
      SCHWAB_APP_SECRET: 'some-app-secret',
    };
    const words = await expectProblem(test, { args: ['run', '--once', ...args], variables });
    expect(words).toContain('simulator (demo)');
    expect(words).toContain('https://api.schwabapi.com (live)');
  });

  it.concurrent('a sign-in that is not needed, for lack of an app or of its callback', async (test) => {
    const { args, variables } = isolated(test);
    expect(await expectProblem(test, { args: ['login', ...args], variables })).toContain('No Schwab app is configured');
    const app = { ...variables, SCHWAB_APP_KEY: 'some-app-key', SCHWAB_APP_SECRET: 'some-app-secret' };
    const words = await expectProblem(test, { args: ['login', ...args], variables: app, status: 2 });
    expect(words).toContain('SCHWAB_CALLBACK_URL is not set');
  });
});

describe.concurrent('commands that wait for a poller', () => {
  it.concurrent('say so when there is none; the command is kept', async (test) => {
    const world = await createWorld(test);
    const brokerOrderId = world.script({});
    const { stop } = await world.startPoller();
    await world.untilRecordEqualsTruth();
    await stop();
    const { args } = isolated(test);
    const run = await runCommand(test, ['repoll', brokerOrderId, ...args], demoVariables(world));
    expect(run.status).toBe(1);
    expect(run.stdout).toContain('no poller is at work (stopped); it is kept');
    expect(await world.record.loadQueuedCommands()).toMatchObject([{ kind: 'REPOLL', brokerOrderId }]);
    const status = await runCommand(test, ['status', '--json', ...args], demoVariables(world));
    expect(status.status).toBe(1);
    expect(pollerStatus.parse(oneValue(status.stdout))).toMatchObject({ state: 'stopped', leaseHolder: null });
  });
});

describe.concurrent('inspect', () => {
  it.concurrent('gives one line of JSON for each file, also for those that cannot be read', async (test) => {
    const { directory } = isolated(test);
    const good = join(directory, 'one order.json');
    writeFileSync(good, '{"orderId": 1000000000001, "status": "WORKING"}');
    // --env as the wrapper of the systemd services appends it to every command.
    const files = [good, join(directory, 'missing.json')];
    const run = await runCommand(test, ['inspect', ...files, '--json', '--env', '/etc/fill-tracker/env']);
    expect(run).toMatchObject({ status: 1, stderr: '' });
    const [first, second] = run.stdout
      .trimEnd()
      .split('\n')
      .map((line) => inspection.parse(JSON.parse(line)));
    expect(first).toMatchObject({ file: good, orders: [{ brokerOrderId: '1000000000001', status: 'PENDING' }] });
    expect(second).toMatchObject({ error: { code: 'UNREADABLE_FILE' } });
  });

  it.concurrent('without a file is wrong usage', async (test) => {
    expect((await runCommand(test, ['inspect'])).status).toBe(2);
  });
});

describe.concurrent('demo', () => {
  it.concurrent('plays, ends by itself and proves its record', async (test) => {
    const { args, variables, directory } = isolated(test, { POLLER_PORT: '0' });
    const free = createServer();
    await new Promise<void>((resolve) => free.listen({ host: '127.0.0.1', port: 0 }, resolve));
    const address = free.address();
    const SIMULATOR_PORT = typeof address === 'object' ? String(address?.port) : '';
    await new Promise<void>((resolve) => free.close(() => resolve()));
    const file = join(directory, 'demo.db');
    const run = await runCommand(test, ['demo', '--seconds', '3', ...args], {
      ...variables,
      DATABASE_URL: `file:${file}`,
      SIMULATOR_PORT,
    });
    expect({ status: run.status, stderr: run.stderr }).toEqual({ status: 0, stderr: '' });
    expect(run.stdout).toContain('DEMO.');
    expect(run.stdout).toMatch(/all equal to the broker's own truth/);
  });
});
