-- What the broker takes back, what people decide, and what a second witness says.
-- Columns are added and nothing is rebuilt: a record with data keeps every row as it is.

-- A fill that counts no longer, because it was corrected, busted, or replaced on a person's word. NULL: it counts.
ALTER TABLE fills ADD COLUMN withdrawn_at TEXT
  CONSTRAINT fills_withdrawn_at_instant CHECK (withdrawn_at GLOB '????-??-??T??:??:??.???Z');

-- Taking back is final; a fill that counts again is a new version.
CREATE TRIGGER fills_withdrawn_for_good BEFORE UPDATE ON fills
WHEN OLD.withdrawn_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a fill that was taken back stays as it is'); END;
-- The versions of a fill are one execution: its key is refined while there is one version, and then no more.
CREATE TRIGGER fills_versions_share_key BEFORE UPDATE OF key ON fills
WHEN NEW.key <> OLD.key AND EXISTS (
  SELECT 1 FROM fills WHERE order_id = OLD.order_id AND key = OLD.key AND version <> OLD.version
)
BEGIN SELECT RAISE(ABORT, 'the versions of a fill share their key'); END;

-- FAILED says that nothing traded: no fill of such an order counts, whichever comes first.
DROP TRIGGER fills_none_when_failed;
CREATE TRIGGER fills_none_when_failed BEFORE INSERT ON fills
WHEN NEW.withdrawn_at IS NULL AND EXISTS (SELECT 1 FROM orders WHERE id = NEW.order_id AND status = 'FAILED')
BEGIN SELECT RAISE(ABORT, 'an order that failed has no fills'); END;
DROP TRIGGER orders_failed_has_no_fills;
CREATE TRIGGER orders_failed_has_no_fills BEFORE UPDATE OF status ON orders
WHEN NEW.status = 'FAILED' AND EXISTS (SELECT 1 FROM fills WHERE order_id = NEW.id AND withdrawn_at IS NULL)
BEGIN SELECT RAISE(ABORT, 'an order with fills did not fail'); END;

-- A person's word that an order is over: who, why, when, and the broker's word then (NULL when it had said nothing).
ALTER TABLE orders ADD COLUMN resolved_by TEXT CONSTRAINT orders_resolved_by_named CHECK (resolved_by <> '');
ALTER TABLE orders ADD COLUMN resolved_reason TEXT CONSTRAINT orders_resolved_reason_given CHECK (resolved_reason <> '');
ALTER TABLE orders ADD COLUMN resolved_broker_status TEXT;
ALTER TABLE orders ADD COLUMN resolved_at TEXT
  CONSTRAINT orders_resolved_at_instant CHECK (resolved_at GLOB '????-??-??T??:??:??.???Z')
  CONSTRAINT orders_resolution_whole CHECK (
    (resolved_at IS NULL) = (resolved_by IS NULL) AND (resolved_at IS NULL) = (resolved_reason IS NULL)
    AND (resolved_broker_status IS NULL OR resolved_at IS NOT NULL)
  )
  CONSTRAINT orders_resolution_closes CHECK ((outcome IS 'CLOSED_BY_OPERATOR') = (resolved_at IS NOT NULL));

-- The neighbours of a replaced order, by time within its account.
CREATE INDEX orders_account_entered ON orders (account_id, entered_at);
CREATE INDEX orders_replaced ON orders (account_id, reported_close_time) WHERE broker_status = 'REPLACED';

-- Ended orders that are to be looked at once more: terminal is not final.
CREATE TABLE rechecks (
  order_id INTEGER NOT NULL PRIMARY KEY,
  settled_at TEXT NOT NULL,
  due_at TEXT NOT NULL,
  CONSTRAINT rechecks_settled_at_instant CHECK (settled_at GLOB '????-??-??T??:??:??.???Z'),
  CONSTRAINT rechecks_due_at_instant CHECK (due_at GLOB '????-??-??T??:??:??.???Z'),
  CONSTRAINT rechecks_order_id_fkey FOREIGN KEY (order_id) REFERENCES orders (id)
    ON DELETE RESTRICT ON UPDATE RESTRICT
);
CREATE INDEX rechecks_due ON rechecks (due_at);

-- What the account's transactions say of an order, beside what its own report says. The sums of an order with several
-- legs are NULL: a sum across legs means nothing. The last verdict; earlier ones are in the audit trail.
CREATE TABLE verifications (
  order_id INTEGER NOT NULL PRIMARY KEY,
  verdict TEXT NOT NULL,
  record_quantity TEXT,
  record_sum TEXT,
  transactions_quantity TEXT,
  transactions_sum TEXT,
  fees TEXT,
  detail TEXT CHECK (detail IS NULL OR json_valid(detail)),
  checked_at TEXT NOT NULL,
  CONSTRAINT verifications_verdict_known CHECK (verdict IN ('VERIFIED', 'ONE_SOURCE', 'DISAGREE', 'UNPRICED')),
  CONSTRAINT verifications_record_quantity_decimal CHECK (
    record_quantity GLOB '[0-9]*' AND record_quantity GLOB '*[0-9]' AND
    record_quantity NOT GLOB '*[^0-9.]*' AND record_quantity NOT GLOB '0[0-9]*' AND
    record_quantity NOT GLOB '*.*.*' AND record_quantity NOT GLOB '*.*0'
  ),
  CONSTRAINT verifications_record_sum_decimal CHECK (
    record_sum GLOB '[0-9]*' AND record_sum GLOB '*[0-9]' AND
    record_sum NOT GLOB '*[^0-9.]*' AND record_sum NOT GLOB '0[0-9]*' AND
    record_sum NOT GLOB '*.*.*' AND record_sum NOT GLOB '*.*0'
  ),
  CONSTRAINT verifications_transactions_quantity_decimal CHECK (
    transactions_quantity GLOB '[0-9]*' AND transactions_quantity GLOB '*[0-9]' AND
    transactions_quantity NOT GLOB '*[^0-9.]*' AND transactions_quantity NOT GLOB '0[0-9]*' AND
    transactions_quantity NOT GLOB '*.*.*' AND transactions_quantity NOT GLOB '*.*0'
  ),
  CONSTRAINT verifications_transactions_sum_decimal CHECK (
    transactions_sum GLOB '[0-9]*' AND transactions_sum GLOB '*[0-9]' AND
    transactions_sum NOT GLOB '*[^0-9.]*' AND transactions_sum NOT GLOB '0[0-9]*' AND
    transactions_sum NOT GLOB '*.*.*' AND transactions_sum NOT GLOB '*.*0'
  ),
  CONSTRAINT verifications_fees_signed_decimal CHECK (
    fees GLOB '*[0-9]' AND fees NOT GLOB '*[^0-9.-]*' AND fees NOT GLOB '?*-*' AND
    fees NOT GLOB '.*' AND fees NOT GLOB '-.*' AND fees NOT GLOB '0[0-9]*' AND
    fees NOT GLOB '-0[0-9]*' AND fees NOT GLOB '*.*.*' AND fees NOT GLOB '*.*0' AND
    fees <> '-0'
  ),
  CONSTRAINT verifications_checked_at_instant CHECK (checked_at GLOB '????-??-??T??:??:??.???Z'),
  CONSTRAINT verifications_order_id_fkey FOREIGN KEY (order_id) REFERENCES orders (id)
    ON DELETE RESTRICT ON UPDATE RESTRICT
);

-- What people say of a replacement that was inferred wrongly, or not at all. NULL: it replaced no order.
CREATE TABLE order_links (
  order_id INTEGER NOT NULL PRIMARY KEY,
  replaces_order_id INTEGER,
  reason TEXT NOT NULL CHECK (reason <> ''),
  decided_by TEXT NOT NULL CHECK (decided_by <> ''),
  decided_at TEXT NOT NULL,
  CONSTRAINT order_links_not_itself CHECK (replaces_order_id <> order_id),
  CONSTRAINT order_links_decided_at_instant CHECK (decided_at GLOB '????-??-??T??:??:??.???Z'),
  CONSTRAINT order_links_order_id_fkey FOREIGN KEY (order_id) REFERENCES orders (id)
    ON DELETE RESTRICT ON UPDATE RESTRICT,
  CONSTRAINT order_links_replaces_order_id_fkey FOREIGN KEY (replaces_order_id) REFERENCES orders (id)
    ON DELETE RESTRICT ON UPDATE RESTRICT
);
-- An order has one successor.
CREATE UNIQUE INDEX order_links_replaces ON order_links (replaces_order_id);
CREATE TRIGGER order_links_one_account BEFORE INSERT ON order_links
WHEN NEW.replaces_order_id IS NOT NULL AND
  (SELECT account_id FROM orders WHERE id = NEW.order_id)
    IS NOT (SELECT account_id FROM orders WHERE id = NEW.replaces_order_id)
BEGIN SELECT RAISE(ABORT, 'an order replaces one of its own account'); END;
CREATE TRIGGER order_links_one_account_still BEFORE UPDATE ON order_links
WHEN NEW.replaces_order_id IS NOT NULL AND
  (SELECT account_id FROM orders WHERE id = NEW.order_id)
    IS NOT (SELECT account_id FROM orders WHERE id = NEW.replaces_order_id)
BEGIN SELECT RAISE(ABORT, 'an order replaces one of its own account'); END;

-- No secrets: when someone signed in, and until when that holds. NULL until the next time tokens are saved.
ALTER TABLE tokens ADD COLUMN signed_in_at TEXT
  CONSTRAINT tokens_signed_in_at_instant CHECK (signed_in_at GLOB '????-??-??T??:??:??.???Z');
ALTER TABLE tokens ADD COLUMN refresh_expires_at TEXT
  CONSTRAINT tokens_refresh_expires_at_instant CHECK (refresh_expires_at GLOB '????-??-??T??:??:??.???Z');

-- Orders that the broker lists and nobody tracks.
CREATE TABLE sightings (
  account_id TEXT NOT NULL,
  broker_order_id TEXT NOT NULL,
  symbol TEXT,
  instruction TEXT,
  quantity TEXT,
  broker_status TEXT NOT NULL,
  entered_at TEXT,
  first_seen_at TEXT NOT NULL,
  last_seen_at TEXT NOT NULL,
  CONSTRAINT sightings_broker_order_id_digits CHECK (
    broker_order_id GLOB '[1-9]*' AND broker_order_id NOT GLOB '*[^0-9]*' AND length(broker_order_id) <= 19
  ),
  CONSTRAINT sightings_quantity_decimal CHECK (
    quantity GLOB '[0-9]*' AND quantity GLOB '*[0-9]' AND
    quantity NOT GLOB '*[^0-9.]*' AND quantity NOT GLOB '0[0-9]*' AND
    quantity NOT GLOB '*.*.*' AND quantity NOT GLOB '*.*0'
  ),
  CONSTRAINT sightings_entered_at_instant CHECK (entered_at GLOB '????-??-??T??:??:??.???Z'),
  CONSTRAINT sightings_first_seen_at_instant CHECK (first_seen_at GLOB '????-??-??T??:??:??.???Z'),
  CONSTRAINT sightings_last_seen_at_instant CHECK (last_seen_at GLOB '????-??-??T??:??:??.???Z'),
  PRIMARY KEY (account_id, broker_order_id),
  CONSTRAINT sightings_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts (id)
    ON DELETE RESTRICT ON UPDATE RESTRICT
);

-- Rows of an older database that came without a broker order id, so that they are taken over once.
CREATE TABLE imported_rows (
  account_id TEXT NOT NULL,
  mark TEXT NOT NULL CHECK (mark <> ''),
  order_id INTEGER NOT NULL,
  PRIMARY KEY (account_id, mark),
  CONSTRAINT imported_rows_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts (id)
    ON DELETE RESTRICT ON UPDATE RESTRICT,
  CONSTRAINT imported_rows_order_id_fkey FOREIGN KEY (order_id) REFERENCES orders (id)
    ON DELETE RESTRICT ON UPDATE RESTRICT
);

-- What one process at a time may do, such as refreshing the tokens. A lock that ran out may be taken by the next.
CREATE TABLE locks (
  name TEXT NOT NULL PRIMARY KEY CHECK (name <> ''),
  owner TEXT NOT NULL CHECK (owner <> ''),
  expires_at TEXT NOT NULL,
  CONSTRAINT locks_expires_at_instant CHECK (expires_at GLOB '????-??-??T??:??:??.???Z')
);

-- Sign-in links that were given out and not come back yet. The state alone opens nothing: it tells our own links from
-- others' when the broker redirects.
CREATE TABLE sign_in_links (
  state TEXT NOT NULL PRIMARY KEY CHECK (length(state) >= 32),
  callback_url TEXT NOT NULL CHECK (callback_url <> ''),
  issued_at TEXT NOT NULL,
  CONSTRAINT sign_in_links_issued_at_instant CHECK (issued_at GLOB '????-??-??T??:??:??.???Z')
);
