import { settleTree } from './order-tree.ts';
import { fillFromScript } from './script-fill.ts';
import type { ScriptedGroup, ScriptedNode, ScriptedOrder } from './script-order.ts';
import {
  legsOf,
  NO_ODDITIES,
  NOTHING_FURTHER,
  type OrderLeg,
  type PlannedEnding,
  type SimulatedNode,
  type SimulatedOrder,
} from './simulated-order.ts';

/** What a script needs to become orders. */
interface ScriptingWorld {
  readonly nextOrderId: () => string;
  readonly accountNumber: string;
  /** Epoch ms. */
  readonly now: number;
}

/** Turns a script into a tree of orders, followed by the orders that replace some of them. Every id is new. */
export function treeFromScript(
  script: ScriptedNode,
  world: ScriptingWorld,
): readonly [SimulatedNode, ...SimulatedNode[]] {
  const successors: SimulatedNode[] = [];
  const tree = settleTree(nodeFromScript(script, world, successors));
  return [tree, ...successors];
}

function nodeFromScript(script: ScriptedNode, world: ScriptingWorld, successors: SimulatedNode[]): SimulatedNode {
  if ('oco' in script) return groupFromScript(script, world, successors);
  const orderId = script.orderId ?? world.nextOrderId();
  const children = script.triggers.map((child) => nodeFromScript(child, world, successors));
  const order = { ...orderFromScript(script, { ...world, orderId }), children };
  if (script.replacedBy === null) return order;
  const [successor, ...further] = treeFromScript(script.replacedBy.order, world);
  successors.push({ ...successor, replaces: orderId }, ...further);
  const ending = { at: world.now + script.replacedBy.afterMs, status: 'REPLACED', description: null } as const;
  return { ...order, ending, replacedBy: successor.orderId };
}

function groupFromScript(script: ScriptedGroup, world: ScriptingWorld, successors: SimulatedNode[]): SimulatedNode {
  const { accountNumber, now } = world;
  return {
    strategy: 'OCO',
    orderId: world.nextOrderId(),
    accountNumber,
    enteredAt: now + script.enteredAfterMs,
    children: script.oco.map((child) => nodeFromScript(child, world, successors)),
  };
}

/** Turns one script in relative times into an order with absolute instants, counted from `now` (epoch ms). */
export function orderFromScript(
  script: ScriptedOrder,
  { orderId, accountNumber, now }: { orderId: string; accountNumber: string; now: number },
): SimulatedOrder {
  const legs: OrderLeg[] = (script.legs ?? []).map((leg, index) => ({ legId: String(index + 1), ...leg }));
  const order: SimulatedOrder = {
    ...NOTHING_FURTHER,
    orderId,
    accountNumber,
    symbol: legs[0]?.symbol ?? script.symbol ?? '',
    instruction: legs[0]?.instruction ?? script.instruction ?? 'BUY',
    orderType: script.orderType,
    duration: script.duration,
    session: script.session,
    quantity: script.quantity,
    limitPrice: script.limitPrice ?? null,
    stopPrice: script.stopPrice ?? null,
    enteredAt: now + script.enteredAfterMs,
    fills: [],
    ending: endingFromScript(script, now),
    oddities: odditiesOf(script),
    legs,
    complexStrategy: script.complexOrderStrategyType ?? (legs.length > 0 ? 'CUSTOM' : 'NONE'),
    phases: script.phases.map(({ afterMs, untilMs = null, status }) => ({
      at: now + afterMs,
      until: untilMs === null ? null : now + untilMs,
      status,
    })),
    notices: script.notices.map(({ afterMs, ...notice }) => ({ at: now + afterMs, ...notice })),
    transactions: transactionsFromScript(script, now),
  };
  const fills = script.fills.map((fill) => fillFromScript(fill, legsOf(order), now));
  return { ...order, fills: fills.sort((left, right) => left.at - right.at) };
}

function endingFromScript({ ending = null }: ScriptedOrder, now: number): PlannedEnding | null {
  if (ending === null) return null;
  return { at: now + ending.afterMs, status: ending.status, description: ending.description ?? null };
}

function transactionsFromScript({ transactions }: ScriptedOrder, now: number): SimulatedOrder['transactions'] {
  if (!transactions) return NOTHING_FURTHER.transactions;
  const extra = transactions.extra.map(({ afterMs, ...trade }) => ({ at: now + afterMs, ...trade }));
  return { ...transactions, price: transactions.price ?? null, extra };
}

function odditiesOf(script: ScriptedOrder): SimulatedOrder['oddities'] {
  return {
    statusText: script.statusText ?? NO_ODDITIES.statusText,
    omitFields: script.omitFields ?? NO_ODDITIES.omitFields,
    shuffleActivities: script.shuffleActivities ?? NO_ODDITIES.shuffleActivities,
    activityIds: script.activityIds ?? NO_ODDITIES.activityIds,
    timeForm: script.timeForm ?? NO_ODDITIES.timeForm,
    numbersAs: script.numbersAs ?? NO_ODDITIES.numbersAs,
    claimedFilledQuantity: script.claimedFilledQuantity ?? NO_ODDITIES.claimedFilledQuantity,
    candles: script.candles ?? NO_ODDITIES.candles,
  };
}
