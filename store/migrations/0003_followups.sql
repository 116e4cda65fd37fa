-- Settings become records like any other: changed through the journal, so that they are undone and found in the audit trail.
CREATE TABLE setting_journaled (
    id         INTEGER PRIMARY KEY,
    version    INTEGER NOT NULL DEFAULT 1,
    name       TEXT NOT NULL UNIQUE,
    value      TEXT NOT NULL,              -- JSON
    deleted_at INTEGER
) STRICT;
INSERT INTO setting_journaled (name, value) SELECT name, value FROM setting;
DROP TABLE setting;
ALTER TABLE setting_journaled RENAME TO setting;

-- A member's own day: the hour at which the agenda comes (HH:MM; NULL: when the company's working day begins), and what
-- comes on a day with nothing to do.
ALTER TABLE staff ADD COLUMN agenda_at TEXT;
ALTER TABLE staff ADD COLUMN agenda TEXT NOT NULL DEFAULT 'quiet' CHECK (agenda IN ('quiet', 'line', 'off'));

-- Who gave a follow-up to a colleague who does not have the customer: that colleague sees the customer for it.
ALTER TABLE followup ADD COLUMN lent_by INTEGER REFERENCES staff (id);
CREATE INDEX followup_by_lent ON followup (staff_id) WHERE lent_by IS NOT NULL;

-- What never reached its reader, to be noticed by the clock.
CREATE INDEX outbox_by_undelivered ON outbox (ended_at) WHERE outcome IN ('failed', 'dropped');
