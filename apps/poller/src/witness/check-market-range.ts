/**
 * Alarms on fills at prices or times at which the market did not trade. Alarms, never filters: what the broker reports
 * stays as it is.
 *
 * Candles are a courtesy to the record, and orders come first: at most a few calls at a time, and none while the budget
 * is short. What could not be looked at now is handed back, to be handed in again.
 */
import type { OrderCommit, StoredOrder } from '@fill-tracker/db';
import { recordOrders } from '../cycle/record-orders.ts';
import { spareCalls } from '../cycle/spare-calls.ts';
import type { Poller } from '../poller.ts';
import { askForCandles } from './ask-for-candles.ts';
import type { CandleCache } from './candle-cache.ts';
import { hearFindings } from './hear-findings.ts';
import { findingsOn } from './market-findings.ts';
import { reloadOrders } from './reload-orders.ts';

export interface MarketCheckRun {
  readonly fencing: number;
  readonly signal: AbortSignal;
  /** Kept between checks. */
  readonly candles: CandleCache;
}

export interface MarketChecked {
  /** Orders that were looked at, whatever came of it: where no candle tells, the alarm stays as it is. */
  readonly checked: number;
  /** Alarms raised or cleared, recorded by now. */
  readonly changed: readonly OrderCommit[];
  /** To be handed in again: their minute is not over, or the budget did not allow a look. */
  readonly later: readonly StoredOrder[];
}

/** With looks every second and a call for the transactions, no more fit into a burst. */
const MOST_CALLS = 2;

/** Looks at orders with fills, and records what it finds. Never throws on the broker's account. */
export async function checkMarketRange(
  poller: Poller,
  orders: readonly StoredOrder[],
  { fencing, signal, candles }: MarketCheckRun,
): Promise<MarketChecked> {
  const later: StoredOrder[] = [];
  const ready: StoredOrder[] = [];
  let callsLeft = Math.min(MOST_CALLS, spareCalls(poller.client));
  for (const order of orders) {
    const asked = await askForCandles(poller, order, { candles, signal, callsLeft });
    callsLeft = asked.callsLeft;
    (asked.isComplete ? ready : later).push(order);
  }
  const changed = (await reloadOrders(poller.db, ready)).flatMap((order) => {
    return hearFindings(order, findingsOn(order, candles, poller.calendar())) ?? [];
  });
  if (changed.length > 0) await recordOrders(poller, { fencing, cycle: null, orders: changed, commands: [] });
  return { checked: ready.length, changed, later };
}
