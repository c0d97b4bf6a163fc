-- When the tracker could not see: columns and a table are added, nothing is rebuilt.

-- Up to when everything at the broker was seen. Beside the lease, since it outlives each holder: what the next one sees
-- first ends the blind spot that began here. NULL until the first look of a program that writes it.
ALTER TABLE lease ADD COLUMN last_look_at TEXT
  CONSTRAINT lease_last_look_at_instant CHECK (last_look_at GLOB '????-??-??T??:??:??.???Z');

-- Intervals in which the tracker could not see. Open while ended_at is NULL. Whether a fill was found late is told by
-- its times and these.
CREATE TABLE blind_spots (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  began_at TEXT NOT NULL,
  ended_at TEXT,
  cause TEXT NOT NULL,
  also TEXT NOT NULL DEFAULT '',
  backfilled_at TEXT,
  CONSTRAINT blind_spots_cause_known CHECK (cause IN (
    'poller-down', 'network', 'timeout', 'server-error', 'rate-limited', 'sign-in-needed', 'unauthorized', 'forbidden',
    'refused', 'shape', 'closed-by-choice', 'database', 'loop-failed', 'overrun'
  )),
  CONSTRAINT blind_spots_began_at_instant CHECK (began_at GLOB '????-??-??T??:??:??.???Z'),
  CONSTRAINT blind_spots_ended_at_instant CHECK (ended_at GLOB '????-??-??T??:??:??.???Z'),
  CONSTRAINT blind_spots_backfilled_at_instant CHECK (backfilled_at GLOB '????-??-??T??:??:??.???Z'),
  CONSTRAINT blind_spots_in_order CHECK (ended_at >= began_at),
  CONSTRAINT blind_spots_backfilled_once_over CHECK (backfilled_at IS NULL OR ended_at IS NOT NULL)
);
CREATE INDEX blind_spots_ended ON blind_spots (ended_at);

-- Nobody is blind twice at a time.
CREATE TRIGGER blind_spots_one_open BEFORE INSERT ON blind_spots
WHEN NEW.ended_at IS NULL AND EXISTS (SELECT 1 FROM blind_spots WHERE ended_at IS NULL)
BEGIN SELECT RAISE(ABORT, 'a blind spot is open already'); END;
-- Where a spot began, why, and when it was over is history; so is that it was back-filled.
CREATE TRIGGER blind_spots_keep_their_beginning BEFORE UPDATE ON blind_spots
WHEN NEW.began_at <> OLD.began_at OR NEW.cause <> OLD.cause
BEGIN SELECT RAISE(ABORT, 'a blind spot keeps its beginning and its cause'); END;
CREATE TRIGGER blind_spots_stay_over BEFORE UPDATE ON blind_spots
WHEN (OLD.ended_at IS NOT NULL AND NEW.ended_at IS NOT OLD.ended_at)
  OR (OLD.backfilled_at IS NOT NULL AND NEW.backfilled_at IS NOT OLD.backfilled_at)
BEGIN SELECT RAISE(ABORT, 'a blind spot that is over stays as it is'); END;
CREATE TRIGGER blind_spots_never_deleted BEFORE DELETE ON blind_spots
BEGIN SELECT RAISE(ABORT, 'blind spots are never deleted'); END;

-- The fills of a blind spot, by the broker's time.
CREATE INDEX fills_occurred ON fills (occurred_at);
