import type { SimulatedAccount } from './accounts.ts';
import { createOrderLedger, type OrderQuery } from './broker/order-ledger.ts';
import type { PlaceOrderRequest } from './broker/place-order-request.ts';
import { planPlacedOrder } from './broker/placed-order-plan.ts';
import { orderFromScript, scriptedOrderSchema } from './broker/script-order.ts';
import type { SimulatedOrder } from './broker/simulated-order.ts';
import { type TruthOrder, truthOfOrder } from './broker/truth-of-order.ts';
import { withdrawOrder } from './broker/withdraw-order.ts';
import { demoEnteredAfterMs, demoOrder } from './scenarios/demo.ts';
import { marketTicks } from './scenarios/market-walk.ts';
import { ordersAtOnce, type ScenarioRequest } from './scenarios/scenarios.ts';
import { seededRandom } from './scenarios/seeded-random.ts';
import type { SimulationState, Story } from './simulation-state.ts';

/** How long a cancel or replacement takes to go through. */
const WITHDRAWN_AFTER_MS = 400;

/** A demo whose clock leaps ahead tells the latest part of what was missed, not all of it. */
const MOST_DEMO_ORDERS_AT_ONCE = 2_000;

/** Ids that may have been handed out after the last save, before a crash, are not handed out again. */
const IDS_SKIPPED_ON_RESTART = 1_000n;

/** The broker itself, without HTTP. No timers: whoever looks finds what has happened by then. */
export interface Simulation {
  /** Throws `ZodError` for a script that is not one, and `RangeError` for an account that does not exist. */
  script(input: unknown): SimulatedOrder;
  place(request: PlaceOrderRequest, accountNumber: string): SimulatedOrder;
  /** False when the order is already over. */
  cancel(order: SimulatedOrder): boolean;
  /** The new order, or null when the old one is already over. */
  replace(order: SimulatedOrder, request: PlaceOrderRequest): SimulatedOrder | null;
  /** Adds to what is there; gives the ids of the orders entered at once. */
  runScenario(request: ScenarioRequest): string[];
  list(query: OrderQuery): SimulatedOrder[];
  /** Null for an order that does not exist, is another account's or is not entered yet. */
  find(accountNumber: string, orderId: string): SimulatedOrder | null;
  reportText(order: SimulatedOrder): string;
  /** All orders entered by now, oldest first. */
  truth(): { orders: TruthOrder[] };
  scenario(): string;
  /** Forgets the orders and ends the scenario. Ids go on where they were. */
  reset(): void;
  state(): Omit<SimulationState, 'login'>;
}

/** @param world `now` in epoch ms; `changed` is called after each change that is worth keeping */
export function createSimulation(world: {
  now: () => number;
  seed: number;
  accounts: readonly [SimulatedAccount, ...SimulatedAccount[]];
  firstOrderId: bigint | null;
  kept: SimulationState | null;
  changed: () => void;
}): Simulation {
  const { now, seed, accounts, kept } = world;
  const bornAt = now();
  const firstId =
    kept === null ? (world.firstOrderId ?? freshOrderId(bornAt)) : BigInt(kept.lastOrderId) + IDS_SKIPPED_ON_RESTART;
  const ledger = createOrderLedger(firstId);
  let scenario = kept?.scenario ?? 'none';
  let story = kept === null ? null : resumed(kept, bornAt);
  for (const order of kept?.orders ?? []) ledger.put(order);

  function enter(order: SimulatedOrder): SimulatedOrder {
    ledger.put(order);
    world.changed();
    return order;
  }

  function script(input: unknown, at = now()): SimulatedOrder {
    const parsed = scriptedOrderSchema.parse(input);
    const account =
      (parsed.account ?? null) === null
        ? accounts[0]
        : accounts.find(({ accountNumber, hashValue }) => [accountNumber, hashValue].includes(parsed.account ?? ''));
    if (account === undefined) throw new RangeError(`account: ${parsed.account} does not exist`);
    return enter(
      orderFromScript(parsed, { orderId: ledger.nextOrderId(), accountNumber: account.accountNumber, now: at }),
    );
  }

  function place(request: PlaceOrderRequest, accountNumber: string): SimulatedOrder {
    const orderId = ledger.nextOrderId();
    const at = now();
    const ticks = marketTicks(seed, request.symbol, at - bornAt);
    const random = seededRandom(seed, 'placed', orderId);
    return enter(planPlacedOrder(request, { orderId, accountNumber, now: at, marketTicks: ticks, random }));
  }

  /** Enters the demo's orders that have come due since anyone last looked. */
  function catchUp(): void {
    if (story === null) return;
    const { seed: storySeed, startedAt, nextIndex, everyMs } = story;
    const enteredAt = (index: number) => startedAt + demoEnteredAfterMs(storySeed, index, everyMs);
    const due = firstIndexAfter(now(), nextIndex, enteredAt);
    for (let index = Math.max(nextIndex, due - MOST_DEMO_ORDERS_AT_ONCE); index < due; index += 1) {
      const account = accounts[index % accounts.length]?.accountNumber;
      script({ ...demoOrder(storySeed, index, everyMs), account }, enteredAt(index));
    }
    story = { ...story, nextIndex: due };
  }

  function entered(): SimulatedOrder[] {
    catchUp();
    return ledger.all().filter((order) => order.enteredAt <= now());
  }

  return {
    script: (input) => script(input),
    place,
    cancel(order) {
      const canceled = withdrawOrder(order, { status: 'CANCELED', now: now(), delayMs: WITHDRAWN_AFTER_MS });
      if (canceled !== null) enter(canceled);
      return canceled !== null;
    },
    replace(order, request) {
      const replaced = withdrawOrder(order, { status: 'REPLACED', now: now(), delayMs: 0 });
      if (replaced === null) return null;
      enter(replaced);
      return place(request, order.accountNumber);
    },
    runScenario(request) {
      const storySeed = request.seed ?? seed;
      scenario = request.name;
      story =
        request.name === 'demo'
          ? { seed: storySeed, startedAt: now(), nextIndex: 0, everyMs: request.everyMs ?? null }
          : null;
      world.changed();
      return ordersAtOnce(request, storySeed).map((input) => script(input).orderId);
    },
    list(query) {
      catchUp();
      return ledger.list(query, now());
    },
    find(accountNumber, orderId) {
      catchUp();
      const order = ledger.find(orderId);
      return order?.accountNumber === accountNumber && order.enteredAt <= now() ? order : null;
    },
    reportText: (order) => ledger.reportText(order, now()),
    truth: () => ({ orders: entered().map((order) => truthOfOrder(order, now())) }),
    scenario: () => scenario,
    reset() {
      ledger.clear();
      scenario = 'none';
      story = null;
      world.changed();
    },
    state: () => ({
      version: 1,
      savedAt: now(),
      lastOrderId: ledger.lastOrderId(),
      scenario,
      story,
      orders: [...ledger.all()],
    }),
  };
}

/**
 * The first index from `start` on whose instant lies after `now`; instants rise with the index. Doubles and then halves
 * its stride, since a clock may be set years ahead.
 */
function firstIndexAfter(now: number, start: number, instantOf: (index: number) => number): number {
  let stride = 1;
  while (instantOf(start + stride) <= now) stride *= 2;
  let first = start;
  let last = start + stride;
  while (first < last) {
    const middle = Math.floor((first + last) / 2);
    if (instantOf(middle) <= now) first = middle + 1;
    else last = middle;
  }
  return first;
}

/** The story pauses while the broker is down: nobody placed orders then. What was placed before goes on meanwhile. */
function resumed({ story, savedAt }: SimulationState, now: number): Story | null {
  return story === null ? null : { ...story, startedAt: story.startedAt + Math.max(0, now - savedAt) };
}

/** Like a real id of these years, and apart for brokers that start at different seconds. */
function freshOrderId(bornAt: number): bigint {
  const secondsSince2025 = Math.max(0, Math.floor(bornAt / 1_000) - 1_735_689_600);
  return 1_000_000_000_000n + BigInt(secondsSince2025) * 1_000n;
}
