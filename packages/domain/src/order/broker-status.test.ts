import { describe, expect, it } from 'vitest';
import { BROKER_STATUSES, brokerStatusRow, isKnownBrokerStatus, isTerminalBrokerStatus } from './broker-status.ts';

/** As Schwab's OpenAPI document lists them. */
const DOCUMENTED =
  'AWAITING_PARENT_ORDER AWAITING_CONDITION AWAITING_STOP_CONDITION AWAITING_MANUAL_REVIEW ACCEPTED AWAITING_UR_OUT ' +
  'PENDING_ACTIVATION QUEUED WORKING REJECTED PENDING_CANCEL CANCELED PENDING_REPLACE REPLACED FILLED EXPIRED NEW ' +
  'AWAITING_RELEASE_TIME PENDING_ACKNOWLEDGEMENT PENDING_RECALL UNKNOWN';

const UNDOCUMENTED = ['', 'PARTIALLY_FILLED', 'filled', ' FILLED', '__proto__', 'constructor', 'toString'];

describe('broker statuses', () => {
  it('lists the 21 documented words, each once', () => {
    expect(Object.keys(BROKER_STATUSES).toSorted()).toEqual(DOCUMENTED.split(' ').toSorted());
    expect(Object.keys(BROKER_STATUSES)).toHaveLength(21);
  });

  it('ends an order on five words alone', () => {
    const terminal = Object.keys(BROKER_STATUSES).filter(isTerminalBrokerStatus);
    expect(terminal.toSorted()).toEqual(['CANCELED', 'EXPIRED', 'FILLED', 'REJECTED', 'REPLACED']);
  });

  it.each(UNDOCUMENTED)('treats the word %j, which nobody documented, as live and unknown', (word) => {
    expect(isKnownBrokerStatus(word)).toBe(false);
    expect(isTerminalBrokerStatus(word)).toBe(false);
    expect(brokerStatusRow(word)).toBe(BROKER_STATUSES.UNKNOWN);
  });

  it('counts the word UNKNOWN as unknown', () => {
    expect(isKnownBrokerStatus('UNKNOWN')).toBe(false);
    expect(isKnownBrokerStatus('WORKING')).toBe(true);
  });
});
