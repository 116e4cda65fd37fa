-- When it was that something came to an end, which waits until its customer may be asked (store/survey_due.py): ten minutes
-- before the clock first looked.
ALTER TABLE survey_due ADD COLUMN ended_at INTEGER NOT NULL DEFAULT 0;
UPDATE survey_due SET ended_at = wake_at - 600000;

-- Which visitors have answered a questionnaire without names: each once, and none of them for the customer. Without a time, as
-- questionnaire_guest.
CREATE TABLE questionnaire_visitor (
    questionnaire_id INTEGER NOT NULL REFERENCES questionnaire (id),
    guest_id         INTEGER NOT NULL REFERENCES guest (id),
    PRIMARY KEY (questionnaire_id, guest_id)
) STRICT, WITHOUT ROWID;
