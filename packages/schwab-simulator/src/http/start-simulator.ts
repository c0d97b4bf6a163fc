import { randomBytes, randomUUID } from 'node:crypto';
import { simulatedAccounts } from '../accounts.ts';
import { createMarketDays } from '../broker/market-days.ts';
import type { ScriptedNodeInput } from '../broker/script-order.ts';
import type { TruthOrder } from '../broker/truth-of-order.ts';
import { createFaultPlan } from '../faults/fault-plan.ts';
import { type FaultInput, faultSchema } from '../faults/fault.ts';
import { scenarioRequestSchema } from '../scenarios/scenarios.ts';
import { createSimulatedClock } from '../simulated-clock.ts';
import { createSimulation } from '../simulation.ts';
import { createStateSaver, loadState } from '../state-file.ts';
import { createTokenDesk } from '../token-desk.ts';
import { authRoutes } from './auth-routes.ts';
import { buildApp } from './build-app.ts';
import { isLoopbackHost } from './guard.ts';
import { inProcessFetch } from './in-process-fetch.ts';
import { marketRoutes } from './market-routes.ts';
import { orderRoutes } from './order-routes.ts';
import { priceHistoryRoute } from './price-history-route.ts';
import { createRequestLog, type RecordedRequest } from './request-log.ts';
import { transactionRoutes } from './transaction-routes.ts';

export interface SimulatorOptions {
  /** A loopback host; 127.0.0.1 when missing. */
  host?: string;
  /** 0 for any free port. */
  port: number;
  /** The same seed tells the same story, relative to its start. */
  seed?: number;
  /** A name from `SCENARIOS`; `none` when missing. */
  scenario?: string;
  /** Keeps orders, ids and the running demo here, and goes on from them at the next start. */
  stateFile?: string;
  /** Digits. Derived from the start time when missing, so that two brokers do not share ids. */
  firstOrderId?: string;
  /** How many accounts; 1 when missing. */
  accounts?: number;
  /** The real time, epoch ms. */
  now?: () => number;
  /** Schwab's is 1800. */
  accessTokenSeconds?: number;
  /** Told of each call as it arrives, before it is answered; of control calls not. */
  onRequest?: (request: RecordedRequest) => void;
}

export interface RunningSimulator {
  /** Base URL without a slash at the end. */
  url: string;
  port: number;
  /** Saves the state and ends at once, also with clients that still wait for an answer. */
  close(): Promise<void>;
  /** Throws `ZodError` for a script that is not one. */
  script(order: ScriptedNodeInput): { brokerOrderId: string; brokerOrderIds: readonly string[] };
  /** Puts these faults in the place of all earlier ones. */
  setFaults(faults: FaultInput[]): void;
  truth(): { orders: TruthOrder[] };
  /** The calls received, oldest first, control calls left out. */
  requests(): RecordedRequest[];
  /** Reaches the broker from this process without a socket; control calls too. */
  fetch: typeof fetch;
  /** Of the first account. */
  accountHash: string;
  accountNumber: string;
  /** Adds the scenario's orders to those that are there. Throws `ZodError` for an unknown name. */
  runScenario(name: string, seed?: number): void;
}

const DEFAULT_SEED = 1;
const DEFAULT_ACCESS_TOKEN_SECONDS = 1_800;

/**
 * Starts the broker. Rejects with code EADDRINUSE when the port is taken, with `RangeError` for a host that others could
 * reach, with `ZodError` for an unknown scenario, and when the state file holds something else.
 */
export async function startSimulator(options: SimulatorOptions): Promise<RunningSimulator> {
  const { host = '127.0.0.1', seed = DEFAULT_SEED, now: realNow = Date.now, stateFile } = options;
  if (!isLoopbackHost(host)) throw new RangeError(`The simulator listens on loopback only, not on ${host}`);
  const { name: scenario } = scenarioRequestSchema.parse({ name: options.scenario ?? 'none' });
  const [account, ...furtherAccounts] = simulatedAccounts(options.accounts ?? 1);
  if (account === undefined) throw new RangeError('The simulator needs at least one account');

  const kept = stateFile === undefined ? null : await loadState(stateFile);
  const clock = createSimulatedClock(realNow);
  const faults = createFaultPlan(seed);
  const log = createRequestLog();
  const marketDays = createMarketDays();
  const accounts = [account, ...furtherAccounts] as const;
  const tokens = createTokenDesk({
    now: clock.now,
    newSecret: () => randomBytes(32).toString('hex'),
    accessTokenSeconds: options.accessTokenSeconds ?? DEFAULT_ACCESS_TOKEN_SECONDS,
    login: kept?.login ?? null,
    changed: () => saver?.changed(),
  });
  const simulation = createSimulation({
    now: clock.now,
    seed,
    accounts,
    firstOrderId: options.firstOrderId === undefined ? null : BigInt(options.firstOrderId),
    kept,
    changed: () => saver?.changed(),
  });
  const saver =
    stateFile === undefined
      ? null
      : createStateSaver(stateFile, () => ({ ...simulation.state(), login: tokens.login() }));

  const app = buildApp({
    simulation,
    clock,
    faults,
    log,
    tokens,
    marketDays,
    newId: randomUUID,
    realNow,
    onRequest: options.onRequest ?? (() => undefined),
    routes: [
      ...authRoutes(tokens, randomUUID),
      ...orderRoutes({ simulation, accounts, now: clock.now, visibilityLagMs: faults.visibilityLagMs }),
      ...transactionRoutes({ simulation, accounts, now: clock.now }),
      ...marketRoutes(clock.now, marketDays, randomUUID),
      priceHistoryRoute(() => simulation.market(), randomUUID),
    ],
  });
  const url = await app.listen({ host, port: options.port });
  // A demo that was kept goes on; running its scenario again would tell the story twice.
  if (kept?.scenario !== scenario) simulation.runScenario({ name: scenario });

  return {
    url,
    port: Number(url.slice(url.lastIndexOf(':') + 1)),
    async close() {
      await app.close();
      await saver?.flush();
    },
    script(order) {
      const { orderId, allIds } = simulation.script(order);
      return { brokerOrderId: orderId, brokerOrderIds: allIds };
    },
    setFaults: (inputs) => faults.replace(inputs.map((fault) => faultSchema.parse(fault))),
    truth: () => simulation.truth(),
    requests: () => log.list(),
    fetch: inProcessFetch(app, clock.now),
    accountHash: account.hashValue,
    accountNumber: account.accountNumber,
    runScenario(name, storySeed) {
      simulation.runScenario(scenarioRequestSchema.parse({ name, seed: storySeed }));
    },
  };
}
