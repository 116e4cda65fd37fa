-- What an add must seal besides its words, once more (docs/decisions/0009): the newest message is kept, so that its number is never
-- used twice, and somebody's last change is looked for among those of the last weeks.
CREATE TABLE outbox_new (
    id          INTEGER PRIMARY KEY,   -- never used twice: the sender asks for what is newer than it has met
    chat_id     INTEGER NOT NULL,
    priority    INTEGER NOT NULL,      -- 0 answers, 1 reminders and news, 2 digests
    staff_id    INTEGER,               -- the reader; both NULL: a stranger
    guest_id    INTEGER,
    language    TEXT NOT NULL,
    customer_id INTEGER,               -- the reader must still be able to open it when the message goes out
    masked      INTEGER NOT NULL DEFAULT 0,
    payload     BLOB,                  -- text keys and parameters; blanked once sent
    attachment  BLOB,
    ref         TEXT,                  -- names the message so that it can be edited later
    not_before  INTEGER NOT NULL,
    attempts    INTEGER NOT NULL DEFAULT 0,
    created_at  INTEGER NOT NULL,
    ended_at    INTEGER,
    outcome     TEXT CHECK (outcome IN ('sent', 'dropped', 'failed'))
) STRICT;
INSERT INTO outbox_new SELECT * FROM outbox;
DROP TABLE outbox;
ALTER TABLE outbox_new RENAME TO outbox;
CREATE INDEX outbox_by_waiting ON outbox (priority, id) WHERE ended_at IS NULL;
CREATE INDEX outbox_by_undelivered ON outbox (ended_at) WHERE outcome IN ('failed', 'dropped');
CREATE INDEX outbox_by_reader ON outbox (staff_id, id) WHERE customer_id IS NOT NULL;
DROP INDEX change_by_actor;
