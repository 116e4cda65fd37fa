-- The first book. Instants are milliseconds since 1970 in UTC. A `sealed` column is AES-256-GCM under the key that `key_id`
-- names (store/seal.py); everything else here is what filters, sorts and permissions need, and identifies nobody.

-- Random values that are not any customer's: the pepper of the keyed hashes. Left out of data backups, like seal_key.
CREATE TABLE secret (
    name  TEXT PRIMARY KEY,
    value BLOB NOT NULL
) STRICT;

CREATE TABLE setting (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL            -- JSON
) STRICT;

-- People of the company ---------------------------------------------------------------------------------------------

CREATE TABLE team (
    id         INTEGER PRIMARY KEY,
    version    INTEGER NOT NULL DEFAULT 1,
    name       TEXT NOT NULL,
    parent_id  INTEGER REFERENCES team (id),
    deleted_at INTEGER
) STRICT;

CREATE TABLE staff (
    id          INTEGER PRIMARY KEY,
    version     INTEGER NOT NULL DEFAULT 1,
    telegram_id INTEGER NOT NULL UNIQUE,
    chat_id     INTEGER NOT NULL,
    name        TEXT NOT NULL,
    role        TEXT NOT NULL CHECK (role IN ('owner', 'manager', 'salesperson', 'support')),
    team_id     INTEGER REFERENCES team (id),
    language    TEXT NOT NULL CHECK (language IN ('zh', 'en')),
    zone        TEXT NOT NULL,
    active      INTEGER NOT NULL DEFAULT 1,
    unreachable_at INTEGER,
    created_at  INTEGER NOT NULL,
    deleted_at  INTEGER
) STRICT;
CREATE INDEX staff_by_team ON staff (team_id);

-- Which teams an active member's role reaches: their own and every team below it. Rewritten whenever staff or teams change.
CREATE TABLE reach (
    staff_id INTEGER NOT NULL REFERENCES staff (id),
    team_id  INTEGER NOT NULL REFERENCES team (id),
    PRIMARY KEY (staff_id, team_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE invite (
    id         INTEGER PRIMARY KEY,
    version    INTEGER NOT NULL DEFAULT 1,
    digest     BLOB NOT NULL UNIQUE,   -- SHA-256 of the code: who reads the file can't use it
    role       TEXT NOT NULL,
    team_id    INTEGER REFERENCES team (id),
    invited_by INTEGER REFERENCES staff (id),
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_by    INTEGER REFERENCES staff (id),
    used_at    INTEGER,
    deleted_at INTEGER
) STRICT;
CREATE INDEX invite_by_user ON invite (used_by);

-- Customers and what hangs on them ----------------------------------------------------------------------------------

-- One key or more for each customer; one for each anonymous feedback. Deleting the row is what erasing means.
CREATE TABLE seal_key (
    id          INTEGER PRIMARY KEY,
    customer_id INTEGER,
    key         BLOB NOT NULL
) STRICT;
CREATE INDEX seal_key_by_customer ON seal_key (customer_id);

CREATE TABLE customer (
    id              INTEGER PRIMARY KEY,
    version         INTEGER NOT NULL DEFAULT 1,
    key_id          INTEGER NOT NULL,
    owner_id        INTEGER REFERENCES staff (id),   -- NULL: in the team's pool
    team_id         INTEGER REFERENCES team (id),
    kind            TEXT NOT NULL DEFAULT 'person',
    level           TEXT NOT NULL DEFAULT 'potential',
    stage           TEXT NOT NULL DEFAULT 'lead',
    created_at      INTEGER NOT NULL,
    updated_at      INTEGER NOT NULL,
    last_contact_at INTEGER,                         -- follows the interactions
    deleted_at      INTEGER,
    sealed          BLOB NOT NULL
) STRICT;
CREATE INDEX customer_by_owner ON customer (owner_id, updated_at);
CREATE INDEX customer_by_team ON customer (team_id, updated_at);
CREATE INDEX customer_by_updated ON customer (updated_at);
CREATE INDEX customer_by_created ON customer (created_at);
CREATE INDEX customer_by_level ON customer (level, created_at);

-- Keyed hashes of phones, e-mails and WeChat names: tells that a contact is known without telling whose it is.
CREATE TABLE contact (
    customer_id INTEGER NOT NULL,
    digest      BLOB NOT NULL,
    PRIMARY KEY (digest, customer_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX contact_by_customer ON contact (customer_id);

CREATE TABLE interaction (
    id          INTEGER PRIMARY KEY,
    version     INTEGER NOT NULL DEFAULT 1,
    key_id      INTEGER NOT NULL,
    customer_id INTEGER NOT NULL REFERENCES customer (id),
    kind        TEXT NOT NULL,
    author_id   INTEGER REFERENCES staff (id),
    at          INTEGER NOT NULL,
    created_at  INTEGER NOT NULL,
    updated_at  INTEGER NOT NULL,
    deleted_at  INTEGER,
    sealed      BLOB NOT NULL
) STRICT;
CREATE INDEX interaction_by_customer ON interaction (customer_id, at);
CREATE INDEX interaction_by_author ON interaction (author_id, at);
CREATE INDEX interaction_by_at ON interaction (at);

CREATE TABLE followup (
    id           INTEGER PRIMARY KEY,
    version      INTEGER NOT NULL DEFAULT 1,
    key_id       INTEGER NOT NULL,
    customer_id  INTEGER NOT NULL REFERENCES customer (id),
    staff_id     INTEGER NOT NULL REFERENCES staff (id),
    author_id    INTEGER REFERENCES staff (id),
    due_at       INTEGER NOT NULL,
    zone         TEXT NOT NULL,
    rrule        TEXT,                                -- RFC 5545, DTSTART (wall time in `zone`) and RRULE; the newest of a series
    state        TEXT NOT NULL DEFAULT 'planned'
                 CHECK (state IN ('planned', 'due', 'sent', 'acknowledged', 'done', 'missed', 'cancelled')),
    rings        INTEGER NOT NULL DEFAULT 0,          -- how often it has rung for this occurrence
    wake_at      INTEGER,                             -- when the clock must look at it again; NULL: never
    done_at      INTEGER,
    created_at   INTEGER NOT NULL,
    updated_at   INTEGER NOT NULL,
    deleted_at   INTEGER,
    sealed       BLOB NOT NULL
) STRICT;
CREATE INDEX followup_by_wake ON followup (wake_at) WHERE wake_at IS NOT NULL;
CREATE INDEX followup_by_staff ON followup (staff_id, due_at);
CREATE INDEX followup_by_customer ON followup (customer_id, due_at);
CREATE INDEX followup_by_due ON followup (due_at);
CREATE INDEX followup_by_done ON followup (done_at) WHERE done_at IS NOT NULL;

CREATE TABLE complaint (
    id              INTEGER PRIMARY KEY,
    version         INTEGER NOT NULL DEFAULT 1,
    key_id          INTEGER NOT NULL,
    customer_id     INTEGER NOT NULL REFERENCES customer (id),
    team_id         INTEGER REFERENCES team (id),
    author_id       INTEGER REFERENCES staff (id),   -- NULL: the customer wrote it
    assignee_id     INTEGER REFERENCES staff (id),
    status          TEXT NOT NULL DEFAULT 'open'
                    CHECK (status IN ('open', 'in_progress', 'waiting', 'resolved', 'closed', 'reopened')),
    severity        TEXT NOT NULL DEFAULT 'normal' CHECK (severity IN ('low', 'normal', 'high', 'urgent')),
    opened_at       INTEGER NOT NULL,
    answered_at     INTEGER,
    resolved_at     INTEGER,
    closed_at       INTEGER,
    created_at      INTEGER NOT NULL,
    updated_at      INTEGER NOT NULL,
    deleted_at      INTEGER,
    sealed          BLOB NOT NULL
) STRICT;
CREATE INDEX complaint_by_customer ON complaint (customer_id, opened_at);
CREATE INDEX complaint_by_team ON complaint (team_id, status, opened_at);
CREATE INDEX complaint_by_assignee ON complaint (assignee_id, status);
CREATE INDEX complaint_by_opened ON complaint (opened_at);

-- What was said about a case after it was opened: by the customer, to the customer, or among colleagues.
CREATE TABLE case_message (
    id           INTEGER PRIMARY KEY,
    version      INTEGER NOT NULL DEFAULT 1,
    key_id       INTEGER NOT NULL,
    complaint_id INTEGER NOT NULL REFERENCES complaint (id),
    customer_id  INTEGER NOT NULL REFERENCES customer (id),
    author_id    INTEGER REFERENCES staff (id),      -- NULL: the customer
    kind         TEXT NOT NULL CHECK (kind IN ('customer', 'staff', 'note')),
    at           INTEGER NOT NULL,
    created_at   INTEGER NOT NULL,
    updated_at   INTEGER NOT NULL,
    deleted_at   INTEGER,
    sealed       BLOB NOT NULL
) STRICT;
CREATE INDEX case_message_by_complaint ON case_message (complaint_id, at);

-- What the customer was last shown of a case. `due`: the case has changed since, and the clock will see to it.
CREATE TABLE case_told (
    id     INTEGER PRIMARY KEY REFERENCES complaint (id),
    status TEXT,                                     -- NULL: nothing yet
    due    INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX case_told_by_due ON case_told (due) WHERE due;

CREATE TABLE feedback (
    id          INTEGER PRIMARY KEY,
    version     INTEGER NOT NULL DEFAULT 1,
    key_id      INTEGER NOT NULL,
    customer_id INTEGER REFERENCES customer (id),
    team_id     INTEGER REFERENCES team (id),
    link_id     INTEGER,
    complaint_id INTEGER REFERENCES complaint (id),  -- the case that it became
    score       INTEGER,                             -- NULL: words alone
    scale       INTEGER NOT NULL DEFAULT 5,
    seen_at     INTEGER,
    created_at  INTEGER NOT NULL,
    updated_at  INTEGER NOT NULL,
    deleted_at  INTEGER,
    sealed      BLOB NOT NULL
) STRICT;
CREATE INDEX feedback_by_customer ON feedback (customer_id, created_at);
CREATE INDEX feedback_by_team ON feedback (team_id, created_at);

-- The customer's side: a link that staff hand out, and the guest who came through one and consented.
CREATE TABLE link (
    id          INTEGER PRIMARY KEY,
    version     INTEGER NOT NULL DEFAULT 1,
    key_id      INTEGER NOT NULL,
    customer_id INTEGER NOT NULL REFERENCES customer (id),
    digest      BLOB NOT NULL UNIQUE,
    author_id   INTEGER REFERENCES staff (id),
    claimed_by  BLOB,                   -- keyed hash of the Telegram id of the one person whom it serves
    created_at  INTEGER NOT NULL,
    updated_at  INTEGER NOT NULL,
    deleted_at  INTEGER,
    sealed      BLOB NOT NULL
) STRICT;
CREATE INDEX link_by_customer ON link (customer_id);

CREATE TABLE guest (
    id              INTEGER PRIMARY KEY,
    version         INTEGER NOT NULL DEFAULT 1,
    key_id          INTEGER NOT NULL,
    customer_id     INTEGER NOT NULL REFERENCES customer (id),
    digest          BLOB NOT NULL UNIQUE,   -- keyed hash of the Telegram id; the id itself is sealed
    language        TEXT NOT NULL CHECK (language IN ('zh', 'en')),
    consent_version TEXT NOT NULL,
    consent_at      INTEGER NOT NULL,
    unreachable_at  INTEGER,
    created_at      INTEGER NOT NULL,
    updated_at      INTEGER NOT NULL,
    deleted_at      INTEGER,
    sealed          BLOB NOT NULL
) STRICT;
CREATE INDEX guest_by_customer ON guest (customer_id);

-- What happened ---------------------------------------------------------------------------------------------------

-- One thing a person did; its entries are the records that it touched. History, undo and the audit trail are views of it.
CREATE TABLE change (
    id         INTEGER PRIMARY KEY,
    actor_id   INTEGER,               -- staff; NULL: a customer or the clock
    actor_kind TEXT NOT NULL,
    at         INTEGER NOT NULL,
    cause      TEXT NOT NULL,
    undoes     INTEGER REFERENCES change (id),
    undone_by  INTEGER REFERENCES change (id)
) STRICT;
CREATE INDEX change_by_actor ON change (actor_id, id);

CREATE TABLE entry (
    id          INTEGER PRIMARY KEY,
    change_id   INTEGER NOT NULL REFERENCES change (id),
    record      TEXT NOT NULL,
    record_id   INTEGER NOT NULL,
    version     INTEGER NOT NULL,      -- of the record after this entry
    customer_id INTEGER,
    key_id      INTEGER,
    before      BLOB,                  -- NULL: the record began here
    after       BLOB NOT NULL,
    hash        BLOB NOT NULL          -- SHA-256 over the previous hash and everything above, as stored
) STRICT;
CREATE INDEX entry_by_change ON entry (change_id);
CREATE INDEX entry_by_record ON entry (record, record_id);
CREATE INDEX entry_by_customer ON entry (customer_id, id);

-- The wire ----------------------------------------------------------------------------------------------------------

CREATE TABLE inbox (
    update_id   INTEGER PRIMARY KEY,
    person      INTEGER NOT NULL,
    payload     BLOB,                  -- blanked once handled
    received_at INTEGER NOT NULL,
    attempts    INTEGER NOT NULL DEFAULT 0,
    done_at     INTEGER,
    reference   TEXT                   -- of the fault, when handling it failed
) STRICT;
CREATE INDEX inbox_by_undone ON inbox (update_id) WHERE done_at IS NULL;

CREATE TABLE outbox (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,  -- never used twice: the sender asks for what is newer than it has met
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
CREATE INDEX outbox_by_waiting ON outbox (priority, id) WHERE ended_at IS NULL;

CREATE TABLE sent (
    ref        TEXT NOT NULL,
    chat_id    INTEGER NOT NULL,
    message_id INTEGER NOT NULL,
    PRIMARY KEY (ref, chat_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE draft (
    person     INTEGER PRIMARY KEY,
    form       TEXT NOT NULL,
    payload    BLOB NOT NULL,
    updated_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;

-- What the clock has done once for a period, so that it never does it again ("week:2026-W47:staff:3").
CREATE TABLE occasion (
    name TEXT PRIMARY KEY,
    at   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
