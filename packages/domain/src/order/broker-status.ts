import type { OrderOutcome } from './order-status.ts';

/** How an order ends when the broker uses this word; `live` words do not end it. */
export type BrokerStatusClass = 'live' | 'filled' | 'ended' | 'rejected';

interface BrokerStatusRow {
  readonly class: BrokerStatusClass;
  /** True for a live word that only the next session can change: nothing happens to the order before. */
  readonly waitsForSession?: true;
  /** The outcome when nothing traded; null for words that end nothing. */
  readonly outcome: OrderOutcome | null;
  readonly meaning: string;
}

/**
 * Every status that Schwab's OpenAPI document names, and what it means for a fill. No partial status exists: an
 * order that has filled in part is WORKING. Words on the way out (PENDING_CANCEL, AWAITING_UR_OUT) still fill.
 */
export const BROKER_STATUSES = {
  NEW: { class: 'live', outcome: null, meaning: 'received, seen in the first seconds' },
  ACCEPTED: { class: 'live', outcome: null, meaning: 'accepted, not yet at the market' },
  QUEUED: { class: 'live', outcome: null, meaning: 'waiting to be sent to the market' },
  PENDING_ACKNOWLEDGEMENT: { class: 'live', outcome: null, meaning: 'sent, not yet confirmed by the market' },
  PENDING_ACTIVATION: {
    class: 'live',
    waitsForSession: true,
    outcome: null,
    meaning: 'waits for the next session, days over a weekend',
  },
  WORKING: { class: 'live', outcome: null, meaning: 'at the market, also when filled in part' },
  AWAITING_STOP_CONDITION: { class: 'live', outcome: null, meaning: 'a stop that has not triggered' },
  AWAITING_CONDITION: { class: 'live', outcome: null, meaning: 'a condition that is not met yet' },
  AWAITING_RELEASE_TIME: { class: 'live', outcome: null, meaning: 'held until a set time' },
  AWAITING_MANUAL_REVIEW: { class: 'live', outcome: null, meaning: 'a person at the broker looks at it' },
  AWAITING_PARENT_ORDER: { class: 'live', outcome: null, meaning: 'goes live when its parent order fills' },
  PENDING_CANCEL: { class: 'live', outcome: null, meaning: 'cancel asked for, can still fill' },
  AWAITING_UR_OUT: { class: 'live', outcome: null, meaning: 'waits for the cancel confirmation, can still fill' },
  PENDING_REPLACE: { class: 'live', outcome: null, meaning: 'replacement asked for, can still fill' },
  PENDING_RECALL: { class: 'live', outcome: null, meaning: 'recall asked for, can still fill' },
  FILLED: { class: 'filled', outcome: 'FILLED', meaning: 'all of it traded' },
  CANCELED: { class: 'ended', outcome: 'CANCELED', meaning: 'cancelled, may hold partial fills' },
  EXPIRED: { class: 'ended', outcome: 'EXPIRED', meaning: 'ran out of time, may hold partial fills' },
  REPLACED: { class: 'ended', outcome: 'REPLACED', meaning: 'lives on under another id, may hold partial fills' },
  REJECTED: { class: 'rejected', outcome: 'REJECTED', meaning: 'refused, see the status description' },
  UNKNOWN: { class: 'live', outcome: null, meaning: 'the broker itself does not know' },
} as const satisfies Record<string, BrokerStatusRow>;

/** A status word that Schwab documents. */
export type BrokerStatus = keyof typeof BROKER_STATUSES;

/** True when the word is documented and says something; `UNKNOWN` is as telling as a word nobody ever saw. */
export function isKnownBrokerStatus(word: string): word is BrokerStatus {
  return Object.hasOwn(BROKER_STATUSES, word) && word !== 'UNKNOWN';
}

/** The row for a word as reported. A word nobody knows counts as live: only listed words may end an order. */
export function brokerStatusRow(word: string): BrokerStatusRow {
  return isKnownBrokerStatus(word) ? BROKER_STATUSES[word] : BROKER_STATUSES.UNKNOWN;
}

/** True when the broker considers the order over. Whether the record does too depends on its fills. */
export function isTerminalBrokerStatus(word: string): boolean {
  return brokerStatusRow(word).class !== 'live';
}
