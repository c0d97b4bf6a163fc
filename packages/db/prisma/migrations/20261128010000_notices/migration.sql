-- What others are told: each change of a fill in one sequence, what needs a person, and what is still to be delivered.
-- Tables are added and nothing is rebuilt: a record with data keeps every row as it is.

-- One line for each fill that came to count, took the place of another, or counts no longer. It names the fill by its
-- row, which stays when its key is refined. Who reads on from the last number misses nothing and reads nothing twice.
CREATE TABLE fill_events (
  seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  order_id INTEGER NOT NULL,
  fill_id INTEGER NOT NULL,
  kind TEXT NOT NULL,
  -- The event of the fill that this one takes the place of, or takes back. NULL for a fill that is new.
  replaces_seq INTEGER,
  recorded_at TEXT NOT NULL,
  CONSTRAINT fill_events_kind_known CHECK (kind IN ('RECORDED', 'CORRECTED', 'WITHDRAWN')),
  CONSTRAINT fill_events_replaces_earlier CHECK (replaces_seq < seq),
  CONSTRAINT fill_events_recorded_replaces_none CHECK (kind <> 'RECORDED' OR replaces_seq IS NULL),
  CONSTRAINT fill_events_withdrawn_replaces_one CHECK (kind <> 'WITHDRAWN' OR replaces_seq IS NOT NULL),
  CONSTRAINT fill_events_recorded_at_instant CHECK (recorded_at GLOB '????-??-??T??:??:??.???Z'),
  CONSTRAINT fill_events_order_id_fkey FOREIGN KEY (order_id) REFERENCES orders (id)
    ON DELETE RESTRICT ON UPDATE RESTRICT,
  CONSTRAINT fill_events_fill_id_fkey FOREIGN KEY (fill_id) REFERENCES fills (id)
    ON DELETE RESTRICT ON UPDATE RESTRICT,
  CONSTRAINT fill_events_replaces_seq_fkey FOREIGN KEY (replaces_seq) REFERENCES fill_events (seq)
    ON DELETE RESTRICT ON UPDATE RESTRICT
);
CREATE UNIQUE INDEX fill_events_fill_kind ON fill_events (fill_id, kind);
CREATE INDEX fill_events_order ON fill_events (order_id, seq);

-- The fills that are there already, in the order in which they came; then those that count no longer and have no
-- successor, in the order in which they were taken back.
INSERT INTO fill_events (order_id, fill_id, kind, recorded_at)
SELECT order_id, id, CASE version WHEN 1 THEN 'RECORDED' ELSE 'CORRECTED' END, committed_at FROM fills ORDER BY id;
UPDATE fill_events SET replaces_seq = (
  SELECT MAX(former_event.seq)
  FROM fills AS fill
  JOIN fills AS former
    ON former.order_id = fill.order_id AND former.key = fill.key AND former.version < fill.version
  JOIN fill_events AS former_event ON former_event.fill_id = former.id
  WHERE fill.id = fill_events.fill_id
) WHERE kind = 'CORRECTED';
INSERT INTO fill_events (order_id, fill_id, kind, replaces_seq, recorded_at)
SELECT fills.order_id, fills.id, 'WITHDRAWN', event.seq, fills.withdrawn_at
FROM fills
JOIN fill_events AS event ON event.fill_id = fills.id
WHERE fills.withdrawn_at IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM fills AS later
  WHERE later.order_id = fills.order_id AND later.key = fills.key AND later.version > fills.version
)
ORDER BY fills.withdrawn_at, fills.id;

-- Append-only, like the audit trail; and numbered without a gap, whatever a savepoint took back in between.
CREATE TRIGGER fill_events_no_update BEFORE UPDATE ON fill_events
BEGIN SELECT RAISE(ABORT, 'fill events are never changed'); END;
CREATE TRIGGER fill_events_no_delete BEFORE DELETE ON fill_events
BEGIN SELECT RAISE(ABORT, 'fill events are never deleted'); END;
CREATE TRIGGER fill_events_no_replace BEFORE INSERT ON fill_events
WHEN EXISTS (
  SELECT 1 FROM fill_events WHERE seq = NEW.seq OR (fill_id = NEW.fill_id AND kind = NEW.kind)
)
BEGIN SELECT RAISE(ABORT, 'fill events are never replaced'); END;
CREATE TRIGGER fill_events_no_gap AFTER INSERT ON fill_events
WHEN NEW.seq <> (SELECT COALESCE(MAX(seq), 0) + 1 FROM fill_events WHERE seq < NEW.seq)
BEGIN SELECT RAISE(ABORT, 'fill events are numbered without a gap'); END;

-- What needs a person: open until cleared, once for each cause and subject. Kept for good.
CREATE TABLE alerts (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  cause TEXT NOT NULL CHECK (cause <> ''),
  subject TEXT NOT NULL,
  severity TEXT NOT NULL,
  summary TEXT NOT NULL CHECK (summary <> ''),
  detail TEXT NOT NULL CHECK (json_valid(detail)),
  -- When the trouble began; raised_at is when it was told.
  since TEXT NOT NULL,
  raised_at TEXT NOT NULL,
  cleared_at TEXT,
  cleared_note TEXT,
  -- Fills that happened while it stood and were recorded late; NULL when it says nothing of fills.
  fills_found_late INTEGER CHECK (fills_found_late >= 0),
  CONSTRAINT alerts_severity_known CHECK (severity IN ('critical', 'warning', 'info')),
  CONSTRAINT alerts_since_instant CHECK (since GLOB '????-??-??T??:??:??.???Z'),
  CONSTRAINT alerts_raised_at_instant CHECK (raised_at GLOB '????-??-??T??:??:??.???Z'),
  CONSTRAINT alerts_cleared_at_instant CHECK (cleared_at GLOB '????-??-??T??:??:??.???Z'),
  CONSTRAINT alerts_cleared_whole CHECK (
    cleared_at IS NOT NULL OR (cleared_note IS NULL AND fills_found_late IS NULL)
  )
);
CREATE UNIQUE INDEX alerts_open ON alerts (cause, subject) WHERE cleared_at IS NULL;
CREATE TRIGGER alerts_no_delete BEFORE DELETE ON alerts
BEGIN SELECT RAISE(ABORT, 'alerts are never deleted'); END;
CREATE TRIGGER alerts_cleared_for_good BEFORE UPDATE ON alerts
WHEN OLD.cleared_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'an alert that was cleared stays as it is'); END;

-- Messages to the webhook, written with what they tell of. `ref_id` is the number of the fill event, or the alert.
CREATE TABLE outbox (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  ref_id INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
  next_attempt_at TEXT NOT NULL,
  delivered_at TEXT,
  given_up_at TEXT,
  last_problem TEXT,
  CONSTRAINT outbox_kind_known CHECK (kind IN ('FILL', 'ALERT_RAISED', 'ALERT_CLEARED')),
  CONSTRAINT outbox_one_end CHECK (delivered_at IS NULL OR given_up_at IS NULL),
  CONSTRAINT outbox_created_at_instant CHECK (created_at GLOB '????-??-??T??:??:??.???Z'),
  CONSTRAINT outbox_next_attempt_at_instant CHECK (next_attempt_at GLOB '????-??-??T??:??:??.???Z'),
  CONSTRAINT outbox_delivered_at_instant CHECK (delivered_at GLOB '????-??-??T??:??:??.???Z'),
  CONSTRAINT outbox_given_up_at_instant CHECK (given_up_at GLOB '????-??-??T??:??:??.???Z')
);
CREATE UNIQUE INDEX outbox_once ON outbox (kind, ref_id);
CREATE INDEX outbox_waiting ON outbox (kind, ref_id, id) WHERE delivered_at IS NULL AND given_up_at IS NULL;
