import { z } from 'zod';
import { fetchJson } from './fetch-json.ts';

/** One trade of a script. */
export interface ScriptedFill {
  readonly afterMs: number;
  readonly quantity: string;
  readonly price: string;
  /** When the report begins to name its price. */
  readonly legsAfterMs?: 'never';
  /** What becomes of it later: another price, or none. */
  readonly correction?: { readonly afterMs: number; readonly kind: 'CORRECTED' | 'BUSTED'; readonly price?: string };
}

/** One order for the simulated broker to play. Decimals are text: shares, USD per share; times are ms from now. */
export interface OrderScript {
  readonly symbol: string;
  readonly instruction: 'BUY' | 'SELL' | 'BUY_TO_COVER' | 'SELL_SHORT';
  readonly orderType: string;
  readonly quantity: string;
  readonly limitPrice?: string;
  readonly enteredAfterMs?: number;
  readonly fills?: readonly ScriptedFill[];
  readonly replacedBy?: { readonly afterMs: number; readonly limitPrice: string };
  /** Another price in the account's books than in the report. */
  readonly transactions?: { readonly price: string };
  readonly ending?: { readonly afterMs: number; readonly status: string; readonly description?: string };
  /** Reported in place of the true status. */
  readonly statusText?: string;
}

const trueOrder = z.object({
  brokerOrderId: z.string(),
  /** Schwab's word. */
  brokerStatus: z.string(),
  status: z.enum(['PENDING', 'COMPLETED', 'FAILED']),
  filledQuantity: z.string(),
  averagePrice: z.string().nullable(),
  fills: z.array(z.object({ price: z.string(), quantity: z.string(), occurredAt: z.string() })),
});

/** What a correct tracker must say of an order, by the broker's own arithmetic. */
export type TrueOrder = z.infer<typeof trueOrder>;

const truthAnswer = z.object({ orders: z.array(trueOrder) });
const scriptAnswer = z.object({ brokerOrderId: z.string() });

/** The levers of the simulated broker. */
export interface BrokerControl {
  /** Enters an order; gives its broker id. */
  readonly script: (order: OrderScript) => Promise<string>;
  readonly truth: () => Promise<readonly TrueOrder[]>;
  /** @throws {Error} when the broker has no such order. */
  readonly truthOf: (brokerOrderId: string) => Promise<TrueOrder>;
  /** Replaces what goes wrong; an empty list ends all faults. */
  readonly setFaults: (faults: readonly object[]) => Promise<void>;
  /** Stops the broker's clock: nothing happens at the broker until it is moved on. */
  readonly freeze: () => Promise<void>;
  /** Moves the broker's clock on. */
  readonly advance: (ms: number) => Promise<void>;
  readonly runScenario: (request: { readonly name: string; readonly [setting: string]: unknown }) => Promise<void>;
}

/** @param address of the simulator, such as `http://127.0.0.1:4010` */
export function brokerControl(address: string): BrokerControl {
  const control = `${address}/simulator`;
  const truth = async (): Promise<readonly TrueOrder[]> =>
    truthAnswer.parse(await fetchJson(`${control}/truth`)).orders;
  return {
    script: async (order) => scriptAnswer.parse(await fetchJson(`${control}/orders`, order)).brokerOrderId,
    truth,
    async truthOf(brokerOrderId) {
      const order = (await truth()).find((one) => one.brokerOrderId === brokerOrderId);
      if (order === undefined) throw new Error(`The broker has no order ${brokerOrderId}.`);
      return order;
    },
    async setFaults(faults) {
      await fetchJson(`${control}/faults`, { faults });
    },
    async freeze() {
      await fetchJson(`${control}/clock`, { frozen: true });
    },
    async advance(ms) {
      await fetchJson(`${control}/clock`, { advanceMs: ms });
    },
    async runScenario(request) {
      await fetchJson(`${control}/scenario`, request);
    },
  };
}
