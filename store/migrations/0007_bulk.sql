-- One thing done to a whole list of customers (store/bulk.py), where that takes longer than an update may: the clock goes through
-- the rows that are left, in steps that nobody feels, all of them one change.
CREATE TABLE bulk (
    id        INTEGER PRIMARY KEY,
    change_id INTEGER NOT NULL UNIQUE REFERENCES change (id),
    undo_id   INTEGER REFERENCES change (id),        -- the change that takes it back
    staff_id  INTEGER NOT NULL REFERENCES staff (id),
    what      TEXT NOT NULL,
    value     TEXT NOT NULL,                         -- JSON; blanked once it is done
    total     INTEGER NOT NULL,
    done      INTEGER NOT NULL DEFAULT 0,
    kept      INTEGER NOT NULL DEFAULT 0,            -- rows that were left as they were: gone, or changed since
    state     TEXT NOT NULL DEFAULT 'changing' CHECK (state IN ('changing', 'done', 'undoing', 'undone'))
) STRICT;
CREATE INDEX bulk_by_work ON bulk (id) WHERE state IN ('changing', 'undoing');
CREATE TABLE bulk_row (
    bulk_id     INTEGER NOT NULL REFERENCES bulk (id),
    customer_id INTEGER NOT NULL,
    PRIMARY KEY (bulk_id, customer_id)
) STRICT, WITHOUT ROWID;

-- Whose tokens still name the owner or team before: the clock lets them follow (store/search_index.py).
CREATE INDEX customer_find_behind ON customer_find (id)
    WHERE reach <> 'o:' || coalesce(owner_id, 0) || ' g:' || coalesce(team_id, 0);
