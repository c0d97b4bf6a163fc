-- The record: orders, their legs and fills, what changed and when it was looked at.
--
-- Three forms recur, and every column that uses one is CHECKed, since TEXT takes anything:
-- * an instant is ISO 8601 UTC with milliseconds, so that it sorts as text;
-- * a decimal is canonical: digits, at most one point, no leading zeros but the one of 0.x, no trailing zeros, no
--   exponent; a minus only where something below zero makes sense. Equal numbers are equal texts;
-- * a list of words is closed, save for the broker's own words, which are kept verbatim.
-- A CHECK passes on NULL. Where NULL must not pass, the column says NOT NULL or the CHECK says IS NOT NULL.

-- Whose orders these are. One row, written once.
CREATE TABLE broker_stamp (
  id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
  base_url TEXT NOT NULL CHECK (base_url <> ''),
  mode TEXT NOT NULL,
  created_at TEXT NOT NULL,
  CONSTRAINT broker_stamp_mode_known CHECK (mode IN ('demo', 'live')),
  CONSTRAINT broker_stamp_created_at_instant CHECK (created_at GLOB '????-??-??T??:??:??.???Z')
);

CREATE TABLE accounts (
  id TEXT NOT NULL PRIMARY KEY CHECK (id GLOB 'A[1-9]*' AND id NOT GLOB 'A*[^0-9]*'),
  hash TEXT NOT NULL CHECK (hash <> ''),
  masked_number TEXT NOT NULL,
  label TEXT,
  enabled BOOLEAN NOT NULL DEFAULT true CHECK (enabled IN (0, 1))
);
CREATE UNIQUE INDEX accounts_hash ON accounts (hash);

CREATE TABLE orders (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  account_id TEXT NOT NULL,
  broker_order_id TEXT,
  source TEXT NOT NULL,
  symbol TEXT,
  asset_type TEXT,
  instruction TEXT,
  order_type TEXT,
  order_session TEXT,
  duration TEXT,
  quantity TEXT,
  limit_price TEXT,
  stop_price TEXT,
  status TEXT NOT NULL,
  outcome TEXT,
  broker_status TEXT,
  status_description TEXT,
  reported_filled_quantity TEXT,
  filled_quantity TEXT,
  sum_price_quantity TEXT,
  average_price TEXT,
  net_price TEXT,
  net_effect TEXT,
  price_cents BIGINT,
  entered_at TEXT,
  reported_close_time TEXT,
  closed_at TEXT,
  first_seen_at TEXT NOT NULL,
  last_changed_at TEXT NOT NULL,
  reported_at TEXT,
  absent_count INTEGER NOT NULL DEFAULT 0,
  absent_since TEXT,
  flags TEXT NOT NULL DEFAULT '',
  leg_count INTEGER NOT NULL DEFAULT 0,
  -- An id that only digits make, without leading zeros: one order cannot hide behind two spellings.
  CONSTRAINT orders_broker_order_id_digits CHECK (
    broker_order_id GLOB '[1-9]*' AND broker_order_id NOT GLOB '*[^0-9]*' AND length(broker_order_id) <= 19
  ),
  CONSTRAINT orders_broker_order_id_required CHECK (broker_order_id IS NOT NULL OR source = 'IMPORTED'),
  CONSTRAINT orders_source_known CHECK (source IN ('TRACKED', 'DISCOVERED', 'IMPORTED')),
  CONSTRAINT orders_status_known CHECK (status IN ('PENDING', 'COMPLETED', 'FAILED')),
  CONSTRAINT orders_outcome_known CHECK (
    outcome IN ('FILLED', 'PARTIALLY_FILLED', 'CANCELED', 'EXPIRED', 'REPLACED', 'REJECTED', 'CLOSED_BY_OPERATOR')
  ),
  CONSTRAINT orders_net_effect_known CHECK (net_effect IN ('CREDIT', 'DEBIT', 'EVEN')),
  CONSTRAINT orders_net_price_whole CHECK ((net_price IS NULL) = (net_effect IS NULL)),
  CONSTRAINT orders_price_cents_integer CHECK (typeof(price_cents) IN ('integer', 'null') AND price_cents >= 0),
  CONSTRAINT orders_absence_whole CHECK (absent_count >= 0 AND (absent_count > 0) = (absent_since IS NOT NULL)),
  CONSTRAINT orders_leg_count_natural CHECK (leg_count >= 0),
  CONSTRAINT orders_flags_words CHECK (flags NOT GLOB '*[^A-Z_ ]*' AND flags = trim(flags) AND flags NOT GLOB '*  *'),
  -- A sum across legs means nothing: legs are different things.
  CONSTRAINT orders_one_price_kind CHECK (
    leg_count <= 1 OR (sum_price_quantity IS NULL AND average_price IS NULL AND price_cents IS NULL)
  ),
  -- PENDING is open: nothing about its end is known.
  CONSTRAINT orders_pending_is_open CHECK (status <> 'PENDING' OR (outcome IS NULL AND closed_at IS NULL)),
  CONSTRAINT orders_failed_traded_nothing CHECK (
    status <> 'FAILED'
    OR (
      outcome IS NOT NULL AND closed_at IS NOT NULL
      AND (filled_quantity IS NULL OR filled_quantity = '0') AND average_price IS NULL
    )
  ),
  -- COMPLETED has a price from the broker. The one exception: an imported row whose price nobody recorded (0 cents).
  CONSTRAINT orders_completed_is_priced CHECK (
    status <> 'COMPLETED'
    OR (
      outcome IS NOT NULL AND closed_at IS NOT NULL
      AND filled_quantity IS NOT NULL AND CAST(filled_quantity AS REAL) > 0
      AND (
        (
          leg_count = 1 AND sum_price_quantity IS NOT NULL AND CAST(sum_price_quantity AS REAL) > 0
          AND average_price IS NOT NULL AND price_cents IS NOT NULL
        )
        OR (leg_count > 1 AND net_price IS NOT NULL)
        OR (source = 'IMPORTED' AND price_cents IS 0)
      )
    )
  ),
  CONSTRAINT orders_quantity_decimal CHECK (
    quantity GLOB '[0-9]*' AND quantity GLOB '*[0-9]' AND quantity NOT GLOB '*[^0-9.]*' AND
    quantity NOT GLOB '0[0-9]*' AND quantity NOT GLOB '*.*.*' AND quantity NOT GLOB '*.*0'
  ),
  CONSTRAINT orders_reported_filled_quantity_decimal CHECK (
    reported_filled_quantity GLOB '[0-9]*' AND reported_filled_quantity GLOB '*[0-9]' AND
    reported_filled_quantity NOT GLOB '*[^0-9.]*' AND reported_filled_quantity NOT GLOB '0[0-9]*' AND
    reported_filled_quantity NOT GLOB '*.*.*' AND reported_filled_quantity NOT GLOB '*.*0'
  ),
  CONSTRAINT orders_filled_quantity_decimal CHECK (
    filled_quantity GLOB '[0-9]*' AND filled_quantity GLOB '*[0-9]' AND filled_quantity NOT GLOB '*[^0-9.]*' AND
    filled_quantity NOT GLOB '0[0-9]*' AND filled_quantity NOT GLOB '*.*.*' AND filled_quantity NOT GLOB '*.*0'
  ),
  CONSTRAINT orders_sum_price_quantity_decimal CHECK (
    sum_price_quantity GLOB '[0-9]*' AND sum_price_quantity GLOB '*[0-9]' AND
    sum_price_quantity NOT GLOB '*[^0-9.]*' AND sum_price_quantity NOT GLOB '0[0-9]*' AND
    sum_price_quantity NOT GLOB '*.*.*' AND sum_price_quantity NOT GLOB '*.*0'
  ),
  CONSTRAINT orders_average_price_decimal CHECK (
    average_price GLOB '[0-9]*' AND average_price GLOB '*[0-9]' AND average_price NOT GLOB '*[^0-9.]*' AND
    average_price NOT GLOB '0[0-9]*' AND average_price NOT GLOB '*.*.*' AND average_price NOT GLOB '*.*0'
  ),
  CONSTRAINT orders_net_price_decimal CHECK (
    net_price GLOB '[0-9]*' AND net_price GLOB '*[0-9]' AND net_price NOT GLOB '*[^0-9.]*' AND
    net_price NOT GLOB '0[0-9]*' AND net_price NOT GLOB '*.*.*' AND net_price NOT GLOB '*.*0'
  ),
  CONSTRAINT orders_limit_price_signed_decimal CHECK (
    limit_price GLOB '*[0-9]' AND limit_price NOT GLOB '*[^0-9.-]*' AND limit_price NOT GLOB '?*-*' AND
    limit_price NOT GLOB '.*' AND limit_price NOT GLOB '-.*' AND limit_price NOT GLOB '0[0-9]*' AND
    limit_price NOT GLOB '-0[0-9]*' AND limit_price NOT GLOB '*.*.*' AND limit_price NOT GLOB '*.*0' AND
    limit_price <> '-0'
  ),
  CONSTRAINT orders_stop_price_signed_decimal CHECK (
    stop_price GLOB '*[0-9]' AND stop_price NOT GLOB '*[^0-9.-]*' AND stop_price NOT GLOB '?*-*' AND
    stop_price NOT GLOB '.*' AND stop_price NOT GLOB '-.*' AND stop_price NOT GLOB '0[0-9]*' AND
    stop_price NOT GLOB '-0[0-9]*' AND stop_price NOT GLOB '*.*.*' AND stop_price NOT GLOB '*.*0' AND
    stop_price <> '-0'
  ),
  CONSTRAINT orders_entered_at_instant CHECK (entered_at GLOB '????-??-??T??:??:??.???Z'),
  CONSTRAINT orders_reported_close_time_instant CHECK (reported_close_time GLOB '????-??-??T??:??:??.???Z'),
  CONSTRAINT orders_closed_at_instant CHECK (closed_at GLOB '????-??-??T??:??:??.???Z'),
  CONSTRAINT orders_first_seen_at_instant CHECK (first_seen_at GLOB '????-??-??T??:??:??.???Z'),
  CONSTRAINT orders_last_changed_at_instant CHECK (last_changed_at GLOB '????-??-??T??:??:??.???Z'),
  CONSTRAINT orders_reported_at_instant CHECK (reported_at GLOB '????-??-??T??:??:??.???Z'),
  CONSTRAINT orders_absent_since_instant CHECK (absent_since GLOB '????-??-??T??:??:??.???Z'),
  CONSTRAINT orders_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts (id)
    ON DELETE RESTRICT ON UPDATE RESTRICT
);
CREATE UNIQUE INDEX orders_account_broker_order ON orders (account_id, broker_order_id);
CREATE INDEX orders_broker_order ON orders (broker_order_id);
CREATE INDEX orders_symbol ON orders (symbol);
CREATE INDEX orders_status_closed ON orders (status, closed_at);
CREATE INDEX orders_entered ON orders (entered_at);
-- What the poller reads each cycle, and what people look at first: small, however long the history.
CREATE INDEX orders_pending ON orders (status, id) WHERE status = 'PENDING';
CREATE INDEX orders_attention ON orders (id) WHERE flags <> '';

CREATE TABLE order_legs (
  order_id INTEGER NOT NULL,
  position INTEGER NOT NULL CHECK (position >= 0),
  is_listed BOOLEAN NOT NULL CHECK (is_listed IN (0, 1)),
  leg_id TEXT NOT NULL CHECK (leg_id <> ''),
  instruction TEXT,
  symbol TEXT,
  asset_type TEXT,
  quantity TEXT,
  filled_quantity TEXT NOT NULL,
  sum_price_quantity TEXT NOT NULL,
  average_price TEXT,
  CONSTRAINT order_legs_quantity_decimal CHECK (
    quantity GLOB '[0-9]*' AND quantity GLOB '*[0-9]' AND quantity NOT GLOB '*[^0-9.]*' AND
    quantity NOT GLOB '0[0-9]*' AND quantity NOT GLOB '*.*.*' AND quantity NOT GLOB '*.*0'
  ),
  CONSTRAINT order_legs_filled_quantity_decimal CHECK (
    filled_quantity GLOB '[0-9]*' AND filled_quantity GLOB '*[0-9]' AND filled_quantity NOT GLOB '*[^0-9.]*' AND
    filled_quantity NOT GLOB '0[0-9]*' AND filled_quantity NOT GLOB '*.*.*' AND filled_quantity NOT GLOB '*.*0'
  ),
  CONSTRAINT order_legs_sum_price_quantity_decimal CHECK (
    sum_price_quantity GLOB '[0-9]*' AND sum_price_quantity GLOB '*[0-9]' AND
    sum_price_quantity NOT GLOB '*[^0-9.]*' AND sum_price_quantity NOT GLOB '0[0-9]*' AND
    sum_price_quantity NOT GLOB '*.*.*' AND sum_price_quantity NOT GLOB '*.*0'
  ),
  CONSTRAINT order_legs_average_price_decimal CHECK (
    average_price GLOB '[0-9]*' AND average_price GLOB '*[0-9]' AND average_price NOT GLOB '*[^0-9.]*' AND
    average_price NOT GLOB '0[0-9]*' AND average_price NOT GLOB '*.*.*' AND average_price NOT GLOB '*.*0'
  ),
  PRIMARY KEY (order_id, position),
  CONSTRAINT order_legs_order_id_fkey FOREIGN KEY (order_id) REFERENCES orders (id)
    ON DELETE RESTRICT ON UPDATE RESTRICT
);

-- What traded. A row is written once. When the broker names its activity later, its key and what was left after it
-- may be refined; leg, price, quantity and times never change.
CREATE TABLE fills (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  order_id INTEGER NOT NULL,
  key TEXT NOT NULL CHECK (key <> ''),
  leg_id TEXT NOT NULL CHECK (leg_id <> ''),
  price TEXT NOT NULL,
  quantity TEXT NOT NULL,
  occurred_at TEXT,
  observed_at TEXT NOT NULL,
  committed_at TEXT NOT NULL,
  activity_id TEXT,
  remaining_after TEXT,
  version INTEGER NOT NULL CHECK (version >= 1),
  CONSTRAINT fills_price_positive_decimal CHECK (
    price GLOB '[0-9]*' AND price GLOB '*[0-9]' AND price NOT GLOB '*[^0-9.]*' AND price NOT GLOB '0[0-9]*' AND
    price NOT GLOB '*.*.*' AND price NOT GLOB '*.*0' AND CAST(price AS REAL) > 0
  ),
  CONSTRAINT fills_quantity_positive_decimal CHECK (
    quantity GLOB '[0-9]*' AND quantity GLOB '*[0-9]' AND quantity NOT GLOB '*[^0-9.]*' AND
    quantity NOT GLOB '0[0-9]*' AND quantity NOT GLOB '*.*.*' AND quantity NOT GLOB '*.*0' AND
    CAST(quantity AS REAL) > 0
  ),
  CONSTRAINT fills_remaining_after_signed_decimal CHECK (
    remaining_after GLOB '*[0-9]' AND remaining_after NOT GLOB '*[^0-9.-]*' AND remaining_after NOT GLOB '?*-*' AND
    remaining_after NOT GLOB '.*' AND remaining_after NOT GLOB '-.*' AND remaining_after NOT GLOB '0[0-9]*' AND
    remaining_after NOT GLOB '-0[0-9]*' AND remaining_after NOT GLOB '*.*.*' AND remaining_after NOT GLOB '*.*0' AND
    remaining_after <> '-0'
  ),
  CONSTRAINT fills_occurred_at_instant CHECK (occurred_at GLOB '????-??-??T??:??:??.???Z'),
  CONSTRAINT fills_observed_at_instant CHECK (observed_at GLOB '????-??-??T??:??:??.???Z'),
  CONSTRAINT fills_committed_at_instant CHECK (committed_at GLOB '????-??-??T??:??:??.???Z'),
  CONSTRAINT fills_order_id_fkey FOREIGN KEY (order_id) REFERENCES orders (id)
    ON DELETE RESTRICT ON UPDATE RESTRICT
);
-- Also the index by order.
CREATE UNIQUE INDEX fills_order_key_version ON fills (order_id, key, version);

-- What changed, in one order over all orders: seq never repeats, so a reader resumes from the last one it saw.
CREATE TABLE audit_entries (
  seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  order_id INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind GLOB '[A-Z]*' AND kind NOT GLOB '*[^A-Z_]*'),
  "before" TEXT CHECK ("before" IS NULL OR json_valid("before")),
  "after" TEXT CHECK ("after" IS NULL OR json_valid("after")),
  reason TEXT NOT NULL,
  cycle_id INTEGER,
  actor TEXT NOT NULL CHECK (actor <> ''),
  recorded_at TEXT NOT NULL,
  CONSTRAINT audit_entries_recorded_at_instant CHECK (recorded_at GLOB '????-??-??T??:??:??.???Z'),
  CONSTRAINT audit_entries_order_id_fkey FOREIGN KEY (order_id) REFERENCES orders (id)
    ON DELETE RESTRICT ON UPDATE RESTRICT
);
CREATE INDEX audit_entries_order ON audit_entries (order_id, seq);

-- When the broker was asked. Unchanged cycles in a row share one row: repeat_count of them, until last_finished_at.
CREATE TABLE poll_cycles (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  fencing INTEGER NOT NULL,
  started_at TEXT NOT NULL,
  finished_at TEXT NOT NULL,
  outcome TEXT NOT NULL,
  due INTEGER NOT NULL,
  examined INTEGER NOT NULL,
  listed INTEGER NOT NULL,
  changed INTEGER NOT NULL,
  requests INTEGER NOT NULL,
  error_kind TEXT,
  note TEXT,
  repeat_count INTEGER NOT NULL DEFAULT 1 CHECK (repeat_count >= 1),
  last_finished_at TEXT NOT NULL,
  longest_pause_ms INTEGER NOT NULL DEFAULT 0,
  CONSTRAINT poll_cycles_outcome_known CHECK (outcome IN ('complete', 'partial', 'failed')),
  CONSTRAINT poll_cycles_started_at_instant CHECK (started_at GLOB '????-??-??T??:??:??.???Z'),
  CONSTRAINT poll_cycles_finished_at_instant CHECK (finished_at GLOB '????-??-??T??:??:??.???Z'),
  CONSTRAINT poll_cycles_last_finished_at_instant CHECK (last_finished_at GLOB '????-??-??T??:??:??.???Z')
);

-- Who may write. The fencing number grows with every holder, so a holder from before is told apart.
CREATE TABLE lease (
  id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
  owner TEXT CHECK (owner <> ''),
  fencing INTEGER NOT NULL CHECK (fencing >= 0),
  expires_at TEXT,
  heartbeat_at TEXT,
  progress TEXT CHECK (progress IS NULL OR json_valid(progress)),
  CONSTRAINT lease_expires_at_instant CHECK (expires_at GLOB '????-??-??T??:??:??.???Z'),
  CONSTRAINT lease_heartbeat_at_instant CHECK (heartbeat_at GLOB '????-??-??T??:??:??.???Z'),
  CONSTRAINT lease_held_until CHECK (owner IS NULL OR expires_at IS NOT NULL)
);
INSERT INTO lease (id, fencing) VALUES (1, 0);

-- What people ask of the poller.
CREATE TABLE commands (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  account_id TEXT,
  broker_order_id TEXT,
  order_id INTEGER,
  payload TEXT CHECK (payload IS NULL OR json_valid(payload)),
  state TEXT NOT NULL,
  outcome TEXT CHECK (outcome IS NULL OR json_valid(outcome)),
  requested_by TEXT NOT NULL CHECK (requested_by <> ''),
  requested_at TEXT NOT NULL,
  applied_at TEXT,
  CONSTRAINT commands_kind_known CHECK (kind IN ('TRACK', 'REPOLL', 'RESOLVE', 'SIGN_IN')),
  CONSTRAINT commands_state_known CHECK (state IN ('QUEUED', 'DONE', 'FAILED')),
  CONSTRAINT commands_concluded CHECK (
    (state = 'QUEUED') = (applied_at IS NULL) AND (state = 'QUEUED') = (outcome IS NULL)
  ),
  CONSTRAINT commands_requested_at_instant CHECK (requested_at GLOB '????-??-??T??:??:??.???Z'),
  CONSTRAINT commands_applied_at_instant CHECK (applied_at GLOB '????-??-??T??:??:??.???Z'),
  CONSTRAINT commands_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts (id)
    ON DELETE RESTRICT ON UPDATE RESTRICT,
  CONSTRAINT commands_order_id_fkey FOREIGN KEY (order_id) REFERENCES orders (id)
    ON DELETE RESTRICT ON UPDATE RESTRICT
);
CREATE INDEX commands_queued ON commands (id) WHERE state = 'QUEUED';
-- Asking twice to look at an order is asking once.
CREATE UNIQUE INDEX commands_queued_repoll ON commands (order_id) WHERE kind = 'REPOLL' AND state = 'QUEUED';

-- AES-256-GCM; nothing in here is readable without the key file.
CREATE TABLE tokens (
  id INTEGER NOT NULL PRIMARY KEY,
  purpose TEXT NOT NULL,
  key_id TEXT NOT NULL,
  ciphertext BLOB NOT NULL,
  iv BLOB NOT NULL CHECK (length(iv) = 12),
  tag BLOB NOT NULL CHECK (length(tag) = 16),
  updated_at TEXT NOT NULL,
  CONSTRAINT tokens_updated_at_instant CHECK (updated_at GLOB '????-??-??T??:??:??.???Z')
);

-- What the broker said, redacted, when it changed something.
CREATE TABLE evidence (
  order_id INTEGER NOT NULL,
  hash TEXT NOT NULL CHECK (hash <> ''),
  body TEXT NOT NULL,
  requested_at TEXT NOT NULL,
  correlation_id TEXT,
  CONSTRAINT evidence_requested_at_instant CHECK (requested_at GLOB '????-??-??T??:??:??.???Z'),
  PRIMARY KEY (order_id, hash),
  CONSTRAINT evidence_order_id_fkey FOREIGN KEY (order_id) REFERENCES orders (id)
    ON DELETE RESTRICT ON UPDATE RESTRICT
);

-- The record is append-only. `INSERT OR REPLACE` deletes without firing delete triggers, so it is refused on its own.
CREATE TRIGGER audit_entries_no_update BEFORE UPDATE ON audit_entries
BEGIN SELECT RAISE(ABORT, 'audit entries are never changed'); END;
CREATE TRIGGER audit_entries_no_delete BEFORE DELETE ON audit_entries
BEGIN SELECT RAISE(ABORT, 'audit entries are never deleted'); END;
CREATE TRIGGER audit_entries_no_replace BEFORE INSERT ON audit_entries
WHEN EXISTS (SELECT 1 FROM audit_entries WHERE seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'audit entries are never replaced'); END;

CREATE TRIGGER fills_no_change
BEFORE UPDATE OF id, order_id, leg_id, price, quantity, occurred_at, observed_at, committed_at, version
ON fills
BEGIN SELECT RAISE(ABORT, 'a fill keeps its price, quantity, time, leg, order and version'); END;
CREATE TRIGGER fills_no_delete BEFORE DELETE ON fills
BEGIN SELECT RAISE(ABORT, 'fills are never deleted'); END;
CREATE TRIGGER fills_no_replace BEFORE INSERT ON fills
WHEN EXISTS (
  SELECT 1 FROM fills
  WHERE id = NEW.id OR (order_id = NEW.order_id AND key = NEW.key AND version = NEW.version)
)
BEGIN SELECT RAISE(ABORT, 'this fill is recorded already'); END;

-- FAILED says that nothing traded; the fills must agree, whichever comes first.
CREATE TRIGGER fills_none_when_failed BEFORE INSERT ON fills
WHEN EXISTS (SELECT 1 FROM orders WHERE id = NEW.order_id AND status = 'FAILED')
BEGIN SELECT RAISE(ABORT, 'an order that failed has no fills'); END;
CREATE TRIGGER orders_failed_has_no_fills BEFORE UPDATE OF status ON orders
WHEN NEW.status = 'FAILED' AND EXISTS (SELECT 1 FROM fills WHERE order_id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'an order with fills did not fail'); END;

CREATE TRIGGER broker_stamp_no_update BEFORE UPDATE ON broker_stamp
BEGIN SELECT RAISE(ABORT, 'a record stays with its broker'); END;
CREATE TRIGGER broker_stamp_no_delete BEFORE DELETE ON broker_stamp
BEGIN SELECT RAISE(ABORT, 'a record stays with its broker'); END;

-- The columns of the older bot's table, for whatever still reads them; its row rules hold too: a PENDING row shows
-- neither order id nor time. Orders of one equity leg only. `shares` is an integer; a fractional quantity, which that
-- table could not hold, comes as exact text rather than as a rounded number. `price` is the average to 8 places.
CREATE VIEW schwab_executions AS
WITH execution AS (
  SELECT
    id,
    symbol,
    CASE status WHEN 'COMPLETED' THEN filled_quantity ELSE quantity END AS shares,
    CASE
      WHEN instruction IN ('BUY', 'BUY_TO_COVER') THEN 'BUY'
      WHEN instruction IN ('SELL', 'SELL_SHORT', 'SELL_SHORT_EXEMPT') THEN 'SELL'
    END AS direction,
    CASE status WHEN 'PENDING' THEN NULL ELSE broker_order_id END AS order_id,
    CASE status WHEN 'COMPLETED' THEN price_cents END AS price_cents,
    status,
    closed_at AS executed_at,
    CASE status WHEN 'COMPLETED' THEN average_price END AS price
  FROM orders
  WHERE leg_count = 1 AND asset_type IN ('EQUITY', 'COLLECTIVE_INVESTMENT') AND symbol <> ''
)
SELECT
  id,
  symbol,
  CASE WHEN shares NOT GLOB '*.*' THEN CAST(shares AS INTEGER) ELSE shares END AS shares,
  direction,
  order_id,
  price_cents,
  status,
  executed_at,
  price
FROM execution
WHERE direction IS NOT NULL AND shares <> '0';
