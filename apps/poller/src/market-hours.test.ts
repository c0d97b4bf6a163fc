import { marketMoment, NO_OWNER_DATES, type OwnerDates, usEquities } from '@fill-tracker/domain';
import { type MarketHours, type SchwabClient, SchwabError } from '@fill-tracker/schwab-client';
import { expect, it, vi } from 'vitest';
import type { BrokerCallFailed } from './events.ts';
import { createLearningCalendar } from './market-hours.ts';

const RULES = usEquities();
const SIGNAL = new AbortController().signal;
/** A Monday that the rules know as an ordinary one. */
const monday = (time: string): number => Date.parse(`2026-01-12T${time}:00-05:00`);
const TUESDAY = Date.parse('2026-01-13T10:00:00-05:00');

const span = (start: string, end: string): { start: string; end: string }[] => [
  { start: `2026-01-12T${start}:00-05:00`, end: `2026-01-12T${end}:00-05:00` },
];

function hoursOf(overrides: Partial<MarketHours>): MarketHours {
  return {
    date: '2026-01-12',
    isOpen: true,
    product: 'EQ',
    sessionHours: null,
    requestedAt: 0,
    correlationId: null,
    ...overrides,
  } as MarketHours;
}

function learning(getMarketHours: SchwabClient['getMarketHours'], ownerDates: OwnerDates = NO_OWNER_DATES) {
  const failures: BrokerCallFailed[] = [];
  const client = { getMarketHours } as SchwabClient;
  const calendar = createLearningCalendar({ calendarRules: RULES, ownerDates }, client, {
    brokerCallFailed: (facts) => void failures.push(facts),
  });
  const phaseAt = (at: number): string => marketMoment(calendar.current(), at).phase;
  return { ...calendar, failures, phaseAt };
}

it('follows the rules until the broker has spoken', () => {
  const { phaseAt } = learning(() => Promise.reject(new Error('not asked')));
  expect([phaseAt(monday('12:00')), phaseAt(monday('16:30'))]).toEqual(['regular', 'post']);
});

it('learns that today is closed', async () => {
  const { learn, phaseAt } = learning(() => Promise.resolve(hoursOf({ isOpen: false })));
  await learn(monday('08:00'), SIGNAL);
  expect(phaseAt(monday('12:00'))).toBe('closed');
  expect(phaseAt(TUESDAY)).toBe('regular');
});

it('learns an early close', async () => {
  const sessionHours = { preMarket: [], regularMarket: span('09:30', '13:00'), postMarket: span('13:00', '17:00') };
  const { learn, phaseAt } = learning(() => Promise.resolve(hoursOf({ sessionHours })));
  await learn(monday('08:00'), SIGNAL);
  expect([phaseAt(monday('12:59')), phaseAt(monday('13:00')), phaseAt(monday('17:00'))]).toEqual([
    'regular',
    'post',
    'closed',
  ]);
});

it('asks once a day', async () => {
  const ask = vi.fn<SchwabClient['getMarketHours']>(() => Promise.resolve(hoursOf({ isOpen: false })));
  const { learn } = learning(ask);
  for (const time of ['08:00', '08:01', '12:00', '23:59']) await learn(monday(time), SIGNAL);
  expect(ask.mock.calls.map(([query]) => query)).toEqual([{ market: 'equity', date: '2026-01-12' }]);
  await learn(TUESDAY, SIGNAL);
  expect(ask).toHaveBeenCalledTimes(2);
});

it('keeps the rules when the broker fails, tells it, and tries again after ten minutes', async () => {
  const ask = vi.fn<SchwabClient['getMarketHours']>(() =>
    Promise.reject(new SchwabError('forbidden', 'no such product')),
  );
  const { learn, phaseAt, failures } = learning(ask);
  await learn(monday('09:31'), SIGNAL);
  await learn(monday('09:40'), SIGNAL);
  expect(phaseAt(monday('12:00'))).toBe('regular');
  expect(failures).toMatchObject([{ operation: 'get-market-hours', kind: 'forbidden' }]);
  await learn(monday('09:41'), SIGNAL);
  expect(ask).toHaveBeenCalledTimes(2);
});

it("passes on what is not the broker's failure", async () => {
  const { learn } = learning(() => Promise.reject(new TypeError('a mistake of ours')));
  await expect(learn(monday('08:00'), SIGNAL)).rejects.toThrow(TypeError);
});

it("takes the owner's word over the broker's", async () => {
  const hours = hoursOf({ sessionHours: { preMarket: [], regularMarket: span('09:30', '16:00'), postMarket: [] } });
  const own = { ...NO_OWNER_DATES, closed: new Set(['2026-01-12']) };
  const { learn, phaseAt } = learning(() => Promise.resolve(hours), own);
  await learn(monday('08:00'), SIGNAL);
  expect(phaseAt(monday('12:00'))).toBe('closed');
});
