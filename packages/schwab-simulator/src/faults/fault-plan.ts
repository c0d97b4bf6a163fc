import { seededRandom, strikes } from '../scenarios/seeded-random.ts';
import type { Fault } from './fault.ts';

/** What a fault can be aimed at. */
interface FaultTarget {
  /** Without the query. */
  readonly path: string;
  /** The order in the path, if any. */
  readonly orderId: string | null;
  /** True when the answer holds orders. */
  readonly answersOrders: boolean;
}

/** A fault with how many requests it matched and how many of those it struck. */
interface StruckFault {
  readonly fault: Fault;
  matched: number;
  struck: number;
}

/** The faults in force. */
export interface FaultPlan {
  /** Puts these faults in the place of all earlier ones. */
  replace(faults: readonly Fault[]): void;
  /** The first fault that strikes this request, or null. Counts; so ask once per request. */
  strike(target: FaultTarget): Fault | null;
  /** For how long (ms) after its entry an order is unknown by id. */
  readonly visibilityLagMs: (orderId: string) => number;
  list(): StruckFault[];
}

/** A plan that strikes by seeded chance: each fault decides by its own count of matching requests, whatever the others do. */
export function createFaultPlan(seed: number): FaultPlan {
  let entries: StruckFault[] = [];
  return {
    replace(faults) {
      entries = faults.map((fault) => ({ fault, matched: 0, struck: 0 }));
    },
    strike(target) {
      for (const [index, entry] of entries.entries()) {
        if (!matches(entry.fault, target) || entry.matched >= (entry.fault.count ?? Infinity)) continue;
        entry.matched += 1;
        if (!strikes(seededRandom(seed, 'fault', index, entry.matched), entry.fault.rate)) continue;
        entry.struck += 1;
        return entry.fault;
      }
      return null;
    },
    visibilityLagMs(orderId) {
      const lags = entries
        .filter(({ fault }) => fault.kind === 'visibility-lag' && (fault.orderId ?? orderId) === orderId)
        .map(({ fault }) => fault.visibilityLagMs ?? 0);
      return Math.max(0, ...lags);
    },
    list: () => entries,
  };
}

function matches(fault: Fault, target: FaultTarget): boolean {
  if (fault.kind === 'visibility-lag') return false;
  if (fault.path !== undefined && !new RegExp(fault.path).test(target.path)) return false;
  // A list is asked for without naming an order, and is where an order is spoilt.
  if (fault.kind === 'malformed-order') return target.answersOrders && namesNoOther(fault, target);
  return fault.orderId === undefined || fault.orderId === target.orderId;
}

function namesNoOther(fault: Fault, target: FaultTarget): boolean {
  return fault.orderId === undefined || target.orderId === null || fault.orderId === target.orderId;
}
