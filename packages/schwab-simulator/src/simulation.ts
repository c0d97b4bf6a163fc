import type { SimulatedAccount } from './accounts.ts';
import type { MarketTape } from './broker/market-tape.ts';
import { createOrderLedger, type OrderQuery } from './broker/order-ledger.ts';
import { isGroup, nodesOf, ordersOf } from './broker/order-tree.ts';
import type { PlaceOrderRequest } from './broker/place-order-request.ts';
import { planPlacedOrder } from './broker/placed-order-plan.ts';
import { scriptedNodeSchema } from './broker/script-order.ts';
import type { SimulatedNode, SimulatedOrder } from './broker/simulated-order.ts';
import { treeFromScript } from './broker/tree-from-script.ts';
import type { TruthOrder } from './broker/truth-of-order.ts';
import { truthOfTree } from './broker/truth-of-tree.ts';
import { withdrawTree } from './broker/withdraw-order.ts';
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

/** The ids under which a script was entered. */
export interface ScriptedIds {
  /** Of the order at the top. */
  readonly orderId: string;
  /** With those of groups, of orders below and of later replacements. */
  readonly allIds: readonly string[];
}

/** The broker itself, without HTTP. No timers: whoever looks finds what has happened by then. */
export interface Simulation {
  /**
   * Throws `ZodError` for a script that is not one, and `RangeError` for an account that does not exist or an id that is
   * taken.
   */
  script(input: unknown): ScriptedIds;
  place(request: PlaceOrderRequest, accountNumber: string): SimulatedOrder;
  /** Cancels the order with all that waits for it, and with its pair. False when it is already over. */
  cancel(node: SimulatedNode): boolean;
  /** The new order, or null when the old one is already over or is a group. */
  replace(node: SimulatedNode, request: PlaceOrderRequest): SimulatedOrder | null;
  /** Adds to what is there; gives the ids of the orders entered at once. */
  runScenario(request: ScenarioRequest): string[];
  /** The tops of trees alone. */
  list(query: OrderQuery): SimulatedNode[];
  /** At the top or below. Null for an order that does not exist, is another account's or is not entered yet. */
  find(accountNumber: string, orderId: string): SimulatedNode | null;
  reportText(node: SimulatedNode): string;
  /** Every order entered by now, those below others too; of one account, or of all for null. */
  ordersOf(accountNumber: string | null): readonly SimulatedOrder[];
  /** The simulated market, and what was traded in it. */
  market(): MarketTape;
  /** All orders entered by now, oldest first, those below others right after them. */
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

  function enter<Node extends SimulatedNode>(node: Node): Node {
    ledger.put(node);
    world.changed();
    return node;
  }

  function script(input: unknown, at = now()): ScriptedIds {
    const parsed = scriptedNodeSchema.parse(input);
    const account =
      (parsed.account ?? null) === null
        ? accounts[0]
        : accounts.find(({ accountNumber, hashValue }) => [accountNumber, hashValue].includes(parsed.account ?? ''));
    if (account === undefined) throw new RangeError(`account: ${parsed.account} does not exist`);
    const { accountNumber } = account;
    const trees = treeFromScript(parsed, { nextOrderId: () => ledger.nextOrderId(), accountNumber, now: at });
    const allIds = trees.flatMap(nodesOf).map(({ orderId }) => orderId);
    const taken = allIds.find((id, index) => ledger.find(id) !== null || allIds.indexOf(id) !== index);
    if (taken !== undefined) throw new RangeError(`orderId: ${taken} is taken`);
    for (const tree of trees) enter(tree);
    return { orderId: trees[0].orderId, allIds };
  }

  function place(request: PlaceOrderRequest, accountNumber: string, replaces: string | null = null): SimulatedOrder {
    const orderId = ledger.nextOrderId();
    const at = now();
    const ticks = marketTicks(seed, request.symbol, at - bornAt);
    const random = seededRandom(seed, 'placed', orderId);
    const order = planPlacedOrder(request, { orderId, accountNumber, now: at, marketTicks: ticks, random });
    return enter({ ...order, replaces });
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

  function entered(): SimulatedNode[] {
    catchUp();
    return ledger.all().filter((node) => node.enteredAt <= now());
  }

  /** The group that the node stands in, or the node itself: cancelling one of a pair cancels the pair. */
  function withItsPair(node: SimulatedNode): SimulatedNode {
    const tree = ledger.treeOf(node.orderId);
    const groups = tree === null ? [] : nodesOf(tree).filter(isGroup);
    return groups.find(({ children }) => children.some(({ orderId }) => orderId === node.orderId)) ?? node;
  }

  return {
    script: (input) => script(input),
    place,
    cancel(node) {
      const withdrawal = { status: 'CANCELED', now: now(), delayMs: WITHDRAWN_AFTER_MS } as const;
      if (withdrawTree(node, withdrawal) === null) return false;
      const pair = withItsPair(node);
      enter(withdrawTree(pair, withdrawal) ?? pair);
      return true;
    },
    replace(node, request) {
      if (isGroup(node)) return null;
      const replaced = withdrawTree(node, { status: 'REPLACED', now: now(), delayMs: 0 });
      if (replaced === null) return null;
      const replacement = place(request, node.accountNumber, node.orderId);
      enter({ ...replaced, replacedBy: replacement.orderId });
      return replacement;
    },
    runScenario(request) {
      const storySeed = request.seed ?? seed;
      scenario = request.name;
      story =
        request.name === 'demo'
          ? { seed: storySeed, startedAt: now(), nextIndex: 0, everyMs: request.everyMs ?? null }
          : null;
      world.changed();
      return ordersAtOnce(request, storySeed).flatMap((input) => script(input).allIds);
    },
    list(query) {
      catchUp();
      return ledger.list(query, now());
    },
    find(accountNumber, orderId) {
      catchUp();
      const node = ledger.find(orderId);
      return node?.accountNumber === accountNumber && node.enteredAt <= now() ? node : null;
    },
    reportText: (node) => ledger.reportText(node, now()),
    ordersOf: (accountNumber) =>
      entered()
        .filter((node) => accountNumber === null || node.accountNumber === accountNumber)
        .flatMap(ordersOf),
    market() {
      const [marketSeed, zero] = story === null ? [seed, bornAt] : [story.seed, story.startedAt];
      const ticksAt = (symbol: string, at: number) => marketTicks(marketSeed, symbol, at - zero);
      return { now: now(), ticksAt, orders: entered().flatMap(ordersOf) };
    },
    truth: () => ({ orders: entered().flatMap((node) => truthOfTree(node, now())) }),
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
