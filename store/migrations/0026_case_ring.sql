-- Warnings about the time of cases that wait until their readers wake: to whom, of which case, and how far it was.
CREATE TABLE case_ring (
    staff_id INTEGER NOT NULL REFERENCES staff (id),
    case_id  INTEGER NOT NULL REFERENCES complaint (id),
    what     TEXT NOT NULL,                             -- answer, solve
    stage    INTEGER NOT NULL,
    wake_at  INTEGER NOT NULL,
    PRIMARY KEY (staff_id, case_id)
) STRICT, WITHOUT ROWID;
