-- What cases are sorted by: categories, products, common causes. The owner extends the first two, whoever resolves a case
-- the last. `code`: one that Kehu brings along, whose name is in the texts.
CREATE TABLE case_label (
    id         INTEGER PRIMARY KEY,
    version    INTEGER NOT NULL DEFAULT 1,
    kind       TEXT NOT NULL CHECK (kind IN ('category', 'product', 'cause')),
    code       TEXT,
    name       TEXT NOT NULL DEFAULT '',
    deleted_at INTEGER
) STRICT;
INSERT INTO case_label (kind, code) VALUES
    ('category', 'delivery'), ('category', 'quality'), ('category', 'service'), ('category', 'billing'),
    ('category', 'other');

ALTER TABLE complaint ADD COLUMN category_id INTEGER REFERENCES case_label (id);
ALTER TABLE complaint ADD COLUMN product_id INTEGER REFERENCES case_label (id);
ALTER TABLE complaint ADD COLUMN cause_id INTEGER REFERENCES case_label (id);
-- The case of the same customer that this one repeats; it is closed, and what is said of it is said there.
ALTER TABLE complaint ADD COLUMN merged_into INTEGER REFERENCES complaint (id);
ALTER TABLE complaint ADD COLUMN rating INTEGER CHECK (rating BETWEEN 1 AND 5);
CREATE INDEX complaint_by_merged ON complaint (merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX complaint_by_cause ON complaint (cause_id) WHERE cause_id IS NOT NULL;
