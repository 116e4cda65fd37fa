-- What a case was promised and how its time has run, in working time: targets in minutes, the rest in milliseconds.
-- `running_since`: from when on the stopwatch runs; NULL while it waits for the customer, is resolved or closed.
ALTER TABLE complaint ADD COLUMN answer_target INTEGER;
ALTER TABLE complaint ADD COLUMN solve_target INTEGER;
ALTER TABLE complaint ADD COLUMN answer_ms INTEGER;        -- used up by the first answer; NULL: it is still owed
ALTER TABLE complaint ADD COLUMN worked_ms INTEGER NOT NULL DEFAULT 0;
ALTER TABLE complaint ADD COLUMN running_since INTEGER;
ALTER TABLE complaint ADD COLUMN reopened INTEGER NOT NULL DEFAULT 0;
UPDATE complaint SET running_since = opened_at WHERE status IN ('open', 'in_progress', 'reopened');

-- When the clock must look at a case again, and the instants at which its targets are near and used up as things stand.
-- Derived from the case and the calendar whenever either changes. `*_warned`: the stage that was told, 0 to 2.
CREATE TABLE case_watch (
    id            INTEGER PRIMARY KEY REFERENCES complaint (id),
    answer_near   INTEGER,
    answer_due    INTEGER,
    solve_near    INTEGER,
    solve_due     INTEGER,
    answer_warned INTEGER NOT NULL DEFAULT 0,
    solve_warned  INTEGER NOT NULL DEFAULT 0,
    wake_at       INTEGER
) STRICT;
CREATE INDEX case_watch_by_wake ON case_watch (wake_at) WHERE wake_at IS NOT NULL;

-- The instant by which the customer was told that they would hear from us; NULL: none.
ALTER TABLE case_told ADD COLUMN promise INTEGER;
