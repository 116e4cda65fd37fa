-- What came to an end and after which its customer is asked how it went (store/case_survey.py): gone once they were, or
-- needn't be.
CREATE TABLE survey_due (
    record    TEXT NOT NULL CHECK (record IN ('complaint', 'deal')),
    record_id INTEGER NOT NULL,
    wake_at   INTEGER NOT NULL,
    PRIMARY KEY (record, record_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX survey_due_by_wake ON survey_due (wake_at);
