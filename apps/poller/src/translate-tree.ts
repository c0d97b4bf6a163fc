import { isBare, type ReportedOrder } from '@fill-tracker/domain';
import type { SchwabOrderTree } from '@fill-tracker/schwab-client';
import { translateOrder, type TranslatedOrder } from './translate-order.ts';
import { UntranslatableError } from './translate-values.ts';

/** What is wrong with an order, and where. */
export interface OrderProblem {
  /** Null when not even that can be read. */
  readonly brokerOrderId: string | null;
  readonly problem: string;
}

/** What was reported as one tree. A parent and its children are orders of their own: each is judged alone. */
export interface TranslatedTree {
  /** The topmost of the orders that can be read, with those below them. */
  readonly orders: readonly ReportedOrder[];
  /** Orders that cannot. */
  readonly unreadable: readonly OrderProblem[];
  /** Of orders that can, the values that they do without; one entry for each such order. */
  readonly doubts: readonly OrderProblem[];
}

/** Translates an order and those below it. What lies below one that cannot be read takes its place. */
export function translateTree({ order, path, children, odd }: SchwabOrderTree): TranslatedTree {
  const brokerOrderId = order.orderId;
  const below = children.map(translateTree);
  const orders = below.flatMap((each) => each.orders);
  const unreadable = [
    ...odd.map(({ orderId, problem }) => ({
      brokerOrderId: orderId,
      problem: `${problem} (below order ${brokerOrderId})`,
    })),
    ...below.flatMap((each) => each.unreadable),
  ];
  const doubts = below.flatMap((each) => each.doubts);
  const own = tryToTranslate(() => translateOrder(order, path === '' ? 'order' : `order.${path}`));
  if (own instanceof UntranslatableError) {
    return { orders, unreadable: [{ brokerOrderId, problem: own.message }, ...unreadable], doubts };
  }
  // A group whose orders are all unreadable is a group still, and no order of its own.
  const isEmptyGroup = children.length + odd.length > 0 && orders.length === 0 && isBare(own.order);
  return {
    orders: isEmptyGroup ? [] : [{ ...own.order, children: orders }],
    unreadable,
    doubts: [...doubtsOf(own), ...doubts],
  };
}

function tryToTranslate(translate: () => TranslatedOrder): TranslatedOrder | UntranslatableError {
  try {
    return translate();
  } catch (error) {
    if (error instanceof UntranslatableError) return error;
    throw error;
  }
}

/** Where one time is odd, those of all fills are as a rule: the first tells enough. */
function doubtsOf({ order, doubts: [first, ...others] }: TranslatedOrder): readonly OrderProblem[] {
  if (first === undefined) return [];
  const more = others.length === 0 ? '' : `, and ${others.length} more`;
  return [{ brokerOrderId: order.brokerOrderId, problem: `${first}${more}` }];
}
