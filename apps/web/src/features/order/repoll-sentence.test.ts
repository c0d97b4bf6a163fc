import { describe, expect, it } from 'vitest';
import { aReport, NOW } from '../../testing/builders.ts';
import { hasNews, isChecked, repollSentence } from './repoll-sentence.ts';

const now = Date.parse(NOW) + 400;
const OUTCOME = { found: true, brokerStatus: 'WORKING', filledQuantity: '60', averagePrice: '22.7299', newFills: 0 };

describe('what came of a re-poll', () => {
  it('says when, how much, at which price, and that nothing is new', () => {
    expect(repollSentence(aReport(), '100', now)).toBe('checked 0.4 s ago: 60 of 100 at 22.7299, nothing new');
  });

  it.each([
    [{ ...OUTCOME, newFills: 1 }, '60 of 100 at 22.7299, 1 new fill'],
    [{ ...OUTCOME, newFills: 3, changed: true }, '60 of 100 at 22.7299, 3 new fills'],
    [{ ...OUTCOME, changed: true }, '60 of 100 at 22.7299, changed'],
    [{ ...OUTCOME, filledQuantity: '0', averagePrice: null }, '0 of 100, WORKING, nothing new'],
    [{ ...OUTCOME, filledQuantity: null, averagePrice: null, brokerStatus: null }, '0 of 100, nothing new'],
    [{ found: false, status: 'PENDING' }, 'the broker does not know this order'],
  ])('%j reads %s', (outcome, text) => {
    expect(repollSentence(aReport({ outcome }), '100', now)).toBe(`checked 0.4 s ago: ${text}`);
  });

  it('gives the reason when it failed', () => {
    const report = aReport({ state: 'FAILED', outcome: { problem: 'the broker says to wait', errorKind: '429' } });
    expect(repollSentence(report, '100', now)).toBe('Could not be checked: the broker says to wait.');
  });

  it.each([
    ['running', 'Still waiting its turn at the poller'],
    ['stopped', 'no poller is at work'],
    ['stuck', 'the poller hangs'],
    ['never-started', 'no poller has ever run'],
  ] as const)('says why nothing happens yet when the poller is %s', (pollerState, text) => {
    const report = aReport({ state: 'QUEUED', outcome: null, appliedAt: null, pollerState });
    expect(repollSentence(report, '100', now)).toContain(text);
  });

  it.each([
    [aReport({ outcome: OUTCOME }), true, false],
    [aReport({ outcome: { ...OUTCOME, newFills: 1 } }), true, true],
    [aReport({ outcome: { ...OUTCOME, changed: true } }), true, true],
    [aReport({ outcome: { found: false } }), false, false],
    [aReport({ state: 'FAILED', outcome: { problem: 'no' } }), false, false],
    [aReport({ state: 'QUEUED', outcome: null, appliedAt: null }), false, false],
  ])('%j counts as checked: %s, as news: %s', (report, checked, news) => {
    expect([isChecked(report), hasNews(report)]).toEqual([checked, news]);
  });
});
