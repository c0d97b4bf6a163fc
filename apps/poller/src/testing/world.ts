/**
 * A broker, a record and any number of pollers for a test: the real simulator, real HTTP and a real SQLite file in a
 * folder of its own. Only the waits are short. Everything ends with the test, also when it fails.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FillDatabase, openDatabase, type OrderDetail } from '@fill-tracker/db';
import { ALWAYS_OPEN, NO_OWNER_DATES, type PollSettings } from '@fill-tracker/domain';
import { type Clock, systemClock } from '@fill-tracker/schwab-client';
import {
  DEMO_CREDENTIALS,
  type RecordedRequest,
  type RunningSimulator,
  type ScriptedOrderInput,
  startSimulator,
} from '@fill-tracker/schwab-simulator';
import { tellOthers } from '../alerts/tell-others.ts';
import { type Difference, differencesFromTruth } from '../cli/compare-with-truth.ts';
import type { PollerConfig, PollerSecrets } from '../config/poller-config.ts';
import { createPoller } from '../create-poller.ts';
import { newPollerLife, type PollerLife, runPoller } from '../loop/run-poller.ts';
import type { Poller } from '../poller.ts';
import { type HeardEvents, hearing } from './heard-events.ts';

export const DEMO_BROKER = { baseUrl: 'simulator', mode: 'demo' } as const;
export const DEMO_SECRETS: PollerSecrets = {
  credentials: DEMO_CREDENTIALS,
  tokenKey: null,
  webhook: null,
  pingUrl: null,
};

/** Longer than anything in a test takes; a test that waits this long fails and says for what. */
const PATIENCE_MS = 40_000;

export interface WorldOptions {
  readonly seed?: number;
  /** Accounts at the broker; 1 when left out. */
  readonly accounts?: number;
  /** How long anything may be waited for, ms; 40 s when left out. */
  readonly patienceMs?: number;
  /** Told of each call to the broker as it arrives. */
  readonly onRequest?: (request: RecordedRequest) => void;
}

/** What a test may want another way about its poller. */
interface PollerOptions {
  readonly config?: Partial<PollerConfig>;
  readonly secrets?: Partial<PollerSecrets>;
  /** ms for one attempt at the broker; a second when left out. */
  readonly attemptTimeoutMs?: number;
  readonly clock?: Clock;
  /** Puts something between the poller and its record. */
  readonly record?: (db: FillDatabase) => FillDatabase;
}

/** A poller at work in this process. */
export interface PollerAtWork {
  readonly poller: Poller;
  readonly heard: HeardEvents;
  readonly life: PollerLife;
  /** Finishes the cycle that runs and gives the lease back. */
  readonly stop: () => Promise<void>;
}

export interface World {
  readonly simulator: RunningSimulator;
  readonly directory: string;
  readonly file: string;
  /** The record through a connection of its own, as other programs see it. */
  readonly record: FillDatabase;
  /** Scripts one order; gives its broker id. */
  script(order: Partial<ScriptedOrderInput>): string;
  /** @param lengthMs how long its story lasts */
  runScenario(name: string, lengthMs: number): void;
  preparePoller(options?: PollerOptions): Promise<Poller & { readonly heard: HeardEvents }>;
  startPoller(options?: PollerOptions): Promise<PollerAtWork>;
  order(brokerOrderId: string): Promise<OrderDetail>;
  isCompleted(brokerOrderId: string): Promise<boolean>;
  /** Asks the poller to track an order, as another program would; gives the command's id. */
  track(brokerOrderId: string, accountId?: string): Promise<number>;
  /** Where record and truth differ now. */
  differences(): Promise<readonly Difference[]>;
  /** Tells the waiting that something happened; pollers in this process do so with each event. */
  readonly wake: () => void;
  /** Waits for the condition, which is looked at again after each event. */
  readonly until: (what: string, condition: () => boolean | Promise<boolean>) => Promise<void>;
  /** Waits until every scripted thing has happened and the record says what the broker's truth says, of one order or of all. */
  untilRecordEqualsTruth(brokerOrderId?: string): Promise<void>;
}

/** Waits a tenth of what is asked, by a clock that is right: retries and rests are short, times are true. */
const HASTY: Clock = {
  now: () => systemClock.now(),
  sleep: (ms, signal) => systemClock.sleep(ms / 10, signal),
};

const SETTINGS: PollSettings = {
  intervalMs: 60,
  fastIntervalMs: 60,
  fastForMs: 120_000,
  jitterMs: 0,
  extendedIntervalMs: 60,
  outsideIntervalMs: 60,
  extendedHours: true,
  witnessAfterMs: 300,
  witnessEveryMs: 200,
};

/** The test that owns what is made for it. A context of its own, so that tests can run beside each other. */
export interface OwningTest {
  onTestFinished(cleanup: () => void | Promise<void>): void;
}

/** A folder that is gone after the test. */
export function temporaryDirectory(test: OwningTest): string {
  const directory = mkdtempSync(join(tmpdir(), 'fill-tracker-poller-'));
  test.onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

export async function createWorld(
  test: OwningTest,
  { seed = 1, accounts = 1, patienceMs = PATIENCE_MS, onRequest = () => undefined }: WorldOptions = {},
): Promise<World> {
  const onTestFinished = (cleanup: () => void | Promise<void>): void => test.onTestFinished(cleanup);
  const directory = temporaryDirectory(test);
  const file = join(directory, 'record.db');
  const simulator = await startSimulator({ port: 0, seed, accounts, onRequest });
  onTestFinished(() => simulator.close());
  const record = await openDatabase({ file, broker: DEMO_BROKER, now: Date.now });
  onTestFinished(() => record.close());
  const news = createNews(patienceMs);
  let storyEndsAt = 0;
  let pollers = 0;

  const world: World = {
    simulator,
    directory,
    file,
    record,
    wake: news.tell,
    script(order) {
      const whole = { ...PLAIN_ORDER, ...order };
      const { brokerOrderId } = simulator.script(whole);
      storyEndsAt = Math.max(storyEndsAt, Date.now() + lengthOf(whole));
      return brokerOrderId;
    },
    runScenario(name, lengthMs) {
      simulator.runScenario(name);
      storyEndsAt = Math.max(storyEndsAt, Date.now() + lengthMs);
    },
    async preparePoller(options = {}) {
      const db = await openDatabase({ file, broker: DEMO_BROKER, now: Date.now });
      onTestFinished(() => db.close());
      const { events, heard } = hearing(news.tell);
      pollers += 1;
      const poller = await createPoller({
        config: { ...configFor(simulator, file), ...options.config },
        secrets: { ...DEMO_SECRETS, ...options.secrets },
        db: options.record === undefined ? db : options.record(db),
        clock: options.clock ?? HASTY,
        random: Math.random,
        processId: `test-${pollers}`,
        events,
        attemptTimeoutMs: options.attemptTimeoutMs ?? 1_000,
      });
      return { ...poller, heard };
    },
    async startPoller(options) {
      const poller = await world.preparePoller(options);
      const life = newPollerLife();
      const stopping = new AbortController();
      const running = runPoller(poller, life, { stop: stopping.signal, hurry: stopping.signal });
      const secrets = { ...DEMO_SECRETS, ...options?.secrets };
      const config = { ...configFor(simulator, file), ...options?.config };
      // Most stories are not about this, and it takes its share of the machine.
      const telling =
        secrets.webhook === null
          ? Promise.resolve()
          : tellOthers({ config, secrets, poller, random: Math.random }, stopping.signal);
      const stop = async (): Promise<void> => {
        stopping.abort(new Error('the test is over'));
        await running;
        await telling;
      };
      onTestFinished(stop);
      return { poller, heard: poller.heard, life, stop };
    },
    async order(brokerOrderId) {
      const [order] = await record.findOrder({ brokerOrderId });
      if (order === undefined) throw new Error(`order ${brokerOrderId} is not in the record`);
      return order;
    },
    async isCompleted(brokerOrderId) {
      const [order] = await record.findOrder({ brokerOrderId });
      return order?.known.state.status === 'COMPLETED';
    },
    track: (brokerOrderId, accountId = 'A1') =>
      record.enqueueCommand({
        kind: 'TRACK',
        accountId,
        brokerOrderId,
        orderId: null,
        requestedBy: 'test',
        requestedAt: Date.now(),
      }),
    differences: async () =>
      differencesFromTruth(await record.findOrders({ limit: 100_000 }), simulator.truth().orders),
    until: news.until,
    async untilRecordEqualsTruth(only) {
      let differences: readonly Difference[] = [];
      const areEqual = async (): Promise<boolean> => {
        const all = await world.differences();
        differences = all.filter(({ brokerOrderId }) => only === undefined || brokerOrderId === only);
        return Date.now() > storyEndsAt && differences.length === 0;
      };
      await news.until(() => `the record to equal the truth; it differs in ${JSON.stringify(differences)}`, areEqual);
    },
  };
  return world;
}

const PLAIN_ORDER: ScriptedOrderInput = { symbol: 'GME', instruction: 'BUY', orderType: 'MARKET', quantity: '10' };

function lengthOf({ enteredAfterMs = 0, fills = [], ending }: ScriptedOrderInput): number {
  return Math.max(enteredAfterMs, ending?.afterMs ?? 0, ...fills.map(({ afterMs }) => afterMs));
}

/** A demo's configuration with short waits. */
export function configFor(simulator: Pick<RunningSimulator, 'url' | 'port'>, file: string): PollerConfig {
  return {
    isDemo: true,
    broker: DEMO_BROKER,
    brokerUrl: simulator.url,
    databaseFile: file,
    settings: SETTINGS,
    callbackUrl: null,
    notifiesAlerts: false,
    notifiesFills: false,
    // Beyond what a test asks for, so that no test waits for the budget.
    requestsPerMinute: 60_000,
    discoversOrders: true,
    calendar: ALWAYS_OPEN,
    calendarRules: ALWAYS_OPEN,
    ownerDates: NO_OWNER_DATES,
    pollerPort: 0,
    apiPort: 0,
    simulatorPort: simulator.port,
    logLevel: 'silent',
  };
}

interface News {
  readonly tell: () => void;
  readonly until: (what: string | (() => string), condition: () => boolean | Promise<boolean>) => Promise<void>;
}

/** Lets a test look again whenever something happened, and at nothing in between. */
function createNews(patienceMs: number): News {
  const waiting = new Set<() => void>();
  const tell = (): void => {
    for (const look of waiting) look();
  };
  return {
    tell,
    async until(what, condition) {
      const patience = new AbortController();
      const timer = setTimeout(() => {
        patience.abort();
        tell();
      }, patienceMs);
      try {
        for (;;) {
          const happened = new Promise<void>((resolve) => {
            const look = (): void => {
              waiting.delete(look);
              resolve();
            };
            waiting.add(look);
          });
          if (await condition()) return;
          if (patience.signal.aborted) {
            throw new Error(`Waited in vain for ${typeof what === 'string' ? what : what()}`);
          }
          await happened;
        }
      } finally {
        clearTimeout(timer);
      }
    },
  };
}
