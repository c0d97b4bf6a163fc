import { describe, expect, it } from 'vitest';
import { decimal } from '../decimal.ts';
import { type KnownOrder, newlyKnownOrder } from '../order/known-order.ts';
import { legOf, MONDAY_TEN, orderOf, recordedFillOf } from '../testing/builders.ts';
import { auditChanges } from './audit-changes.ts';

const UNSEEN = newlyKnownOrder('1', 'TRACKED', MONDAY_TEN);
const SEEN: KnownOrder = { ...UNSEEN, facts: orderOf() };

function entries(before: KnownOrder, after: KnownOrder): ReturnType<typeof auditChanges> {
  return auditChanges({ before, after, newFills: [], identifiedFills: [], withdrawnFills: [] }, 'because');
}

describe('auditChanges', () => {
  it('says nothing when nothing changed', () => {
    expect(entries(SEEN, { ...SEEN, facts: orderOf() })).toEqual([]);
  });

  it('writes values as plain text and times in ISO 8601', () => {
    const [words, details] = entries(UNSEEN, SEEN);
    expect(words).toEqual({
      kind: 'BROKER_STATUS_CHANGED',
      before: null,
      after: { brokerStatus: 'WORKING', statusDescription: null },
      reason: 'because',
    });
    expect(details).toEqual({
      kind: 'DETAILS_CHANGED',
      before: null,
      after: {
        quantity: '100',
        limitPrice: '22.8',
        stopPrice: null,
        orderType: 'LIMIT',
        duration: 'DAY',
        orderSession: 'NORMAL',
        enteredAt: '2026-01-05T15:00:00.000Z',
        legs: '1 BUY 100 GME',
      },
      reason: 'because',
    });
  });

  it('marks with ? what a leg does not say', () => {
    const facts = orderOf({ legs: [legOf({ instruction: null, quantity: null, symbol: null })] });
    expect(entries(UNSEEN, { ...SEEN, facts })[1]?.after?.['legs']).toBe('1 ? ? ?');
  });

  it('writes down a change of price, status and flags, with before and after', () => {
    const netPrice = { amount: decimal('2.150'), effect: 'CREDIT' as const };
    const state = { ...SEEN.state, status: 'COMPLETED' as const, outcome: 'FILLED' as const, netPrice };
    const [status, price, flags] = entries(SEEN, { ...SEEN, state: { ...state, flags: ['OVERFILLED', 'UNPRICED'] } });
    expect([status?.kind, status?.before, status?.after]).toEqual([
      'STATUS_CHANGED',
      { status: 'PENDING', outcome: null },
      { status: 'COMPLETED', outcome: 'FILLED' },
    ]);
    expect([price?.kind, price?.before?.['netPrice'], price?.after?.['netPrice']]).toEqual([
      'PRICE_CHANGED',
      null,
      '2.15 CREDIT',
    ]);
    expect([flags?.before, flags?.after]).toEqual([{ flags: '' }, { flags: 'OVERFILLED UNPRICED' }]);
  });

  const VALUES = {
    key: 'new',
    version: 1,
    legId: '1',
    price: '22.7299',
    quantity: '40',
    occurredAt: '2026-01-05T15:00:01.000Z',
  };

  it('lists each new fill, each fill that got its name, and each that counts no longer', () => {
    const fill = recordedFillOf({ price: '22.7299', quantity: '40', key: 'new' });
    const audit = auditChanges(
      {
        before: SEEN,
        after: SEEN,
        newFills: [fill, { ...fill, occurredAt: null }],
        identifiedFills: [{ formerKey: 'old', fill }],
        withdrawnFills: [{ ...fill, withdrawnAt: MONDAY_TEN }],
      },
      'because',
    );
    expect(audit.map((entry) => [entry.kind, entry.before, entry.after])).toEqual([
      ['FILL_RECORDED', null, VALUES],
      ['FILL_RECORDED', null, { ...VALUES, occurredAt: null }],
      ['FILL_IDENTIFIED', { key: 'old' }, { key: 'new' }],
      ['FILL_WITHDRAWN', VALUES, null],
    ]);
  });
});
