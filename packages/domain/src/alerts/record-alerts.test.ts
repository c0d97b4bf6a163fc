import { describe, expect, it } from 'vitest';
import { HOUR, MINUTE, SECOND } from '../instant.ts';
import { ALWAYS_OPEN } from '../market/always-open.ts';
import { NYSE_VALID_THROUGH, usEquities } from '../market/us-equities.ts';
import { instantAt } from '../market/trading-date.ts';
import { ORDER_FLAGS, type OrderFlag } from '../order/order-flag.ts';
import { ALERT_CAUSES, type AlertCause, runbookOf, severityOf } from './alert-cause.ts';
import type { FlaggedOrder } from './order-alerts.ts';
import { RECORD_CAUSES, recordAlerts, type RecordFacts } from './record-alerts.ts';

/** A Monday, 10:00 in New York. */
const NOW = instantAt('2026-01-05', '10:00');

const WELL: RecordFacts = {
  streak: null,
  openCauses: new Set(),
  workingOrders: 2,
  missingAccounts: [],
  flagged: [],
  dayOrders: [],
  signInEndsAt: NOW + 5 * 24 * HOUR,
  calendar: usEquities(),
  freeBytes: 10 ** 12,
  unwritable: null,
};

const causesOf = (facts: Partial<RecordFacts>, now = NOW): readonly string[] =>
  recordAlerts({ ...WELL, ...facts }, now).map(({ cause, subject }) =>
    subject === '' ? cause : `${cause} ${subject}`,
  );

const streak = (kind: string, cycles: number, lastedMs: number): Partial<RecordFacts> => ({
  streak: { cycles, since: NOW - lastedMs, kinds: [{ kind, cycles }] },
});

const ORDER = { orderId: 7, accountId: 'A1', brokerOrderId: '4711', symbol: 'GME' };
const flagged = (flag: OrderFlag, ageMs: number, isPending = true): Partial<RecordFacts> => ({
  flagged: [{ ...ORDER, isPending, flags: [{ flag, since: NOW - ageMs }] }],
});

it('has nothing to say when all is well', () => {
  expect(causesOf({})).toEqual([]);
});

describe('an account that the sign-in does not reach', () => {
  const account = { id: 'A2', maskedNumber: '...21', since: NOW, workingOrders: 0, lastOrderAt: NOW - 29 * 24 * HOUR };

  it.each([
    ['was traded in lately', {}, ['account-missing A2']],
    ['was not traded in for a month', { lastOrderAt: NOW - 30 * 24 * HOUR }, []],
    ['has no order', { lastOrderAt: null }, []],
    ['has an order at work', { workingOrders: 1, lastOrderAt: NOW - 60 * 24 * HOUR }, ['account-missing A2']],
  ])('when it %s', (_, differs, causes) => {
    expect(causesOf({ missingAccounts: [{ ...account, ...differs }] })).toEqual(causes);
  });

  it('is named, without its number', () => {
    const [alert] = recordAlerts({ ...WELL, missingAccounts: [{ ...account, workingOrders: 3 }] }, NOW);
    expect(alert?.summary).toBe('The sign-in does not reach account A2 (...21), which has 3 working orders.');
  });
});

describe('trouble with the broker', () => {
  it.each([
    ['network', 'broker-unreachable'],
    ['timeout', 'broker-unreachable'],
    ['server', 'broker-unreachable'],
    ['breaker-open', 'broker-unreachable'],
    ['forbidden', 'broker-refuses'],
    ['unauthorized', 'broker-refuses'],
    ['bad-request', 'broker-refuses'],
    ['not-found', 'broker-refuses'],
    ['shape', 'broker-refuses'],
  ])('is told after three cycles or half a minute of %s: %s', (kind, cause) => {
    expect(causesOf(streak(kind, 1, 5 * SECOND))).toEqual([]);
    expect(causesOf(streak(kind, 2, 29 * SECOND))).toEqual([]);
    expect(causesOf(streak(kind, 3, 5 * SECOND))).toEqual([cause]);
    expect(causesOf(streak(kind, 1, 30 * SECOND))).toEqual([cause]);
  });

  it('is a pause of the budget while it is shorter than a minute', () => {
    expect(causesOf(streak('rate-limited', 9, 59 * SECOND))).toEqual([]);
    expect(causesOf(streak('rate-limited', 2, MINUTE))).toEqual(['rate-limited']);
  });

  it('is told at once when only a person can help', () => {
    expect(causesOf(streak('sign-in-needed', 1, 0))).toEqual(['sign-in-needed']);
  });

  it('is not told of cycles that are incomplete for another reason', () => {
    expect(causesOf(streak('partial', 99, HOUR))).toEqual([]);
  });

  it('stands until a list comes, also after a restart that knows of one failed cycle only', () => {
    const openCauses = new Set<AlertCause>(['broker-unreachable']);
    expect(causesOf({ openCauses, ...streak('network', 1, SECOND) })).toEqual(['broker-unreachable']);
    expect(causesOf({ openCauses, ...streak('rate-limited', 1, SECOND) })).toEqual(['broker-unreachable']);
    expect(causesOf({ openCauses, streak: null })).toEqual([]);
  });

  it('is told of each of two kinds that both are many', () => {
    const kinds = [
      { kind: 'timeout', cycles: 4 },
      { kind: 'forbidden', cycles: 3 },
      { kind: 'shape', cycles: 2 },
    ];
    expect(causesOf({ streak: { cycles: 9, since: NOW - HOUR, kinds } })).toEqual([
      'broker-unreachable',
      'broker-refuses',
    ]);
  });
});

describe('orders', () => {
  it.each(
    (
      [
        ['UNPRICED', 'order-unpriced', MINUTE],
        ['FILLS_DO_NOT_SUM', 'order-unpriced', MINUTE],
        ['TRANSACTIONS_DISAGREE', 'order-disagrees', 10 * SECOND],
        ['FILLS_CONTRADICT_RECORD', 'order-disagrees', 10 * SECOND],
        ['REPORT_BEHIND_RECORD', 'order-disagrees', 10 * SECOND],
        ['PRICE_OUTSIDE_LIMIT', 'order-odd', 0],
        ['PRICE_OUTSIDE_MARKET', 'order-odd', 0],
        ['FILL_BEFORE_ENTRY', 'order-odd', 0],
        ['FILL_OUTSIDE_SESSION', 'order-odd', 0],
        ['OVERFILLED', 'order-odd', 0],
        ['REJECTED_WITH_FILLS', 'order-odd', 0],
        ['UNKNOWN_STATUS', 'order-odd', 0],
        ['UNKNOWN_EXECUTION_TYPE', 'order-odd', 0],
        ['REPORT_UNREADABLE', 'order-odd', 30 * SECOND],
        ['NOT_FOUND', 'order-stuck', 0],
      ] as const
    ).map(([flag, cause, afterMs]) => ({ flag, cause, afterMs })),
  )('$flag is $cause, once it stands for $afterMs ms', ({ flag, cause, afterMs }) => {
    expect(causesOf(flagged(flag, afterMs))).toEqual([`${cause} A1/4711`]);
    if (afterMs > 0) expect(causesOf(flagged(flag, afterMs - 1))).toEqual([]);
  });

  it.each(['FILLS_AMENDED', 'NOT_BACKFILLED'] as const)('%s alarms nobody', (flag) => {
    expect(causesOf(flagged(flag, HOUR))).toEqual([]);
  });

  it('are told of for a day when they have ended, and for as long as they are pending', () => {
    expect(causesOf(flagged('PRICE_OUTSIDE_LIMIT', 24 * HOUR - 1, false))).toEqual(['order-odd A1/4711']);
    expect(causesOf(flagged('PRICE_OUTSIDE_LIMIT', 24 * HOUR, false))).toEqual([]);
    expect(causesOf(flagged('UNPRICED', 48 * HOUR, true))).toEqual(['order-unpriced A1/4711']);
  });

  it('are told of once for each cause, with all flags that belong to it', () => {
    const order: FlaggedOrder = {
      ...ORDER,
      isPending: true,
      flags: (['UNPRICED', 'FILLS_DO_NOT_SUM', 'NOT_FOUND'] as const).map((flag) => ({ flag, since: NOW - HOUR })),
    };
    const alerts = recordAlerts({ ...WELL, flagged: [order] }, NOW);
    expect(alerts.map(({ cause, detail }) => [cause, detail['flags']])).toEqual([
      ['order-unpriced', 'UNPRICED FILLS_DO_NOT_SUM'],
      ['order-stuck', 'NOT_FOUND'],
    ]);
    expect(alerts[0]?.summary).toContain(ORDER_FLAGS.UNPRICED);
  });

  it('are not all told of when hundreds have the same trouble', () => {
    const many = Array.from({ length: 300 }, (_, i) => ({
      ...ORDER,
      orderId: i,
      brokerOrderId: String(i + 1),
      isPending: true,
      flags: [{ flag: 'UNPRICED' as const, since: NOW - HOUR - i }],
    }));
    const alerts = recordAlerts({ ...WELL, flagged: many }, NOW);
    expect(alerts).toHaveLength(20);
    expect(alerts[0]?.subject).toBe('A1/300');
  });

  it('for one day are stuck the morning after the session in which they could trade', () => {
    const late = (enteredAt: number, now: number) => causesOf({ dayOrders: [{ ...ORDER, enteredAt }] }, now);
    const monday = instantAt('2026-01-05', '10:00');
    expect(late(monday, instantAt('2026-01-06', '03:59'))).toEqual([]);
    expect(late(monday, instantAt('2026-01-06', '04:00'))).toEqual(['order-stuck A1/4711']);
    const saturday = instantAt('2026-01-03', '12:00');
    expect(late(saturday, monday)).toEqual([]);
    const afterPostClose = instantAt('2026-01-05', '20:30');
    expect(late(afterPostClose, instantAt('2026-01-06', '15:00'))).toEqual([]);
  });
});

describe('what is going to be trouble', () => {
  it('is a sign-in that ends: two days before, on the day itself, and when it has ended', () => {
    const left = (ms: number) => causesOf({ signInEndsAt: NOW + ms });
    expect(left(48 * HOUR + 1)).toEqual([]);
    expect(left(48 * HOUR)).toEqual(['sign-in-ending']);
    expect(left(4 * HOUR)).toEqual(['sign-in-ending', 'sign-in-ending last call']);
    expect(left(0)).toEqual(['sign-in-needed']);
    expect(causesOf({ signInEndsAt: null })).toEqual([]);
  });

  it('is a calendar that ends within 90 days', () => {
    const at = (date: string) => causesOf({ signInEndsAt: null }, instantAt(date, '12:00'));
    expect(NYSE_VALID_THROUGH).toBe('2028-12-31');
    expect(at('2028-10-01')).toEqual([]);
    expect(at('2028-10-02')).toEqual(['calendar-ending']);
    expect(causesOf({ signInEndsAt: null, calendar: ALWAYS_OPEN }, instantAt('2030-01-01', '12:00'))).toEqual([]);
  });

  it('is a disk that is nearly full, and a record that could not be written for a while', () => {
    expect(causesOf({ freeBytes: 200 * 1024 * 1024 })).toEqual([]);
    expect(causesOf({ freeBytes: 200 * 1024 * 1024 - 1 })).toEqual(['database-trouble disk']);
    expect(causesOf({ freeBytes: null })).toEqual([]);
    const failing = (since: number, lastAt: number) => causesOf({ unwritable: { since, lastAt } });
    expect(failing(NOW - 14 * SECOND, NOW)).toEqual([]);
    expect(failing(NOW - 15 * SECOND, NOW)).toEqual(['database-trouble write']);
  });

  it('is no record that failed once, a while ago', () => {
    const hiccup = NOW - MINUTE;
    expect(causesOf({ unwritable: { since: hiccup, lastAt: hiccup } })).toEqual([]);
  });
});

describe('every cause', () => {
  const causes = Object.keys(ALERT_CAUSES) as AlertCause[];

  it('has a meaning, a remedy and a place in the runbook', () => {
    for (const cause of causes) {
      expect(ALERT_CAUSES[cause].meaning).toMatch(/^[A-Z].+\.$/);
      expect(ALERT_CAUSES[cause].remedy).toMatch(/^[A-Z].+\.$/);
      expect(runbookOf(cause)).toBe(`docs/runbook.md#${cause}`);
    }
  });

  it('is judged from inside or from outside', () => {
    expect(causes.filter((cause) => !RECORD_CAUSES.has(cause))).toEqual(['poller-down', 'poller-slow']);
  });

  it('is milder on a weekend with nothing pending, where it is about sight', () => {
    expect(severityOf('broker-unreachable', 1)).toBe('critical');
    expect(severityOf('broker-unreachable', 0)).toBe('warning');
    expect(severityOf('database-trouble', 0)).toBe('critical');
  });
});
