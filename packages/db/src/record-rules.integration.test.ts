import Database from 'better-sqlite3';
import { beforeEach, describe, expect, it } from 'vitest';
import { readMigrations } from './migrations.ts';

type Value = string | number | bigint | null;
type Row = Readonly<Record<string, Value>>;

let db: Database.Database;

/** The rules are the database's own: they hold for every program that writes to the file, so raw SQL tries them. */
beforeEach(() => {
  db = new Database(':memory:');
  for (const { sql } of readMigrations()) db.exec(sql);
  insert('accounts', { id: 'A1', hash: 'HASH-1', masked_number: '...4321' });
});

const T = '2026-01-05T15:00:00.000Z';

const PENDING: Row = {
  account_id: 'A1',
  broker_order_id: '1000000000001',
  source: 'DISCOVERED',
  status: 'PENDING',
  first_seen_at: T,
  last_changed_at: T,
};

const COMPLETED: Row = {
  ...PENDING,
  status: 'COMPLETED',
  outcome: 'FILLED',
  closed_at: T,
  leg_count: 1,
  filled_quantity: '100',
  sum_price_quantity: '2272.99',
  average_price: '22.7299',
  price_cents: 2273,
};

const SPREAD: Row = {
  ...COMPLETED,
  leg_count: 2,
  sum_price_quantity: null,
  average_price: null,
  price_cents: null,
  net_price: '1.05',
  net_effect: 'CREDIT',
};

const FAILED: Row = { ...PENDING, status: 'FAILED', outcome: 'CANCELED', closed_at: T, filled_quantity: '0' };

const IMPORTED: Row = {
  ...COMPLETED,
  source: 'IMPORTED',
  broker_order_id: null,
  sum_price_quantity: null,
  average_price: null,
  price_cents: 0,
};

const FILL: Row = {
  order_id: 1,
  key: '1/-/-/60@22.73#1',
  leg_id: '1',
  price: '22.73',
  quantity: '60',
  observed_at: T,
  committed_at: T,
  version: 1,
};

const AUDIT: Row = { order_id: 1, kind: 'ORDER_ADDED', reason: 'listed', actor: 'poller', recorded_at: T };

function insert(table: string, row: Row, verb = 'INSERT'): void {
  const columns = Object.keys(row);
  const names = columns.map((column) => `"${column}"`).join(', ');
  db.prepare(`${verb} INTO ${table} (${names}) VALUES (${columns.map(() => '?').join(', ')})`).run(Object.values(row));
}

describe('an order', () => {
  it.each([
    ['that is pending', PENDING],
    ['with one priced leg', COMPLETED],
    ['with a net price', SPREAD],
    ['that failed', FAILED],
    ['taken over without a price', IMPORTED],
    ['whose true average is under half a cent', { ...COMPLETED, average_price: '0.004', price_cents: 0 }],
    ['that filled below a negative limit', { ...COMPLETED, limit_price: '-0.05' }],
  ])('%s is admitted', (_, row) => {
    insert('orders', row);
    expect(db.prepare('SELECT COUNT(*) FROM orders').pluck().get()).toBe(1);
  });

  it.each<[string, Row]>([
    ['COMPLETED without an exact sum', { ...COMPLETED, sum_price_quantity: null }],
    ['COMPLETED without an average', { ...COMPLETED, average_price: null }],
    ['COMPLETED without cents', { ...COMPLETED, price_cents: null }],
    ['COMPLETED with a sum of zero', { ...COMPLETED, sum_price_quantity: '0' }],
    ['COMPLETED without a filled quantity', { ...COMPLETED, filled_quantity: null }],
    ['COMPLETED with nothing filled', { ...COMPLETED, filled_quantity: '0' }],
    ['COMPLETED without a closing time', { ...COMPLETED, closed_at: null }],
    ['COMPLETED without an outcome', { ...COMPLETED, outcome: null }],
    ['COMPLETED without legs', { ...COMPLETED, leg_count: 0 }],
    ['a COMPLETED spread without a net price', { ...SPREAD, net_price: null, net_effect: null }],
    ['a net price without its effect', { ...SPREAD, net_effect: null }],
    ['a spread with a sum across its legs', { ...SPREAD, sum_price_quantity: '100' }],
    ['an unknown price of an order that was not imported', { ...IMPORTED, source: 'TRACKED', broker_order_id: '7' }],
    ['an imported price without its sum', { ...IMPORTED, price_cents: 2273 }],
    ['an imported row without any price column', { ...IMPORTED, price_cents: null }],
    ['FAILED with a filled quantity', { ...FAILED, filled_quantity: '10' }],
    ['FAILED with an average', { ...FAILED, average_price: '22.73' }],
    ['FAILED without a closing time', { ...FAILED, closed_at: null }],
    ['FAILED without an outcome', { ...FAILED, outcome: null }],
    ['PENDING with a closing time', { ...PENDING, closed_at: T }],
    ['PENDING with an outcome', { ...PENDING, outcome: 'FILLED' }],
    ['a status of its own', { ...PENDING, status: 'FILLED' }],
    ['an outcome of its own', { ...FAILED, outcome: 'LOST' }],
    ['no broker id', { ...PENDING, broker_order_id: null }],
    ['an id that is not made of digits', { ...PENDING, broker_order_id: '12a' }],
    ['an empty id', { ...PENDING, broker_order_id: '' }],
    ['an id with a leading zero', { ...PENDING, broker_order_id: '0123' }],
    ['an id in floating point', { ...PENDING, broker_order_id: '1e12' }],
    ['cents that are not whole', { ...COMPLETED, price_cents: 2272.99 }],
    ['cents as text', { ...COMPLETED, price_cents: 'many' }],
    ['cents below zero', { ...COMPLETED, price_cents: -1 }],
    ['a time without milliseconds', { ...COMPLETED, closed_at: '2026-01-05T15:00:00Z' }],
    ['a time in another form', { ...PENDING, first_seen_at: '2026-01-05 15:00:00' }],
    ['an account nobody knows', { ...PENDING, account_id: 'A9' }],
    ['an absence without its beginning', { ...PENDING, absent_count: 2 }],
    ['flags that are no words', { ...PENDING, flags: 'UNPRICED,OVERFILLED' }],
  ])('with %s is refused', (_, row) => {
    expect(() => insert('orders', row)).toThrow(/constraint failed/);
  });

  it('is refused under a broker id that its account has already', () => {
    insert('orders', PENDING);
    expect(() => insert('orders', FAILED)).toThrow(
      'UNIQUE constraint failed: orders.account_id, orders.broker_order_id',
    );
  });

  it('may share its broker id with an order of another account', () => {
    insert('accounts', { id: 'A2', hash: 'HASH-2', masked_number: '...1234' });
    insert('orders', PENDING);
    insert('orders', { ...PENDING, account_id: 'A2' });
    expect(db.prepare('SELECT COUNT(*) FROM orders').pluck().get()).toBe(2);
  });

  it('with fills cannot fail', () => {
    insert('orders', PENDING);
    insert('fills', FILL);
    expect(() =>
      db.exec(`UPDATE orders SET status = 'FAILED', outcome = 'CANCELED', closed_at = '${T}', filled_quantity = '0'`),
    ).toThrow('an order with fills did not fail');
  });

  it('that failed takes no fill', () => {
    insert('orders', FAILED);
    expect(() => insert('fills', FILL)).toThrow('an order that failed has no fills');
  });

  it('with an audit trail cannot be deleted', () => {
    insert('orders', PENDING);
    insert('audit_entries', AUDIT);
    expect(() => db.exec('DELETE FROM orders')).toThrow('FOREIGN KEY constraint failed');
  });
});

const NOT_CANONICAL = [
  '1.50',
  '01',
  '00.5',
  '1e5',
  '.5',
  '1.',
  '+1',
  'abc',
  '',
  '-0',
  '1.2.3',
  ' 1',
  '1,5',
  '0x1f',
  'NaN',
  '1.0',
];

describe('a decimal', () => {
  it.each(['0', '7', '10', '100', '0.5', '0.005', '22.7299', '1234567890123456789012345678901234567890.5'])(
    'is %s',
    (text) => {
      insert('orders', { ...PENDING, quantity: text, limit_price: text });
      expect(db.prepare('SELECT quantity FROM orders').pluck().get()).toBe(text);
    },
  );

  it.each(['-1', '-0.5', '-22.7299'])('is %s only where below zero makes sense', (text) => {
    insert('orders', { ...PENDING, limit_price: text });
    expect(() => insert('orders', { ...PENDING, broker_order_id: '2', quantity: text })).toThrow('quantity_decimal');
  });

  it.each(NOT_CANONICAL)('is not "%s"', (text) => {
    const columns = [
      'quantity',
      'limit_price',
      'stop_price',
      'reported_filled_quantity',
      'filled_quantity',
      'sum_price_quantity',
      'average_price',
      'net_price',
    ];
    for (const column of columns) {
      const row = { ...PENDING, ...(column === 'net_price' ? { net_effect: 'DEBIT' } : {}), [column]: text };
      expect(() => insert('orders', row), column).toThrow(`orders_${column}`);
    }
  });

  it.each(['--1', '-01', '-.5', '-1.', '1-', '-1.50', '-0.0', '-'])('with a sign is not "%s"', (text) => {
    expect(() => insert('orders', { ...PENDING, stop_price: text })).toThrow('orders_stop_price_signed_decimal');
  });
});

describe('a fill', () => {
  beforeEach(() => {
    insert('orders', PENDING);
    insert('fills', FILL);
  });

  it.each(['0', '-1', '0.0', ...NOT_CANONICAL])('neither costs nor counts "%s"', (text) => {
    expect(() => insert('fills', { ...FILL, key: 'other', price: text })).toThrow('fills_price_positive_decimal');
    expect(() => insert('fills', { ...FILL, key: 'other', quantity: text })).toThrow('fills_quantity_positive_decimal');
  });

  it.each([
    ['price', "'9.5'"],
    ['quantity', "'61'"],
    ['occurred_at', `'${T}'`],
    ['observed_at', `'${T}'`],
    ['committed_at', `'${T}'`],
    ['leg_id', "'2'"],
    ['order_id', '2'],
    ['version', '2'],
  ])('keeps its %s', (column, value) => {
    expect(() => db.exec(`UPDATE fills SET ${column} = ${value}`)).toThrow('a fill keeps its price');
  });

  it('may learn its activity id, with what was left after it and the key that follows', () => {
    db.exec("UPDATE fills SET key = '1/a77/-/60@22.73#1', activity_id = '77', remaining_after = '40'");
    expect(db.prepare('SELECT activity_id, remaining_after FROM fills').get()).toEqual({
      activity_id: '77',
      remaining_after: '40',
    });
  });

  it('is not deleted', () => {
    expect(() => db.exec('DELETE FROM fills')).toThrow('fills are never deleted');
  });

  it.each(['INSERT', 'INSERT OR REPLACE'])('is not written over by %s', (verb) => {
    expect(() => insert('fills', { ...FILL, price: '1' }, verb)).toThrow('this fill is recorded already');
    expect(() => insert('fills', { ...FILL, id: 1, key: 'other' }, verb)).toThrow('this fill is recorded already');
  });

  it('has a higher version beside it when the broker corrects it', () => {
    insert('fills', { ...FILL, price: '22.74', version: 2 });
    expect(() => insert('fills', { ...FILL, version: 0 })).toThrow('version >= 1');
    expect(db.prepare('SELECT COUNT(*) FROM fills').pluck().get()).toBe(2);
  });
});

describe('a fill that is taken back', () => {
  const takeBack = `UPDATE fills SET withdrawn_at = '${T}', activity_id = '77'`;
  const fail = `UPDATE orders SET status = 'FAILED', outcome = 'CANCELED', closed_at = '${T}', filled_quantity = '0'`;

  it('stays as it is from then on', () => {
    insert('orders', PENDING);
    insert('fills', FILL);
    db.exec(takeBack);
    for (const change of ["withdrawn_at = '2026-01-06T15:00:00.000Z'", 'withdrawn_at = NULL', "activity_id = '78'"]) {
      expect(() => db.exec(`UPDATE fills SET ${change}`), change).toThrow('stays as it is');
    }
    expect(() => db.exec('DELETE FROM fills')).toThrow('fills are never deleted');
  });

  it('keeps its price and quantity while it is taken back', () => {
    insert('orders', PENDING);
    insert('fills', FILL);
    expect(() => db.exec(`${takeBack}, price = '1'`)).toThrow('a fill keeps its price');
    expect(() => db.exec("UPDATE fills SET withdrawn_at = 'today'")).toThrow('withdrawn_at_instant');
  });

  it('lets its order fail', () => {
    insert('orders', PENDING);
    insert('fills', FILL);
    expect(() => db.exec(fail)).toThrow('an order with fills did not fail');
    db.exec(takeBack);
    db.exec(fail);
    expect(() => insert('fills', { ...FILL, version: 2 })).toThrow('an order that failed has no fills');
  });

  it('may come to an order that failed, when it never counted', () => {
    insert('orders', FAILED);
    insert('fills', { ...FILL, withdrawn_at: T });
    expect(db.prepare('SELECT COUNT(*) FROM fills').pluck().get()).toBe(1);
  });

  it('keeps the key that it shares with its correction', () => {
    insert('orders', PENDING);
    insert('fills', { ...FILL, withdrawn_at: T });
    insert('fills', { ...FILL, version: 2, price: '22.74' });
    expect(() => db.exec("UPDATE fills SET key = 'other' WHERE version = 2")).toThrow('share their key');
    db.exec("UPDATE fills SET key = key, activity_id = '77' WHERE version = 2");
  });
});

describe('a resolution', () => {
  const RESOLVED: Row = {
    ...FAILED,
    outcome: 'CLOSED_BY_OPERATOR',
    resolved_by: 'operator',
    resolved_reason: 'gone',
    resolved_at: T,
  };

  it.each<[string, Row]>([
    ['of an order that failed', RESOLVED],
    ["with the broker's word", { ...RESOLVED, resolved_broker_status: 'WORKING' }],
    ['of an order with a price', { ...COMPLETED, ...RESOLVED, ...priced() }],
  ])('%s is admitted', (_, row) => {
    insert('orders', row);
    expect(db.prepare('SELECT resolved_by FROM orders').pluck().get()).toBe('operator');
  });

  it.each<[string, Row]>([
    ['that is missing', { ...RESOLVED, resolved_by: null, resolved_reason: null, resolved_at: null }],
    ['of an order that ended otherwise', { ...RESOLVED, outcome: 'CANCELED' }],
    ['of an order that is open', { ...RESOLVED, ...PENDING, outcome: null, closed_at: null, filled_quantity: null }],
    ['by nobody', { ...RESOLVED, resolved_by: null }],
    ['by nobody with a name', { ...RESOLVED, resolved_by: '' }],
    ['without a reason', { ...RESOLVED, resolved_reason: null }],
    ['with an empty reason', { ...RESOLVED, resolved_reason: '' }],
    ['without its time', { ...RESOLVED, resolved_at: null }],
    ["that is only the broker's word", { ...FAILED, resolved_broker_status: 'WORKING' }],
  ])('%s is refused', (_, row) => {
    expect(() => insert('orders', row)).toThrow(/constraint failed: orders_res/);
  });

  function priced(): Row {
    const { status, filled_quantity } = COMPLETED;
    return { status: status ?? '', filled_quantity: filled_quantity ?? '' };
  }
});

describe('a replacement link', () => {
  beforeEach(() => {
    insert('accounts', { id: 'A2', hash: 'HASH-2', masked_number: '...1234' });
    for (const [id, account] of ['A1', 'A1', 'A1', 'A2'].entries()) {
      insert('orders', { ...PENDING, account_id: account, broker_order_id: String(id + 1) });
    }
  });
  const link = (row: Row) =>
    insert('order_links', { reason: 'seen on the site', decided_by: 'operator', decided_at: T, ...row });

  it('gives an order one successor, of its own account, and none to itself', () => {
    link({ order_id: 2, replaces_order_id: 1 });
    expect(() => link({ order_id: 3, replaces_order_id: 1 })).toThrow('UNIQUE constraint failed');
    expect(() => link({ order_id: 3, replaces_order_id: 4 })).toThrow('one of its own account');
    expect(() => link({ order_id: 3, replaces_order_id: 3 })).toThrow('not_itself');
    expect(() => link({ order_id: 3, replaces_order_id: 9 })).toThrow('one of its own account');
    link({ order_id: 3, replaces_order_id: null });
    expect(() => db.exec('UPDATE order_links SET replaces_order_id = 4 WHERE order_id = 3')).toThrow('own account');
  });
});

describe('a verdict', () => {
  const VERDICT: Row = { order_id: 1, verdict: 'VERIFIED', checked_at: T };
  beforeEach(() => insert('orders', PENDING));

  it.each(NOT_CANONICAL)('has no number "%s"', (text) => {
    for (const column of ['record_quantity', 'record_sum', 'transactions_quantity', 'transactions_sum', 'fees']) {
      expect(() => insert('verifications', { ...VERDICT, [column]: text }), column).toThrow(`verifications_${column}`);
    }
  });

  it('is one of four words', () => {
    expect(() => insert('verifications', { ...VERDICT, verdict: 'MAYBE' })).toThrow('verdict_known');
    insert('verifications', { ...VERDICT, fees: '-0.01' });
  });
});

describe('a blind spot', () => {
  const SPOT: Row = { began_at: T, cause: 'network' };
  const OVER: Row = { ...SPOT, ended_at: '2026-01-05T15:00:30.000Z' };
  const run = (sql: string) => () => db.prepare(sql).run();

  it.each<[string, Row]>([
    ['that ends before it begins', { ...SPOT, ended_at: '2026-01-05T14:59:59.999Z' }],
    ['of a cause that nobody knows', { ...SPOT, cause: 'moonlight' }],
    ['that is back-filled while it is open', { ...SPOT, backfilled_at: T }],
    ['whose time has no milliseconds', { ...SPOT, began_at: '2026-01-05T15:00:00Z' }],
  ])('%s is refused', (_, row) => {
    expect(() => insert('blind_spots', row)).toThrow(/CHECK/);
  });

  it('is open one at a time', () => {
    insert('blind_spots', OVER);
    insert('blind_spots', SPOT);
    expect(() => insert('blind_spots', SPOT)).toThrow('a blind spot is open already');
  });

  it('keeps its beginning, its cause, and its end, and stays', () => {
    insert('blind_spots', OVER);
    expect(run("UPDATE blind_spots SET cause = 'timeout'")).toThrow('keeps its beginning and its cause');
    expect(run("UPDATE blind_spots SET began_at = '2026-01-05T14:00:00.000Z'")).toThrow('keeps its beginning');
    expect(run('UPDATE blind_spots SET ended_at = NULL')).toThrow('a blind spot that is over stays as it is');
    run(`UPDATE blind_spots SET backfilled_at = '${T}'`)();
    expect(run('UPDATE blind_spots SET backfilled_at = NULL')).toThrow('a blind spot that is over stays as it is');
    expect(run('DELETE FROM blind_spots')).toThrow('blind spots are never deleted');
  });
});

describe('the audit trail', () => {
  beforeEach(() => {
    insert('orders', PENDING);
    insert('audit_entries', AUDIT);
  });

  it.each([
    ["UPDATE audit_entries SET reason = 'none'", 'never changed'],
    ['DELETE FROM audit_entries', 'never deleted'],
    [
      `INSERT OR REPLACE INTO audit_entries (seq, order_id, kind, reason, actor, recorded_at)
       VALUES (1, 1, 'ORDER_ADDED', 'none', 'nobody', '${T}')`,
      'never replaced',
    ],
  ])('withstands %s', (sql, refusal) => {
    expect(() => db.exec(sql)).toThrow(`audit entries are ${refusal}`);
    expect(db.prepare('SELECT reason FROM audit_entries').pluck().all()).toEqual(['listed']);
  });

  it('takes JSON only', () => {
    expect(() => insert('audit_entries', { ...AUDIT, after: '{status' })).toThrow('CHECK constraint failed');
  });
});

describe('the indexes', () => {
  it('give the pending orders without a look at the others', () => {
    // Prisma binds the status: SQLite must see through that to use a partial index.
    const plan = db.prepare('EXPLAIN QUERY PLAN SELECT * FROM orders WHERE status = ? ORDER BY id').all('PENDING');
    expect(plan).toEqual([expect.objectContaining({ detail: 'SEARCH orders USING INDEX orders_pending (status=?)' })]);
  });
});

describe('the indexes of what is read each cycle, or walked', () => {
  const planOf = (sql: string): string =>
    db
      .prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
      .all()
      .map(({ detail }) => detail)
      .join('; ');

  it.each([
    ['due rechecks', `SELECT * FROM rechecks WHERE due_at <= '${T}' ORDER BY due_at LIMIT 10`, 'rechecks_due'],
    [
      'replaced orders by their end',
      `SELECT id FROM orders WHERE account_id = 'A1' AND broker_status = 'REPLACED' AND reported_close_time >= '${T}'`,
      'orders_replaced',
    ],
    [
      'orders by their entry',
      `SELECT id FROM orders WHERE account_id = 'A1' AND entered_at >= '${T}'`,
      'orders_account_entered',
    ],
  ])('give %s', (_, sql, index) => {
    expect(planOf(sql)).toMatch(new RegExp(String.raw`^SEARCH \w+ USING (COVERING )?INDEX ${index} `));
  });
});

describe('schwab_executions', () => {
  const equity = { symbol: 'GME', asset_type: 'EQUITY', instruction: 'BUY', quantity: '150' };
  const execution = (row: Row): unknown => {
    insert('orders', row);
    return db.prepare('SELECT * FROM schwab_executions').get();
  };

  it("shows a completed order with the older table's columns and the exact price", () => {
    expect(execution({ ...COMPLETED, ...equity })).toEqual({
      id: 1,
      symbol: 'GME',
      shares: 100,
      direction: 'BUY',
      order_id: '1000000000001',
      price_cents: 2273,
      status: 'COMPLETED',
      executed_at: T,
      price: '22.7299',
    });
  });

  it('shows a pending order as that table allows it: without order id, time or price', () => {
    const partly = { average_price: '22.73', price_cents: 2273, filled_quantity: '50', leg_count: 1 };
    expect(execution({ ...PENDING, ...equity, ...partly })).toMatchObject({
      shares: 150,
      status: 'PENDING',
      order_id: null,
      executed_at: null,
      price_cents: null,
      price: null,
    });
  });

  it('shows a failed order with the time of its end and the ordered shares', () => {
    expect(execution({ ...FAILED, ...equity, leg_count: 1 })).toMatchObject({
      shares: 150,
      order_id: '1000000000001',
      executed_at: T,
      price_cents: null,
    });
  });

  it.each([
    ['BUY', 'BUY'],
    ['BUY_TO_COVER', 'BUY'],
    ['SELL', 'SELL'],
    ['SELL_SHORT', 'SELL'],
    ['SELL_SHORT_EXEMPT', 'SELL'],
  ])('reads %s as %s', (instruction, direction) => {
    expect(execution({ ...COMPLETED, ...equity, instruction })).toMatchObject({ direction });
  });

  it('has ETFs, which are COLLECTIVE_INVESTMENT', () => {
    expect(execution({ ...COMPLETED, ...equity, asset_type: 'COLLECTIVE_INVESTMENT' })).toBeDefined();
  });

  it('gives a fractional quantity as exact text', () => {
    expect(execution({ ...COMPLETED, ...equity, filled_quantity: '0.35' })).toMatchObject({ shares: '0.35' });
  });

  it('keeps the zero price of imported rows, which means unknown', () => {
    expect(execution({ ...IMPORTED, ...equity })).toMatchObject({ price_cents: 0, price: null, order_id: null });
  });

  it.each<[string, Row]>([
    ['options', { ...COMPLETED, ...equity, asset_type: 'OPTION', instruction: 'BUY_TO_OPEN' }],
    ['orders of several legs', { ...SPREAD, ...equity }],
    ['orders before their first report', PENDING],
    ['exchanges, which have no direction', { ...COMPLETED, ...equity, instruction: 'EXCHANGE' }],
  ])('leaves out %s', (_, row) => {
    expect(execution(row)).toBeUndefined();
  });
});
