import { describe, expect, it } from 'vitest';
import type { FillEvidence } from '../execution/fill-evidence.ts';
import { BROKER_STATUSES } from '../order/broker-status.ts';
import { decideStatus } from './status-rule.ts';

const EVIDENCE = ['none', 'unpriced', 'unsummed', 'part', 'whole'] as const satisfies readonly FillEvidence[];

/** What each group of words comes to, for no fills, unpriced, not summing, a part, the whole. */
const LIVE = ['PENDING', 'PENDING UNPRICED', 'PENDING FILLS_DO_NOT_SUM', 'PENDING', 'PENDING'];
const FILLED = [
  'PENDING UNPRICED',
  'PENDING UNPRICED',
  'PENDING FILLS_DO_NOT_SUM',
  'COMPLETED/FILLED',
  'COMPLETED/FILLED',
];
const ended = (word: string): readonly string[] => [
  `FAILED/${word}`,
  'PENDING UNPRICED',
  'PENDING FILLS_DO_NOT_SUM',
  'COMPLETED/PARTIALLY_FILLED',
  'COMPLETED/FILLED',
];
const REJECTED = [
  'FAILED/REJECTED',
  'PENDING UNPRICED REJECTED_WITH_FILLS',
  'PENDING FILLS_DO_NOT_SUM REJECTED_WITH_FILLS',
  'COMPLETED/PARTIALLY_FILLED REJECTED_WITH_FILLS',
  'COMPLETED/FILLED REJECTED_WITH_FILLS',
];
const UNKNOWN = LIVE.map((cell) => cell.replace('PENDING', 'PENDING UNKNOWN_STATUS'));

const RULE: Readonly<Record<string, readonly string[]>> = {
  NEW: LIVE,
  ACCEPTED: LIVE,
  QUEUED: LIVE,
  PENDING_ACKNOWLEDGEMENT: LIVE,
  PENDING_ACTIVATION: LIVE,
  WORKING: LIVE,
  AWAITING_STOP_CONDITION: LIVE,
  AWAITING_CONDITION: LIVE,
  AWAITING_RELEASE_TIME: LIVE,
  AWAITING_MANUAL_REVIEW: LIVE,
  AWAITING_PARENT_ORDER: LIVE,
  PENDING_CANCEL: LIVE,
  AWAITING_UR_OUT: LIVE,
  PENDING_REPLACE: LIVE,
  PENDING_RECALL: LIVE,
  FILLED,
  CANCELED: ended('CANCELED'),
  EXPIRED: ended('EXPIRED'),
  REPLACED: ended('REPLACED'),
  REJECTED,
  UNKNOWN,
};

/** `STATUS/OUTCOME FLAG FLAG`, as the tables above write a decision down. */
function written(word: string, evidence: FillEvidence): string {
  const { status, outcome, flags } = decideStatus(word, evidence);
  return [outcome === null ? status : `${status}/${outcome}`, ...flags].join(' ');
}

describe('the status rule', () => {
  it('is stated here for every word that the broker documents', () => {
    expect(Object.keys(RULE).toSorted()).toEqual(Object.keys(BROKER_STATUSES).toSorted());
  });

  const cells = Object.entries(RULE).flatMap(([word, row]) =>
    EVIDENCE.map((column, i) => [word, column, row[i]] as const),
  );
  it.each(cells)('%s with fills that prove %s: %s', (word, evidence, expected) => {
    expect(written(word, evidence)).toBe(expected);
  });

  const strange = ['', 'PARTIALLY_FILLED', 'filled', '__proto__', 'toString', 'hasOwnProperty'];
  it.each(strange)('keeps an order whose status is %j pending, and says that the word is unknown', (word) => {
    expect(EVIDENCE.map((evidence) => written(word, evidence))).toEqual(UNKNOWN);
  });

  it('gives an outcome exactly when the order leaves PENDING', () => {
    for (const word of Object.keys(RULE)) {
      for (const evidence of EVIDENCE) {
        const { status, outcome } = decideStatus(word, evidence);
        expect(outcome === null, `${word}, ${evidence}`).toBe(status === 'PENDING');
      }
    }
  });
});
