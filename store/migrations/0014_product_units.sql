-- How many of a product the company sold in a month ("2026-11"), so that its complaints can be counted per thousand.
CREATE TABLE product_units (
    id         INTEGER PRIMARY KEY,
    version    INTEGER NOT NULL DEFAULT 1,
    product_id INTEGER NOT NULL REFERENCES case_label (id),
    month      TEXT NOT NULL,
    units      INTEGER NOT NULL CHECK (units >= 0),
    deleted_at INTEGER,
    UNIQUE (product_id, month)
) STRICT;
