-- What tells customers apart. Region, industry and source are chosen from known lists, so they stand in the clear and lists are
-- narrowed by them; tags and the owner's fields are sealed with the customer, and the two tables below only say again, by number,
-- what lists are narrowed by. They are derived: a data backup leaves them out, a restore makes them again.
ALTER TABLE customer ADD COLUMN region TEXT;     -- CN-ZJ, CN-ZJ/杭州, GB: ISO 3166 and a city of store/rules/areas.toml
ALTER TABLE customer ADD COLUMN industry TEXT;   -- a name of store/rules/models.py, or the number of an option
ALTER TABLE customer ADD COLUMN source TEXT;
CREATE INDEX customer_by_region ON customer (region, updated_at) WHERE region IS NOT NULL;
CREATE INDEX customer_by_industry ON customer (industry, updated_at) WHERE industry IS NOT NULL;
CREATE INDEX customer_by_source ON customer (source, updated_at) WHERE source IS NOT NULL;

-- The tags that somebody carries. One that nobody carries any more is gone, whoever took the last one off.
CREATE TABLE tag (
    id     INTEGER PRIMARY KEY,
    name   TEXT NOT NULL,                        -- as it was first written
    folded TEXT NOT NULL UNIQUE
) STRICT;
CREATE TABLE customer_tag (
    tag_id      INTEGER NOT NULL,
    customer_id INTEGER NOT NULL,
    PRIMARY KEY (tag_id, customer_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX customer_tag_by_customer ON customer_tag (customer_id);
CREATE TRIGGER tag_goes AFTER DELETE ON customer_tag
    WHEN NOT EXISTS (SELECT 1 FROM customer_tag WHERE tag_id = OLD.tag_id) BEGIN
    DELETE FROM tag WHERE id = OLD.tag_id;
END;

-- The fields that the company keeps beside ours, and what it wants asked of ours (`name` is then the field's own).
CREATE TABLE field (
    id         INTEGER PRIMARY KEY,
    version    INTEGER NOT NULL DEFAULT 1,
    name       TEXT NOT NULL,
    kind       TEXT NOT NULL CHECK (kind IN ('text', 'number', 'date', 'choice', 'yes_no', 'ours')),
    need       TEXT NOT NULL DEFAULT 'none' CHECK (need IN ('none', 'recommended', 'required')),
    deleted_at INTEGER
) STRICT;
-- What is chosen from: for a field of kind choice (its number), or added to a list of ours (industry, source, region).
CREATE TABLE option (
    id         INTEGER PRIMARY KEY,
    version    INTEGER NOT NULL DEFAULT 1,
    list       TEXT NOT NULL,
    name       TEXT NOT NULL,
    deleted_at INTEGER
) STRICT;
CREATE INDEX option_by_list ON option (list);

-- What customers have in those fields, where it is a number, a day, a choice or yes or no. Words stay sealed.
CREATE TABLE customer_value (
    field_id    INTEGER NOT NULL,
    customer_id INTEGER NOT NULL,
    value       ANY NOT NULL,
    PRIMARY KEY (field_id, customer_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX customer_value_by_value ON customer_value (field_id, value);
CREATE INDEX customer_value_by_customer ON customer_value (customer_id);

-- Which customer somebody was last told of: "phone is now …" means the one whose card they look at.
CREATE INDEX outbox_by_reader ON outbox (staff_id, id) WHERE customer_id IS NOT NULL;
